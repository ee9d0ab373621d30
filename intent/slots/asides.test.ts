import assert from "node:assert/strict"
import { test } from "node:test"
import { asideIn } from "./asides.ts"

const said = {
  waits: [
    "Hold on.",
    "Hold on, let me get my bottle.",
    "One second please",
    "okay, just a minute",
    "Can you hold on a second?",
    "give me one moment, I need to find it",
    "Let me find the number.",
    "wait, let me grab my glasses",
    "I'm looking for it",
    "give me a minute while I find my glasses",
    "let me see if I can find it",
    "put me on hold",
    "Espere un momento, por favor.",
    "un segundo",
    "permítame, deje lo busco",
    "déjeme buscar el frasco",
    "sí, espéreme tantito",
  ],
  looks_for_us: ["Hello?", "hello, are you there", "Can you hear me?", "¿Bueno?", "hola, ¿me oye?"],
  asks_why: ["Why do you need that?", "what is that for", "¿para qué?", "¿por qué lo necesita?"],
  has_question: [
    "I have a question",
    "hi, I've got a quick question about my medication",
    "tengo una pregunta",
  ],
  refuses: [
    "I'd rather not say.",
    "I don't want to give you my date of birth",
    "that's none of your business",
    "prefiero no decirlo",
    "no le voy a dar eso",
  ],
  may_wait: [
    "let me get a refill",
    "let me check on my prescription",
    "hold on, I want to talk to a person",
    "let me see if my lisinopril is ready",
    "let me get my pills",
  ],
  calls_off: ["never mind", "forget about it", "olvídelo"],
  asks_what_we_do: ["What can you do?", "what are my options", "¿qué puede hacer usted?"],
} as const

for (const [aside, all] of Object.entries(said))
  for (const words of all)
    test(`“${words}” ${aside.replaceAll("_", " ")}`, () => {
      assert.equal(asideIn(words), aside)
    })

for (const words of [
  "wait, I also need my metformin",
  "wait, no, the lisinopril",
  "I'm looking for the pharmacist",
  "I'm looking for a pharmacy that compounds",
  "I find it hard to swallow",
  "voy a ver si me surten la receta",
  "qué vacunas ponen ahí",
  "I have a question about side effects",
  "I have a question for the pharmacist",
  "tengo una pregunta para el farmacéutico",
  "can you hold my prescription until Friday",
  "I have been waiting for an hour",
  "one",
  "yes",
  "hello, I need a refill",
  "hola, necesito un resurtido",
  "James Carter, March 14, 1958",
  "7 7 1 0 1",
])
  test(`“${words}” is an answer or a wish`, () => {
    assert.equal(asideIn(words), undefined)
  })

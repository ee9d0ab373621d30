import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { Type as t } from "typebox"
import { EmergencyFamily } from "../contract.ts"
import { readYaml } from "../yaml-file.ts"
import { detectEmergency } from "./detector.ts"
import { compilePattern, findPattern } from "./pattern.ts"

const Phrases = t.Array(t.String())
const families = EmergencyFamily.anyOf.map((member) => member.const)
const danger = readYaml(
  t.Object(Object.fromEntries(families.map((family) => [family, Phrases]))),
  new URL("./danger.yaml", import.meta.url),
)
const calm = readYaml(
  t.Object({ possible: Phrases, none: Phrases }),
  new URL("./no-danger.yaml", import.meta.url),
)
const dangers = families.flatMap((family) =>
  (danger[family] ?? []).map((phrase) => ({ family, phrase })),
)

test("every listed danger is heard as certain, in its family", () => {
  assert.ok(dangers.length >= 120, `only ${dangers.length} phrases`)
  for (const { family, phrase } of dangers) {
    assert.deepEqual(detectEmergency(phrase), { family, certainty: "certain" }, phrase)
  }
})

test("denied danger and a drug's purpose lead to one question and never to an alarm", () => {
  for (const phrase of calm.possible) {
    assert.equal(detectEmergency(phrase)?.certainty, "possible", phrase)
  }
})

test("everyday phrases, figures of speech and what is long past are no danger", () => {
  assert.ok(calm.possible.length + calm.none.length >= 120)
  for (const phrase of calm.none) assert.equal(detectEmergency(phrase), undefined, phrase)
})

test("a word of every day is no slip of a word of danger, wherever it stands", () => {
  const { en, es } = readYaml(
    t.Object({ en: Phrases, es: Phrases }),
    new URL("./ordinary.yaml", import.meta.url),
  )
  const around = {
    en: [
      "W",
      "my W",
      "W pills",
      "the W is mine",
      "I was W",
      "I'm not W it",
      "he isn't W",
      "W it up",
    ],
    es: ["W", "mi W", "se me W", "la W", "estoy W", "no W", "no puedo W", "mi hijo está W"],
  }
  for (const [words, sentences] of [[en, around.en] as const, [es, around.es] as const])
    for (const word of words)
      for (const sentence of sentences) {
        const said = sentence.replace("W", word)
        assert.equal(detectEmergency(said), undefined, said)
      }
})

const harmless = fc.constantFrom(
  ...(
    "hello hi um uh please listen okay so well yes thanks good morning hey ma'am bueno hola " +
    "mire señorita"
  ).split(" "),
)
const chatter = fc.array(harmless, { maxLength: 6 }).map((words) => words.join(" "))

test("harmless words before and after never hide a danger", () => {
  fc.assert(
    fc.property(fc.constantFrom(...dangers), chatter, chatter, ({ phrase }, before, after) => {
      assert.equal(detectEmergency(`${before} ${phrase} ${after}`)?.certainty, "certain")
    }),
    { numRuns: 500 },
  )
})

test("where somebody is, and whom they called before, never hides a danger", () => {
  const around = [
    ...["i am in the car and", "i'm at the pharmacy and", "we are in line and"],
    ...["i am on the phone with the doctor's office and", "the screen is on and"],
    ...["estoy en el carro y", "estoy en la farmacia y", "llamé al doctor y", "estoy en la fila y"],
  ]
  for (const before of around)
    for (const { phrase } of dangers) {
      const said = `${before} ${phrase}`
      assert.equal(detectEmergency(said)?.certainty, "certain", said)
    }
})

test("capitals, punctuation at the end and lost accents change nothing", () => {
  for (const { family, phrase } of dangers) {
    const bare = phrase.normalize("NFD").replace(/\p{M}/gu, "")
    assert.deepEqual(detectEmergency(`${bare.toUpperCase()}!!`), { family, certainty: "certain" })
  }
})

test("one wrong letter in a long word is forgiven, in a short or an exact one not", () => {
  const pattern = compilePattern("(throat|=stroke) ~1 closing")
  assert.equal(findPattern(pattern, ["thraot", "is", "closeing"]).length, 1)
  assert.equal(findPattern(pattern, ["strike", "closing"]).length, 0)
  assert.throws(() => compilePattern("(throat"), SyntaxError)
})

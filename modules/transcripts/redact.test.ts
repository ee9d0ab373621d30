/** What is left of a transcript when what identifies somebody was replaced. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Known, TranscriptLine } from "./contract.ts"
import { plainWords, redacted } from "./redact.ts"

const said = (text: string, cutOff = false): TranscriptLine => ({
  ...{ who: "caller", text, atMs: 65_000, source: "speech" },
  ...(cutOff ? { cutOff } : {}),
})
const of = (text: string, known: readonly Known[] = []) => redacted([said(text)], known).text.trim()

test("what is known of a patient becomes the same placeholder wherever it was said", () => {
  const known: readonly Known[] = [
    { is: "NAME", text: "Grace Kim" },
    { is: "DRUG", text: "oxycodone" },
  ]
  const lines = [said("grace kim, about the Oxycodone"), said("Yes, Grace.", true)]
  assert.equal(
    redacted(lines, known).text,
    "[1:05] caller: [NAME_1], about the [DRUG_1]\n[1:05] caller: Yes, [NAME_2]. [cut off]\n",
  )
})

for (const [words, kept] of [
  ["My name is Ada Bell and I need a refill", "My name is [NAME_1] and I need a refill"],
  ["Soy Rosa Vega, gracias", "Soy [NAME_1], gracias"],
  ["July twenty-second, nineteen seventy-one.", "[DATE_1]."],
  ["July 22, 1971", "[DATE_1]"],
  ["el 5 de mayo", "el [DATE_1]"],
  ["it was 07/22/1971", "it was [DATE_1]"],
  ["call me at (512) 555-0142 please", "call me at [NUMBER_1] please"],
  ["seven zero zero one two four one", "[NUMBER_1]"],
  ["number 7001241 and again 7001241", "number [NUMBER_1] and again [NUMBER_1]"],
  ["I live at 12 Elm Street", "I live at [ADDRESS_1]"],
  ["may I take two of them?", "may I take two of them?"],
] as const)
  test(`"${words}" leaves the house as "${kept}"`, () => {
    assert.equal(of(words), `[1:05] caller: ${kept}`)
  })

test("words are found without regard to capitals and accents", () => {
  assert.ok(plainWords("¿Ya está mi  RECETA?").includes(plainWords("esta mi receta")))
})

import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import fc from "fast-check"
import { anonymise, CHARACTERS_MAX, type Known, reidentify, TEXTS_MAX } from "./anonymise.ts"

const known: Known = {
  people: [
    {
      role: "caller",
      first: "Maria",
      last: "Carter",
      dateOfBirth: "1958-03-14",
      phones: ["(504) 555-0142"],
      zip: "70012",
      address: "4821 Maple Street, Springhill",
      email: "maria.carter44@example.com",
      rxNumbers: ["7012345"],
      others: ["W4592-A77"],
    },
    { role: "patient", first: "William", last: "Young", dateOfBirth: "1931-05-02" },
    { role: "patient", first: "May", last: "Hope" },
    { role: "prescriber", first: "Anh", last: "Nguyễn" },
  ],
  pharmacy: { name: "Greenhill Pharmacy", phones: ["504-555-0100"] },
}
const drugs = ["lisinopril", "metformin", "Tylenol 3", "alli"]

function left(...texts: string[]): readonly string[] {
  const answer = anonymise({ texts, known, drugs })
  assert.ok(answer.left, `held back: ${answer.left ? "" : answer.why}`)
  return answer.texts
}

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    "a name and a number leave as placeholders, a drug and its dose as they are",
    ["Hi, this is Maria Carter, I need lisinopril 20 mg, number 7012345."],
    ["Hi, this is [CALLER_1], I need lisinopril 20 mg, number [RX_1]."],
  ],
  [
    "a number that is read out over three turns is still one number",
    ["seven oh", "and then one two", "three four five"],
    ["[RX_1]", "[RX_1]", "[RX_1]"],
  ],
  ["a ZIP code is heard in doubled digits", ["zip is seven double oh one two"], ["zip is [ZIP_1]"]],
  ["a name is found when it is spelt out", ["it's C-A-R-T-E-R"], ["it's [CALLER_1]"]],
  [
    "a spelling with examples goes with its examples",
    ["C as in Charlie A as in apple R like rabbit"],
    ["[SPELLING_1]"],
  ],
  [
    "a name that was heard as other words goes",
    ["refill for maria card her"],
    ["refill for [CALLER_1]"],
  ],
  [
    "a name that is cut in two goes",
    ["my name is maria car", "ter"],
    ["my name is [CALLER_1]", "[CALLER_1]"],
  ],
  ["a nickname is the same person", ["bill young called"], ["[PATIENT_1] called"]],
  [
    "every way of telling one birthday is one placeholder",
    [
      "March 14th",
      "3/14/58",
      "the fourteenth of march nineteen fifty eight",
      "born in fifty-eight",
    ],
    ["[DATE_1]", "[DATE_1]", "the [DATE_1]", "[WORD_1] [WORD_2] [DATE_1]"],
  ],
  [
    "Spanish is read as well",
    ["soy María Cárter, nací el catorce de marzo del cincuenta y ocho"],
    ["soy [CALLER_1], nací el [DATE_1]"],
  ],
  [
    "an address that is said goes with its number",
    ["i live at forty eight twenty one maple street in springhill"],
    ["i live at [ADDRESS_1] in [ADDRESS_1]"],
  ],
  [
    "an e-mail address goes, written or said",
    ["write to joe underscore pale at example dot org please", "maria.carter44@example.com"],
    ["write to [EMAIL_1] please", "[EMAIL_2]"],
  ],
  [
    "nobody has to be known: a title, a relation and a capital tell a name",
    ["mrs Featherstone said my son Thorvald and Quill called me"],
    ["mrs [NAME_1] said my son [NAME_2] and [NAME_3] called me"],
  ],
  [
    "an age over 89 goes and a lesser one stays",
    ["she is ninety two years old and I am 45 years old"],
    ["she is [AGE_1] years old and I am 45 years old"],
  ],
  [
    "a verb that is somebody's name goes, since nobody can tell which it was",
    ["can i ask when it may be ready"],
    ["can i ask when it [PATIENT_1] be ready"],
  ],
  ["the same word as a name goes", ["i spoke to may"], ["i spoke to [PATIENT_1]"]],
  [
    "a drug that could be a name goes where a name stands",
    ["this is Alli Thornberry, hello"],
    ["this is [NAME_1], hello"],
  ],
  [
    "a question without anybody in it leaves as it was",
    ["can I take metformin with lisinopril 500 mg twice a day, and in 2019 it was two tablets"],
    ["can I take metformin with lisinopril 500 mg twice a day, and in 2019 it was two tablets"],
  ],
  [
    "what a name was cut into goes, though every piece is a word",
    ["my name is jenni", "far and i need a refill"],
    ["my name is [NAME_1]", "[NAME_1] and i need a refill"],
  ],
  [
    "a filler beside a spelling goes with it",
    ["s t e", "este v e"],
    ["[SPELLING_1]", "[SPELLING_1]"],
  ],
  [
    "a slot for a name is emptied whole, whatever stands in it",
    ["mrs gold hill called", "the pharmacist goal said it is ready"],
    ["mrs [NAME_1] called", "the pharmacist [WORD_1] said it is ready"],
  ],
  [
    "a name in digits, pictures or another alphabet goes",
    ["for d3an please", "for jen🙂nifer carter please", "for Мария please"],
    ["for [ID_1] please", "for [NAME_1] [NAME_2] [CALLER_1] please", "for [NAME_3] please"],
  ],
  [
    "what joins the halves of a house's number goes with them",
    ["mi dirección es cincuenta y siete cuatro cero dos Sycamore", "este  ", "ok Drive"],
    ["mi dirección es [PLACE_1] [WORD_1] [NUMBER_1] [NAME_1]", "[WORD_2]  ", "[WORD_3]"],
  ],
  ["the pharmacy is not named", ["is this greenhill pharmacy"], ["is this [PHARMACY_1]"]],
  ["letters of other alphabets hide nothing", ["for Μαρία Картер"], ["for [NAME_1] [NAME_2]"]],
]

for (const [sentence, said, expected] of cases) {
  test(sentence, () => assert.deepEqual(left(...said), expected))
}

test("what left is what was hashed", () => {
  const answer = anonymise({ texts: ["i am maria again", "my zip is 70012"], known, drugs })
  assert.ok(answer.left)
  const hash = createHash("sha256").update("i am [CALLER_1] again\nmy zip is [ZIP_1]").digest("hex")
  assert.equal(answer.sha256, hash)
  assert.deepEqual(answer.caught, { "known.CALLER": 1, "known.ZIP": 1 })
})

test("a later turn of the conversation gives the same person the same placeholder", () => {
  const first = anonymise({ texts: ["i call for William Young"], known, drugs })
  assert.ok(first.left)
  const saved = structuredClone(first.mapping)
  const later = anonymise({ texts: ["Maria here, bill is sick"], known, drugs, mapping: saved })
  assert.ok(later.left)
  assert.deepEqual(later.texts, ["[CALLER_1] here, [PATIENT_1] is sick"])
})

test("an answer comes back with the meaning of its placeholders", () => {
  const answer = anonymise({ texts: ["i am maria carter"], known, drugs })
  assert.ok(answer.left)
  const back = reidentify("Dear [CALLER_1], [CALLER_1]'s refill is ready", answer.mapping)
  assert.deepEqual(back, { ok: true, text: "Dear Maria Carter, Maria Carter's refill is ready" })
})

for (const text of [
  "[PATIENT_1]",
  "ask [CALLER_2]",
  "CALLER_1",
  "[caller_1]",
  "[CALLER 1]",
  "[",
  "]",
]) {
  test(`an answer with ${text} is no answer, because nobody gave that placeholder out`, () => {
    const answer = anonymise({ texts: ["i am maria carter"], known, drugs })
    assert.ok(answer.left)
    assert.deepEqual(reidentify(text, answer.mapping), { ok: false })
  })
}

test("a placeholder that a caller types names nobody", () => {
  const [text = ""] = left("tell me about [PATIENT_1] and [CALLER_1]")
  assert.doesNotMatch(text, /\[PATIENT_1\]|\[CALLER_1\]/)
})

test("more than belongs to a call does not leave at all", () => {
  const long = anonymise({ texts: ["a ".repeat(CHARACTERS_MAX)], known, drugs })
  assert.deepEqual(long, { left: false, why: "too_long" })
  const many = anonymise({ texts: Array(TEXTS_MAX + 1).fill("yes"), known, drugs })
  assert.deepEqual(many, { left: false, why: "too_long" })
})

const secrets = ["maria", "carter", "7012345", "70012", "nguyen", "w4592", "555-0142", "springhill"]
const around = fc.constantFrom(
  ...[
    "i need",
    "for",
    "my name is",
    "and",
    "the zip is",
    "uh",
    "please",
    "dr",
    "hola soy",
    "lisinopril",
  ],
)
const sentence = fc
  .array(fc.oneof(fc.constantFrom(...secrets), around), { minLength: 1, maxLength: 12 })
  .map((words) => words.join(" "))
const conversation = fc.array(sentence, { minLength: 1, maxLength: 4 })

test("nothing known survives, wherever it stands", () => {
  fc.assert(
    fc.property(conversation, (texts) => {
      const answer = anonymise({ texts, known, drugs })
      if (!answer.left) return
      const all = answer.texts.join(" ").toLowerCase()
      for (const secret of secrets) assert.ok(!all.includes(secret))
    }),
  )
})

test("what left once leaves unchanged a second time", () => {
  fc.assert(
    fc.property(conversation, (texts) => {
      const once = anonymise({ texts, known, drugs })
      if (!once.left) return
      const again = anonymise({ texts: once.texts, known, drugs, mapping: once.mapping })
      assert.ok(again.left)
      assert.deepEqual(again.texts, once.texts)
      assert.deepEqual(again.mapping, once.mapping)
    }),
  )
})

test("whatever left can be read again at home, without a placeholder in it", () => {
  fc.assert(
    fc.property(conversation, (texts) => {
      const answer = anonymise({ texts, known, drugs })
      if (!answer.left) return
      const back = reidentify(answer.texts.join("\n"), answer.mapping)
      assert.ok(back.ok)
      assert.doesNotMatch(back.text, /[[\]]/)
    }),
  )
})

test("words that nobody would say do not break it", () => {
  const unit = fc.constantFrom<"grapheme" | "binary">("grapheme", "binary")
  const hostile = unit.chain((kind) => fc.array(fc.string({ unit: kind, maxLength: 200 })))
  fc.assert(
    fc.property(hostile, (texts) => {
      const answer = anonymise({ texts, known, drugs })
      if (answer.left) reidentify(answer.texts.join("\n"), answer.mapping)
    }),
  )
  for (const text of ["oh ".repeat(5_000), "a as in ".repeat(2_000), "[PATIENT_1]".repeat(1_000)]) {
    anonymise({ texts: [text], known, drugs })
  }
})

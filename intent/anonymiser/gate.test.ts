import assert from "node:assert/strict"
import { test } from "node:test"
import type { Known } from "./anonymise.ts"
import { refusalOf } from "./gate.ts"

const known: Known = {
  people: [
    {
      role: "caller",
      first: "Rose",
      last: "Featherstone",
      phones: ["504-555-0142"],
      rxNumbers: ["7012345"],
      others: ["ME-21"],
    },
  ],
}
const drugs = ["lisinopril", "Tylenol 3"]

const held: readonly (readonly [string, readonly string[], string])[] = [
  ["three digits that no unit explains", ["it is 701"], "digits_left"],
  ["digits that were said", ["it is seven oh one"], "digits_left"],
  ["digits over two turns", ["seven oh", "one"], "digits_left"],
  ["digits of another script", ["it is ٧٠١"], "digits_left"],
  ["a year that nothing introduces", ["1958"], "digits_left"],
  ["a word in no list", ["tell thorvald"], "name_left"],
  ["a month", ["in february"], "name_left"],
  ["two letters of a spelling", ["b r"], "name_left"],
  ["an ordinary word that is a known name", ["the rose is red"], "known_left"],
  ["a piece of a name beside a name", ["for [CALLER_1] far"], "name_left"],
  ["two letters, also vowels", ["it is y i"], "name_left"],
  ["a short code of theirs", ["give me 21"], "known_left"],
  ["an address of the net", ["me @ home"], "mark_left"],
  ["a bracket that is no placeholder", ["[you]"], "mark_left"],
]

for (const [what, texts, why] of held) {
  test(`the gate holds back ${what}`, () => {
    assert.equal(refusalOf(texts, { known, drugs }), why)
  })
}

for (const text of [
  "can i take lisinopril 500 mg with food",
  "[PATIENT_1] takes Tylenol 3 for 90 days since 2019",
  "necesito una receta para mañana",
  "50,000 units twice a day",
]) {
  test(`the gate lets "${text}" through`, () => {
    assert.equal(refusalOf([text], { known, drugs }), undefined)
  })
}

/** Numbers of a card as people read them out. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { codeIn, saysNone } from "./spoken-code.ts"

test("letters and digits are read as they are spelt, in English and in Spanish", () => {
  for (const [said, code] of [
    ["nine nine nine nine zero one", "999901"],
    ["It's 9 9 9 9 0 1.", "999901"],
    ["The BIN is 999901", "999901"],
    ["ZX0001001", "ZX0001001"],
    ["Z X zero zero zero one zero zero one", "ZX0001001"],
    ["z as in zebra, x as in x ray, triple zero, 1001", "ZX0001001"],
    ["B as in boy, double four, dash, seven", "B447"],
    ["zulu x-ray 12", "ZX12"],
    ["D E M O 1", "DEMO1"],
    ["de, e, eme, o, uno", "DEMO1"],
    ["el número es nueve nueve cero uno", "9901"],
    ["zeta de zapato, equis, cero cero", "ZX00"],
    ["it's ADV", "ADV"],
    ["advance", "ADVANCE"],
  ] as const) {
    assert.equal(codeIn(said), code, said)
  }
})

test("a word that is no part of a number makes it unreadable, and none is guessed", () => {
  for (const said of ["", "hold on let me find it", "nine nine something one", "where is that"]) {
    assert.equal(codeIn(said), undefined, said)
  }
})

test("a card that lacks a number is heard as that", () => {
  for (const said of ["there is no PCN", "it doesn't have one", "none", "no tiene", "no hay"]) {
    assert.ok(saysNone(said), said)
  }
  assert.equal(saysNone("n as in november 0 1"), false)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { loopLength, withoutRepeats } from "./repetition.ts"

test("a loop is cut, and digits said several times are not", () => {
  const digits = [7, 0, 0, 0, 0, 1, 1, 1, 1]
  assert.equal(loopLength(digits), 0)
  assert.equal(loopLength([5, ...Array.from({ length: 12 }, () => 9)]), 11)
  assert.equal(loopLength(Array.from({ length: 5 }, () => [1, 2, 3]).flat()), 12)
})

test("a sentence said twice in a row is kept once, a word said twice stays", () => {
  assert.equal(withoutRepeats("I need it. I need it. I need it."), "I need it.")
  assert.equal(withoutRepeats("Yes. Yes. It is me."), "Yes. Yes. It is me.")
})

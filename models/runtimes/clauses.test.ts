import assert from "node:assert/strict"
import { test } from "node:test"
import { clausesOf } from "./clauses.ts"

test("the first clause is short, and the clauses together are the text", () => {
  const text =
    "Thank you, Maria. Your prescription is ready for pickup, it costs 4.50 dollars. Anything else?"
  const clauses = clausesOf(text)
  assert.equal(clauses[0], "Thank you, Maria.")
  assert.equal(clauses.join(" "), text)
  assert.equal(clauses.length, 3)
  assert.deepEqual(clausesOf("  "), [])
})

test("a long text without punctuation is broken between words", () => {
  const text = Array.from({ length: 80 }, (_, i) => `word${i}`).join(" ")
  const clauses = clausesOf(text)
  assert.equal(clauses.join(" "), text)
  assert.ok(clauses.every((clause) => clause.length <= 160))
})

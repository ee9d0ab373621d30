import assert from "node:assert/strict"
import { test } from "node:test"
import { separated } from "./whisper.ts"

test("an expected drug is freed of the word glued to it", () => {
  const prompt = "Atorvastatin, lisinopril."
  assert.equal(separated("a refill of myatorvastatin", prompt), "a refill of my atorvastatin")
  assert.equal(separated("my lisinopril", prompt), "my lisinopril")
})

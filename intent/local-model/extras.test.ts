/** What a model may do beside naming wishes: with words that were said, and once it earned that. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { descriptionIn } from "../slots/description.ts"
import { isTrusted } from "../thresholds.ts"
import { detailsOf } from "./details.ts"
import { isRight, rambling } from "./rambling.ts"
import { gistOf } from "./summary.ts"

const said = "so um I was in on Tuesday and you gave me half of the tablets"

test("a summary leaves words out and adds none", () => {
  const gist = (text: string) => gistOf(JSON.stringify({ gist: text }), said)
  const shorter = "You gave me half of the tablets on Tuesday."
  assert.equal(gist(shorter), shorter)
  for (const added of ["You gave me ten tablets.", "Gave half to Ada Quill.", "", said])
    assert.equal(gist(added), undefined, added)
  assert.equal(gistOf("half of the tablets", said), undefined)
})

test("a doctor or a word that nobody named is dropped from what a model tells", () => {
  const answer = (change: object) =>
    JSON.stringify({ prescriber: "", purpose: "", look: "", mood: "none", ...change })
  const words = "the tiny white one Dr Chen gave me"
  assert.deepEqual(detailsOf(answer({ prescriber: "Chen", look: "tiny white pink" }), words), {
    prescriber: "Chen",
    described: ["tiny", "white"],
  })
  assert.deepEqual(detailsOf(answer({ prescriber: "Osei", mood: "confused" }), words), {
    mood: "confused",
  })
  assert.equal(detailsOf(answer({ mood: "murderous" }), words), undefined)
})

test("rules do what the embedded model, and a model nobody measured, have not earned", () => {
  for (const model of ["tinyllama-1.1b", "a-model-nobody-measured"])
    for (const extra of ["details", "summary"] as const)
      assert.equal(isTrusted(model, extra), false)
})

test("the rules find in rambling what a model would have to find to be asked", () => {
  const missed = rambling.filter((line) => !isRight(line, descriptionIn(line.says)))
  assert.deepEqual(
    missed.map(({ says }) => says),
    [],
  )
})

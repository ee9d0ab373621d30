import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { Value } from "typebox/value"
import { systemClock } from "#core/clock.ts"
import { cascade } from "./cascade.ts"
import { wordClassifier } from "./classifier/classifier.ts"
import { readCorpus } from "./classifier/corpus.ts"
import { type Expect, Understanding } from "./contract.ts"
import { understandUtterance } from "./understand.ts"

const steps = cascade({
  en: wordClassifier(readCorpus("en")),
  es: wordClassifier(readCorpus("es")),
})
const reader = { steps, clock: systemClock }
const today = "2026-11-20"

const hear = (text: string, expect: Expect = "request") =>
  understandUtterance({ text, expect, source: "speech", language: "en", today }, reader)
const intents = async (text: string, expect?: Expect) =>
  (await hear(text, expect)).wishes.map((wish) => wish.intent)

test("an emergency is heard whatever was asked", async () => {
  for (const expect of ["request", "name", "date_of_birth", "yes_no", "message"] as const) {
    const { emergency } = await hear("wait i can't breathe", expect)
    assert.deepEqual(emergency, { family: "heart_stroke_breathing", certainty: "certain" })
  }
})

test("danger is heard in what either ear wrote, and the certain one counts", async () => {
  const both = { text: "you know, care of it, here", otherText: "ya no quiero vivir" }
  const asked = { expect: "request", source: "speech", language: "en", today } as const
  const heard = await understandUtterance({ ...both, ...asked }, reader)
  assert.deepEqual(heard.emergency, { family: "self_harm", certainty: "certain" })
  const { text: otherText, otherText: text } = both
  assert.deepEqual(
    (await understandUtterance({ text, otherText, ...asked }, reader)).emergency,
    heard.emergency,
  )
})

test("a person is always a wish, also in the middle of verification", async () => {
  for (const expect of ["request", "name", "date_of_birth", "rx_number", "zip", "code"] as const) {
    assert.deepEqual(await intents("let me talk to a pharmacist", expect), ["person"], expect)
  }
})

test("an answer to the question is no new wish", async () => {
  assert.deepEqual(await intents("maria lopez", "name"), [])
  assert.deepEqual(await intents("march third nineteen eighty five", "date_of_birth"), [])
  assert.deepEqual(await intents("it's seven oh one two three four five", "rx_number"), [])
  assert.deepEqual(await intents("seven eight seven oh one", "zip"), [])
})

test("keys are read without any model", async () => {
  const keyed = (text: string, expect: Expect) =>
    understandUtterance({ text, expect, source: "keys", language: "en", today }, reader)
  assert.deepEqual((await keyed("0", "zip")).wishes, [{ intent: "person", confidence: 1 }])
  assert.deepEqual((await keyed("7012345#", "rx_number")).slots.rxNumbers, ["7012345"])
})

test("Spanish is noticed, and one Spanish word changes nothing", async () => {
  assert.equal((await hear("hola necesito hablar con una persona por favor")).language, "es")
  assert.equal((await hear("español por favor")).language, "es")
  assert.equal((await hear("refill for mister de la cruz")).language, "en")
})

test("whatever is said, the answer keeps the contract", async () => {
  const expects = fc.constantFrom<Expect>("request", "name", "date_of_birth", "rx_number", "yes_no")
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 400 }), expects, async (text, expect) => {
      assert.ok(Value.Check(Understanding, await hear(text, expect)))
    }),
    { numRuns: 200 },
  )
})

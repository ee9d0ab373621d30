/** What staff read and hear of a conversation: the wish, what was told, no name in the whisper. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { gravest } from "#core/mood.ts"
import type { Prescription } from "#core/pms.ts"
import { writtenBy } from "./prescriber.ts"
import type { State, Task } from "./state.ts"
import { summaryOf, whisperOf } from "./summary.ts"
import { beginning } from "./turns.ts"

const stateOf = (change: Partial<State>): State => ({
  ...structuredClone(beginning),
  ...{ conversation: "c1", channel: "phone", language: "en", openedAtMs: 0, isRecording: true },
  ...change,
})

const words = "the white one, the water pill, Dr Chen gave it to me"
const task: Task = {
  ...{ intent: "refill", words, confidence: 0.9 },
  slots: { prescriber: "Chen", described: ["white", "water"] },
}

test("a work item says in a line what is wanted, how it was told and what was said last", () => {
  const state = stateOf({ about: ["status", "refill"], mood: "confused", words: "yes please" })
  assert.equal(
    summaryOf(state, task, "Furosemide 20 mg"),
    "Wants a refill: Furosemide 20 mg. Described as white, water. Named Dr. Chen. " +
      'Also asked about whether a prescription is ready. Sounds confused. Last said: "yes please"',
  )
  const long = stateOf({ about: ["refill"], words: "so ".repeat(1_000) })
  assert.ok(summaryOf(long, task, undefined).length <= 300)
})

test("the whisper names what for and how they seem, and neither the caller nor a drug", () => {
  const caller = { isVerified: true, patient: "p1", name: "Ada Quill", medicines: ["Furosemide"] }
  const about = ["refill", "status", "refill"]
  const whisper = whisperOf(stateOf({ caller, about, mood: "angry", language: "es", words }))
  assert.equal(
    whisper,
    "The assistant has a verified patient about a refill, after whether a prescription is ready, " +
      "who sounds angry. They speak Spanish.",
  )
  const agenda: Task[] = [{ intent: "insurance", words, confidence: 0.9, slots: {} }]
  assert.match(whisperOf(stateOf({ about, agenda })), /is ready, and then insurance\.$/)
  assert.match(whisperOf(stateOf({})), /not verified who asks for you\.$/)
})

test("a mood rises and is never lowered", () => {
  assert.equal(gravest(undefined, "confused"), "confused")
  assert.equal(gravest("distressed", "angry"), "distressed")
  assert.equal(gravest("angry", undefined), "angry")
})

test("a doctor is found by a last name, one letter misheard, and never by another's first name", () => {
  const by = (prescriber: string, rxNumber: string): Prescription => ({
    ...{ rxNumber, prescriber, drugName: "a drug", patient: "p1", schedule: "none" },
    ...{ fill: "picked_up", readAtMs: 0 },
  })
  const own = [by("Dr. Ada Winter", "7000001"), by("FIELD, JUNE MD", "7000002")]
  const found = (said: string) => writtenBy(said, own).map(({ rxNumber }) => rxNumber)
  assert.deepEqual(found("Winter"), ["7000001"])
  assert.deepEqual(found("Wintr"), ["7000001"])
  assert.deepEqual(found("June Field"), ["7000002"])
  assert.deepEqual(found("Omar Winter"), [])
  assert.deepEqual(found("Chen"), [])
  assert.deepEqual(found("doctor"), [])
})

/** A caller in a place where others talk: heard, answered, and not drowned. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { dial, heardBy, QUESTION, turn } from "./fixtures/dial.ts"
import { Backdrop } from "./turns/backdrop.ts"

const FRAME_MS = 32

/** What counts of so many milliseconds that a detector calls speech, so loud. */
function heardOf(backdrop: Backdrop, { ms, level }: { ms: number; level: number }) {
  const count = Math.ceil(ms / FRAME_MS)
  return Array.from({ length: count }, (_, at) => {
    // Voices rise and fall.
    const loud = level * (0.75 + 0.25 * Math.sin(at))
    return backdrop.heard(0.9, new Float32Array(256).fill(loud), FRAME_MS)
  })
}

const share = (heard: readonly number[]) => heard.filter((one) => one > 0).length / heard.length

test("where people talk behind the caller, only the caller is heard", () => {
  const backdrop = new Backdrop()
  heardOf(backdrop, { ms: 6_000, level: 0.03 })
  assert.ok(share(heardOf(backdrop, { ms: 3_000, level: 0.03 })) < 0.1)
  assert.ok(share(heardOf(backdrop, { ms: 3_000, level: 0.2 })) > 0.9)
  const after = heardOf(backdrop, { ms: 3_000, level: 0.03 })
  assert.ok(share(after.slice(5)) < 0.1)
})

test("in a quiet place every word counts, however softly and long somebody talks", () => {
  const backdrop = new Backdrop()
  const quiet = new Float32Array(256)
  for (let ms = 0; ms < 3_000; ms += FRAME_MS) backdrop.heard(0.01, quiet, FRAME_MS)
  assert.equal(share(heardOf(backdrop, { ms: 3_000, level: 0.2 })), 1)
  assert.equal(share(heardOf(backdrop, { ms: 5_000, level: 0.01 })), 1)
})

test("noise without an end is no end of the call: what was heard is answered", async () => {
  const { line, asked } = dial([turn(0, [QUESTION]), turn(1, ["Sure."])])
  await line.untilQuiet()
  line.say("I need a refill", { durationMs: 90_000 })
  await line.advance(30_000)
  assert.deepEqual(heardBy(asked), ["I need a refill"])
  assert.ok(line.said.some(({ text }) => text === "Sure."))
})

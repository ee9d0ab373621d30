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

test("a detector that takes the crowd for silence after a loud voice does not end the crowd", () => {
  const backdrop = new Backdrop()
  heardOf(backdrop, { ms: 10_000, level: 0.03 })
  heardOf(backdrop, { ms: 3_000, level: 0.2 })
  for (let ms = 0; ms < 5_000; ms += FRAME_MS) backdrop.heard(0.1, crowd, FRAME_MS)
  assert.equal(share(heardOf(backdrop, { ms: 3_000, level: 0.03 })), 0)
  assert.ok(share(heardOf(backdrop, { ms: 3_000, level: 0.2 })) > 0.9)
})

test("when the crowd has gone, the caller may speak as softly as they like", () => {
  const backdrop = new Backdrop()
  heardOf(backdrop, { ms: 10_000, level: 0.1 })
  for (let ms = 0; ms < 2_000; ms += FRAME_MS) backdrop.heard(0.01, silence, FRAME_MS)
  assert.equal(share(heardOf(backdrop, { ms: 3_000, level: 0.02 })), 1)
})

test("in a quiet place every word counts, however softly and long somebody talks", () => {
  const backdrop = new Backdrop()
  const quiet = new Float32Array(256)
  for (let ms = 0; ms < 3_000; ms += FRAME_MS) backdrop.heard(0.01, quiet, FRAME_MS)
  assert.equal(share(heardOf(backdrop, { ms: 3_000, level: 0.2 })), 1)
  for (let ms = 0; ms < 2_000; ms += FRAME_MS) backdrop.heard(0.01, quiet, FRAME_MS)
  assert.equal(share(heardOf(backdrop, { ms: 5_000, level: 0.01 })), 1)
})

/** Sentences with breaths between them, as a television has. */
function television(backdrop: Backdrop, seconds: number): readonly number[] {
  const heard: number[] = []
  for (let at = 0; at < seconds; at += 2) {
    heard.push(...heardOf(backdrop, { ms: 1_750, level: TELEVISION }))
    for (let ms = 0; ms < 250; ms += FRAME_MS) backdrop.heard(0.01, silence, FRAME_MS)
  }
  return heard
}

const TELEVISION = 0.05
const silence = new Float32Array(256)
const crowd = new Float32Array(256).fill(0.03)

test("a voice that goes on behind the caller is not theirs, and ends no pause", () => {
  const backdrop = new Backdrop()
  television(backdrop, 10)
  assert.equal(share(heardOf(backdrop, { ms: 3_000, level: 0.3 })), 1)
  assert.equal(share(television(backdrop, 10).slice(45)), 0)
  assert.equal(share(heardOf(backdrop, { ms: 3_000, level: 0.3 })), 1)
})

test("what the voice behind says is not given to the ears, and what the caller says whole", () => {
  const backdrop = new Backdrop()
  television(backdrop, 10)
  heardOf(backdrop, { ms: 3_000, level: 0.3 })
  television(backdrop, 4)
  const behind = new Int16Array(16_000).fill(TELEVISION * 32_768)
  const own = new Int16Array(8_000).fill(0.3 * 32_768)
  const alone = backdrop.withoutIt(Int16Array.from([...behind, ...own, ...behind]))
  assert.ok(alone.subarray(0, 13_000).every((sample) => sample === 0))
  assert.deepEqual(alone.subarray(16_000, 24_000), own)
  assert.ok(alone.subarray(27_000).every((sample) => sample === 0))
})

test("a voice that talks on while keys are pressed is not the caller's, though they never spoke", () => {
  const backdrop = new Backdrop()
  television(backdrop, 12)
  backdrop.keyPressed()
  television(backdrop, 2)
  assert.equal(share(television(backdrop, 10)), 0)
  assert.equal(share(heardOf(backdrop, { ms: 3_000, level: 0.3 })), 1)
})

test("who talks, presses a key, hears the answer and talks on is heard", () => {
  const backdrop = new Backdrop()
  television(backdrop, 12)
  backdrop.keyPressed()
  for (let ms = 0; ms < 4_000; ms += FRAME_MS) backdrop.heard(0.01, silence, FRAME_MS)
  assert.equal(share(television(backdrop, 6)), 1)
})

test("who shouted hello and then speaks as people do is heard, also if they go on and on", () => {
  const backdrop = new Backdrop()
  heardOf(backdrop, { ms: 2_000, level: 0.6 })
  for (let ms = 0; ms < 4_000; ms += FRAME_MS) backdrop.heard(0.01, silence, FRAME_MS)
  const heard: number[] = []
  for (let at = 0; at < 4; at += 1) {
    heard.push(...heardOf(backdrop, { ms: 2_500, level: 0.1 }))
    for (let ms = 0; ms < 1_500; ms += FRAME_MS) backdrop.heard(0.01, silence, FRAME_MS)
  }
  assert.equal(share(heard), 1)
})

test("noise without an end is no end of the call: what was heard is answered", async () => {
  const { line, asked } = dial([turn(0, [QUESTION]), turn(1, ["Sure."])])
  await line.untilQuiet()
  line.say("I need a refill", { durationMs: 90_000 })
  await line.advance(30_000)
  assert.deepEqual(heardBy(asked), ["I need a refill"])
  assert.ok(line.said.some(({ text }) => text === "Sure."))
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import type { Sentence } from "../../intent/contract.ts"
import { type CallEvent, newItem } from "../call/state.ts"
import { Rendering } from "./rendering.ts"
import { PacedMouth } from "./speak.ts"

const sentence: Sentence = {
  reply: "test",
  text: "Hello there.",
  spoken: "Hello there.",
  fixed: true,
  protected: false,
}

/** One second of audio whose bytes tell their position, in 20 ms packets. */
const second = Uint8Array.from({ length: 8_000 }, (_, at) => Math.floor(at / 160))

function mouth(render: () => Rendering = () => new Rendering(second)) {
  const clock = new VirtualClock(0)
  const sent: string[] = []
  const told: CallEvent[] = []
  const mouth = new PacedMouth({
    clock,
    outlet: {
      media: (bytes) => sent.push(`media ${bytes[0]}`),
      mark: (name) => sent.push(name),
      clear: () => sent.push("clear"),
      said: () => undefined,
    },
    render,
    tell: (event) => told.push(event),
  })
  const marks = () => sent.filter((it) => /^\d/.test(it))
  const media = () => sent.filter((it) => it.startsWith("media"))
  return { clock, mouth, sent, told, marks, media }
}

test("the first packet leaves at once, and never more than 400 ms ahead", () => {
  const { clock, mouth: it, media, told } = mouth()
  it.play([newItem(1, sentence)], false)
  assert.equal(media().length, 20)
  assert.deepEqual(told, [{ kind: "started", item: 1 }])
  clock.advance(100)
  assert.equal(media().length, 25)
  clock.advance(1_000)
  assert.equal(media().length, 50)
  assert.equal(clock.nextDueMs(), undefined)
})

test("a mark follows every half second and every sentence, and proves what was heard", () => {
  const { clock, mouth: it, marks, told } = mouth()
  it.play([newItem(1, sentence)], false)
  clock.advance(1_000)
  assert.equal(marks().length, 2)
  for (const name of marks()) it.marked(name)
  assert.deepEqual(told.slice(1), [
    { kind: "played", item: 1, ms: 500, isLast: false },
    { kind: "played", item: 1, ms: 1_000, isLast: true },
  ])
})

test("after a clear nothing more is sent, and marks that come back mean nothing", () => {
  const { clock, mouth: it, marks, media, sent, told } = mouth()
  it.play([newItem(1, sentence)], false)
  clock.advance(200)
  const before = media().length
  it.clear()
  clock.advance(1_000)
  assert.equal(media().length, before)
  assert.ok(sent.includes("clear"))
  for (const name of marks()) it.marked(name)
  assert.equal(told.length, 1)
})

test("a sentence that was cut off goes on where it was heard", () => {
  const { mouth: it, media } = mouth()
  it.play([{ ...newItem(1, sentence), heardMs: 500 }], false)
  assert.equal(media()[0], "media 25")
})

test("a sentence plays from its first clause while the rest is rendered", () => {
  const rendering = new Rendering()
  const { clock, mouth: it, media, marks } = mouth(() => rendering)
  it.play([newItem(1, sentence)], false)
  assert.equal(media().length, 0)
  rendering.append(second.subarray(0, 1_600))
  assert.equal(media().length, 10)
  clock.advance(5_000)
  assert.equal(marks().length, 0)
  rendering.append(second.subarray(1_600, 3_200))
  rendering.finish()
  assert.equal(media().length, 20)
  assert.equal(marks().length, 1)
})

test("a sentence that could not be rendered does not stop the call", () => {
  const rendering = new Rendering()
  const { mouth: it, marks, told } = mouth(() => rendering)
  it.play([newItem(1, sentence)], false)
  rendering.finish()
  it.marked(marks()[0] ?? "")
  assert.deepEqual(told, [{ kind: "played", item: 1, ms: 0, isLast: true }])
})

test("words that must come first overtake what has not begun to sound", () => {
  const slow = new Rendering()
  const renderings = [slow, new Rendering(second.subarray(0, 160))]
  const { mouth: it, told } = mouth(() => renderings.shift() ?? slow)
  it.play([newItem(1, { ...sentence })], false)
  it.play([newItem(2, { ...sentence })], true)
  slow.append(second)
  slow.finish()
  assert.deepEqual(
    told.map((event) => event.kind === "started" && event.item),
    [2, 1],
  )
})

test("what is dropped is not said, and what has begun is", () => {
  const { clock, mouth: it, marks } = mouth()
  it.play([newItem(1, sentence), newItem(2, sentence)], false)
  it.drop([1, 2])
  clock.advance(3_000)
  assert.deepEqual(
    marks().map((name) => name.split(":")[1]),
    ["1", "1"],
  )
})

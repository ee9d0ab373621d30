import assert from "node:assert/strict"
import { test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import { SILENCE } from "./audio/mulaw.ts"
import { CallTape } from "./recording.ts"

function tape() {
  const clock = new VirtualClock(0)
  const written: Uint8Array[] = []
  const made = new CallTape(clock, (audio) => written.push(audio))
  const bytes = () => Buffer.concat(written)
  const caller = (atMs: number) => bytes()[atMs * 8 * 2]
  const agent = (atMs: number) => bytes()[atMs * 8 * 2 + 1]
  return { clock, made, written, bytes, caller, agent }
}

const packet = (value: number, ms: number) => new Uint8Array(ms * 8).fill(value)

test("both sides lie on one time line, silence where nobody spoke", () => {
  const { clock, made, caller, agent, bytes } = tape()
  made.agent(packet(1, 400))
  clock.advance(600)
  made.caller(packet(2, 100), 500)
  clock.advance(1_400)
  made.close()
  assert.equal(bytes().length, 2_000 * 8 * 2)
  assert.deepEqual([agent(10), agent(399), agent(401)], [1, 1, SILENCE])
  assert.deepEqual([caller(499), caller(500), caller(599), caller(601)], [SILENCE, 2, 2, SILENCE])
})

test("what the agent sent ahead is on the tape when it was heard", () => {
  const { clock, made, agent } = tape()
  made.agent(packet(1, 200))
  made.agent(packet(3, 200))
  clock.advance(2_000)
  made.close()
  assert.deepEqual([agent(100), agent(300), agent(450)], [1, 3, SILENCE])
})

test("what was cut off is not on the tape", () => {
  const { clock, made, agent } = tape()
  made.agent(packet(1, 400))
  clock.advance(150)
  made.cleared()
  clock.advance(2_000)
  made.close()
  assert.deepEqual([agent(149), agent(151), agent(399)], [1, SILENCE, SILENCE])
})

test("it is written each second, and nothing after an objection", () => {
  const { clock, made, written } = tape()
  clock.advance(3_500)
  assert.equal(written.length, 3)
  made.record(false)
  made.caller(packet(2, 100), 3_500)
  clock.advance(3_000)
  made.close()
  assert.equal(written.length, 3)
})

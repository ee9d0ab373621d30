import assert from "node:assert/strict"
import { test } from "node:test"
import { rehearsalClock, systemClock } from "./clock.ts"

test("in no rehearsal the clock is the machine's own", () => {
  assert.equal(rehearsalClock({ shiftMs: 0, pace: 1 }), systemClock)
})

test("a clock of another day, and a slower one, still count whole milliseconds", () => {
  const dayMs = 86_400_000
  for (const pace of [1, 3, 7]) {
    const nowMs = rehearsalClock({ shiftMs: dayMs, pace }).nowMs()
    assert.ok(Number.isInteger(nowMs))
    assert.ok(nowMs >= Date.now() + dayMs - 60_000)
  }
})

test("on a slower clock what is due first still comes first", async () => {
  const clock = rehearsalClock({ shiftMs: 0, pace: 2 })
  const came: string[] = []
  await new Promise<void>((resolve) => {
    clock.after(4, () => resolve())
    clock.after(1, () => came.push("early"))
  })
  assert.deepEqual(came, ["early"])
})

/** Days counted from what modules tell, in the real house; and counts that add up. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { type House, openHouse } from "../../test/house.ts"
import type { Report } from "./contract.ts"
import { reportOf } from "./report.ts"
import { emptyTally, type Talk, together, withDecision, withTalk } from "./tally.ts"

const outcomes = ["alone", "technician", "pharmacist", "transferred", "abandoned"] as const
const talks: fc.Arbitrary<Talk> = fc.record({
  channel: fc.constantFrom("phone", "sms"),
  hour: fc.integer({ min: 0, max: 23 }),
  outcome: fc.constantFrom(...outcomes),
  reasons: fc.uniqueArray(fc.constantFrom("refill", "status", "hours")),
  latenciesMs: fc.array(fc.integer({ min: 0, max: 60_000 })),
  confidences: fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
})

test("days that are counted apart and added up say the same as one long day", () => {
  fc.assert(
    fc.property(fc.array(talks), fc.array(talks), (morning, evening) => {
      const dayOf = (list: readonly Talk[]) => list.reduce(withTalk, emptyTally("2026-11-20"))
      const whole = reportOf([dayOf([...morning, ...evening])])
      assert.deepEqual(reportOf([together(dayOf(morning), dayOf(evening))]), whole)
    }),
  )
})

test("a percentile is never below what was measured, nor a step above it", () => {
  const ms = fc.integer({ min: 101, max: 20_000 })
  fc.assert(
    fc.property(fc.array(ms, { minLength: 1 }), (latenciesMs) => {
      const talk = { channel: "phone", hour: 1, outcome: "alone", reasons: [] } as const
      const tally = withTalk(emptyTally("2026-11-20"), { ...talk, latenciesMs, confidences: [] })
      const { p95 } = reportOf([tally]).latencyMs
      const sorted = latenciesMs.toSorted((a, b) => a - b)
      const exact = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0
      assert.ok(p95 >= exact - 0.1 && p95 <= exact * 1.15 + 0.1, `${p95} for ${exact}`)
    }),
  )
})

test("decisions are counted by tier", () => {
  const tally = withDecision(withDecision(emptyTally("2026-11-20"), 2, 4), 1, 40)
  const { approvals } = reportOf([tally])
  assert.deepEqual(
    approvals.map(({ tier, count }) => [tier, count]),
    [
      [1, 1],
      [2, 1],
    ],
  )
})

const FROM = "+15125550131"
const fridayMs = Date.UTC(2026, 10, 20, 20)

async function call(house: House, id: string, says: string): Promise<void> {
  await house.ask("calls.begin", { call: id, from: FROM })
  const opened = { conversation: id, channel: "phone", from: FROM }
  const { turn } = (await house.ask<{ turn: number }>("conversations.open", opened)).value
  const heard = { conversation: id, turn, source: "typed", text: says, confidence: 1 }
  await house.ask("conversations.hear", heard)
  await house.ask("conversations.close", { conversation: id, reason: "caller_left" })
}

/** Events come when they come: ask until the day has so many calls. */
async function dayWith(house: House, isThere: (report: Report) => boolean): Promise<Report> {
  for (;;) {
    const asked = { from: "2026-11-19", until: "2026-11-20" }
    const reply = await house.asStaff("manager", "analytics.report", asked)
    assert.ok(reply.kind === "done")
    const report = reply.value as Report
    if (isThere(report)) return report
    await new Promise(setImmediate)
  }
}

test("a caller who was answered alone and comes back the same day was not answered", async (t) => {
  const only = ["analytics", "calls", "conversations", "intent", "store-info", "emergencies"]
  const beside = ["callbacks", "transcripts", "messaging", "verification", "patients", "refills"]
  const more = [
    "controlled-substances",
    "prescribers",
    "prescriptions",
    "drugs",
    "transfers",
    "complaints",
    "consents",
    "pms",
  ]
  const house = await openHouse(t, {
    only: [...only, ...beside, ...more, "work-queue", "insurance", "mfa"],
    nowMs: fridayMs,
  })
  await call(house, "CA1", "What time do you close today?")
  const first = await dayWith(house, ({ all }) => all.calls === 1)
  assert.deepEqual([first.all.contained, first.all.repeated], [1, 0])
  assert.equal(first.hours[14], 1)
  assert.deepEqual(first.reasons, [{ reason: "hours", count: 1 }])
  await call(house, "CA2", "Are you open on Saturday?")
  const second = await dayWith(house, ({ all }) => all.repeated === 1)
  assert.deepEqual([second.all.calls, second.all.contained], [2, 2])
  const kept = JSON.stringify(second)
  assert.ok(!kept.includes("555") && !kept.includes("CA1"))
})

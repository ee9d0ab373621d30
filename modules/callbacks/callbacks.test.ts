/** Callbacks through their contract, in the real house at a moment of our choice. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { type House, openHouse } from "../../test/house.ts"

const HOUR_MS = 3_600_000
/** Friday 20 November 2026, noon in Austin: open from nine to six. */
const fridayNoonMs = Date.UTC(2026, 10, 20, 18)
/** Saturday is open till one, Sunday is closed, Monday opens at nine. */
const saturdayEveningMs = Date.UTC(2026, 10, 22, 2)
const mondayNineMs = Date.UTC(2026, 10, 23, 15)

interface Promised {
  readonly callback: string
  readonly dueAtMs: number
}

async function openDesk(t: TestContext, nowMs: number, only = ["callbacks", "store-info"]) {
  const house = await openHouse(t, { only, nowMs })
  return {
    house,
    async promise(forRole: string, about = "refill") {
      const reply = await house.ask<Promised>("callbacks.promise", { about, forRole })
      return reply.value
    },
    async listed(input: object = {}) {
      const reply = await house.asStaff("technician", "callbacks.list", input)
      assert.ok(reply.kind === "done")
      return (reply.value as { callbacks: { callback: string; doneBy?: string }[] }).callbacks
    },
  }
}

/** Ends a module's process; it takes a moment to come back. */
function killed({ host }: House, name: string): void {
  const pid = host.pidOf(name)
  assert.ok(pid)
  process.kill(pid, "SIGKILL")
}

/** Due so many hours after a moment, give or take the time the test takes. */
function assertDue({ dueAtMs }: Promised, fromMs: number, hours: number): void {
  const offMs = dueAtMs - fromMs - hours * HOUR_MS
  assert.ok(offMs >= 0 && offMs < HOUR_MS / 4, `${new Date(dueAtMs).toISOString()}`)
}

test("while the pharmacy is open, a pharmacist calls within half an hour and a technician within one", async (t) => {
  const { promise } = await openDesk(t, fridayNoonMs)
  assertDue(await promise("pharmacist"), fridayNoonMs, 0.5)
  assertDue(await promise("technician"), fridayNoonMs, 1)
})

test("a manager calls by the same time on the next business day", async (t) => {
  const { promise } = await openDesk(t, fridayNoonMs)
  assertDue(await promise("manager"), fridayNoonMs, 3 * 24)
})

test("a holiday is no business day", async (t) => {
  const wednesdayMs = Date.UTC(2026, 10, 25, 18)
  const { promise } = await openDesk(t, wednesdayMs)
  assertDue(await promise("manager"), wednesdayMs, 2 * 24)
})

test("while the pharmacy is closed, the time runs from when it opens", async (t) => {
  const { promise } = await openDesk(t, saturdayEveningMs)
  assertDue(await promise("pharmacist"), mondayNineMs, 0.5)
})

test("a promise is kept on file also while the hours cannot be asked for", async (t) => {
  const { house, promise } = await openDesk(t, saturdayEveningMs)
  killed(house, "store-info")
  assertDue(await promise("technician"), saturdayEveningMs, 1)
})

test("what is due first is listed first, and what was done is listed only when asked for", async (t) => {
  const { house, listed, promise } = await openDesk(t, fridayNoonMs)
  const late = await promise("manager")
  const soon = await promise("pharmacist")
  const next = await promise("technician")
  const order = (await listed()).map(({ callback }) => callback)
  assert.deepEqual(order, [soon.callback, next.callback, late.callback])

  const { callback } = soon
  for (const role of ["pharmacist", "technician"] as const)
    assert.equal((await house.asStaff(role, "callbacks.done", { callback })).kind, "done")
  assert.equal((await listed()).length, 2)
  const done = (await listed({ includeDone: true })).find((one) => one.callback === callback)
  assert.equal(done?.doneBy, "the-pharmacist")
})

test("a callback that nobody promised cannot be done", async (t) => {
  const { house } = await openDesk(t, fridayNoonMs)
  const reply = await house.asStaff("technician", "callbacks.done", { callback: "none" })
  assert.equal(reply.kind === "fault" && reply.code, "unknown_callback")
})

test("a caller cannot read who is called back", async (t) => {
  const { house } = await openDesk(t, fridayNoonMs)
  assert.equal((await house.asCaller("1001", "callbacks.list", {})).kind, "refused")
})

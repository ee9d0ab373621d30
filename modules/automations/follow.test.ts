/** A run follows the work item that it waits for, to its end, whatever is restarted between. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { setImmediate } from "node:timers/promises"
import type { Role } from "#core/actor.ts"
import type { Draft, Run } from "./contract.ts"
import {
  done,
  ended,
  file,
  house,
  type Id,
  listed,
  lookInto,
  openedForAll,
  runsOf,
  switchedOn,
} from "./fixtures/room.ts"

openedForAll()

const asking = (command: string): Draft => ({
  ...lookInto,
  does: { command, input: { about: { constant: "Look at it." }, patient: { field: "patient" } } },
})

/** Switched on, set off by a complaint, and put before a person. */
async function waiting(command: string): Promise<{ one: Id; item: string }> {
  const one = await switchedOn(asking(command))
  await file(true)
  return { one, item: itemOf((await ended(one, 1))[0]) }
}

function itemOf(run: Run | undefined): string {
  assert.ok(run?.item, JSON.stringify(run))
  assert.equal(run.result, "waits")
  return run.item
}

async function decide(role: Role, name: string, input: object): Promise<void> {
  done(await house().asStaff(role, `work-queue.${name}`, input))
}

/** Its newest run, once it is as it should be. */
async function once(one: Id, isSo: (run: Run) => boolean): Promise<Run> {
  for (;;) {
    const run = (await runsOf(one)).find(isSo)
    if (run) return run
    await setImmediate()
  }
}

async function countsAndLast({ automation }: Id) {
  const kept = (await listed()).find((one) => one.automation === automation)
  return { ...kept?.counts, last: kept?.last?.result }
}

test("what a person approved is done, and the run says who approved it and when", async () => {
  const { one, item } = await waiting("work-queue.askClinical")
  await decide("pharmacist", "approve", { item })
  const { became, tier } = await once(one, ({ result }) => result === "done")
  assert.deepEqual([became?.what, became?.by, tier], ["approved", "the-pharmacist", 2])
  const { value } = await house().ask<{ decidedAtMs: number }>("work-queue.get", { item })
  assert.equal(became?.atMs, Math.round(value.decidedAtMs))
  const { waits, done: isDone, last } = await countsAndLast(one)
  assert.deepEqual([waits, isDone, last], [1, 1, "done"])
})

test("what a person refused is refused, and the run says by whom", async () => {
  const { one, item } = await waiting("work-queue.askRefund")
  await decide("manager", "refuse", { item, reason: "It was paid back at the counter." })
  const run = await once(one, ({ result }) => result === "refused")
  assert.deepEqual([run.became?.what, run.became?.by], ["refused", "the-manager"])
  assert.equal(JSON.stringify(run).includes("counter"), false)
  assert.equal((await countsAndLast(one)).refused, 1)
})

test("what was put before another tier says so, goes on waiting, and is followed from there", async () => {
  const { one, item } = await waiting("work-queue.askInsurance")
  const reason = "It is about an interaction."
  await decide("technician", "escalate", { item, tier: 2, reason })
  const moved = await once(one, ({ became }) => became !== undefined)
  assert.deepEqual([moved.result, moved.tier, moved.became?.what], ["waits", 2, "escalated"])
  await decide("technician", "claim", { item })
  await decide("technician", "release", { item })
  await decide("pharmacist", "approve", { item })
  const { became } = await once(one, ({ result }) => result === "done")
  assert.equal(became?.by, "the-pharmacist")
})

test("what failed once it was approved says how: for good, or waiting for another approval", async () => {
  const one = await switchedOn(
    {
      ...lookInto,
      ...{ when: { event: "pms.fillChanged" }, holds: [] },
      does: { command: "renewals.request", input: { rxNumber: { field: "rxNumber" } } },
    },
    { rxNumber: "7001262", patient: "1004", fill: "waiting_prescriber" },
  )
  const change = { rxNumber: "7001262", patient: "1004", fill: "waiting_prescriber" }
  for (let count = 0; count < 2; count++) house().host.bus.publish("pms", "fillChanged", change)
  const [first, second] = (await ended(one, 2)).map(itemOf)
  await house().pmsFault({ mode: "down" })
  await decide("technician", "approve", { item: first })
  const again = await once(one, ({ became }) => became?.what === "put_back")
  assert.deepEqual([again.item, again.result, again.code], [first, "waits", "pms_down"])
  assert.match(again.says ?? "", /pharmacy system does not answer/)
  await house().pmsFault({ mode: "ok" })
  await decide("technician", "approve", { item: first })
  const well = await once(one, ({ result }) => result === "done")
  assert.deepEqual([well.item, well.code, well.says], [first, undefined, undefined])
  await decide("technician", "approve", { item: second })
  const failed = await once(one, ({ result }) => result === "failed")
  assert.deepEqual([failed.item, failed.code], [second, "renewals.already_asked"])
  assert.match(failed.says ?? "", /was asked already/)
  assert.deepEqual([failed.became?.what, failed.became?.by], ["approved", "the-technician"])
})

function kill(): void {
  process.kill(house().host.pidOf("automations") ?? 0, "SIGKILL")
}

test("what was decided while the module was away is known when it is there again", async () => {
  const { one, item } = await waiting("work-queue.askClinical")
  kill()
  await decide("pharmacist", "refuse", { item, reason: "It is in the profile." })
  await cameBack()
  assert.equal((await once(one, ({ result }) => result === "refused")).became?.what, "refused")
})

test("what was decided and never heard of is looked up when the module starts", async () => {
  const { one, item } = await waiting("work-queue.askClinical")
  const { run } = await once(one, () => true)
  const stored = () => house().store.collection("automations.runs").get(run)
  const before = stored()?.doc
  await decide("pharmacist", "approve", { item })
  await once(one, ({ result }) => result === "done")
  await house().store.write("automations", [{ put: "runs", id: run, doc: before }])
  kill()
  await cameBack()
  assert.equal((await once(one, ({ result }) => result === "done")).became?.by, "the-pharmacist")
})

async function cameBack(): Promise<void> {
  const isThere = async () => (await house().asStaff("manager", "automations.list")).kind === "done"
  while (!(await isThere())) await setImmediate()
}

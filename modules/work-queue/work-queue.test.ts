/** The work queue through its contract, in the real house. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { openHouse } from "../../test/house.ts"
import type { Item } from "./contract.ts"

const only = ["work-queue", "refills", "drugs", "pms"]

/** Grace Kim's oxycodone, from the cast of the demo pharmacy system. */
const grace = { patient: "1002", rxNumber: "7001241" }

async function held(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t, { only })
  const reply = await house.asCaller(grace.patient, "refills.request", { rxNumber: grace.rxNumber })
  assert.equal(reply.kind, "asked")
  assert.ok(reply.kind === "asked")
  return { house, item: reply.item, reply }
}

test("a controlled refill waits for the pharmacist with the row and the rule that sent it there", async (t) => {
  const { house, item, reply } = await held(t)
  assert.equal(reply.tier, 2)
  assert.ok(reply.rules.includes("controlled_substance"))
  const shown = await house.asStaff("technician", "work-queue.get", { item })
  assert.ok(shown.kind === "done")
  const { state, command, row, facts } = shown.value as Item
  assert.deepEqual([state, command, row], ["open", "refills.request", "refill_request"])
  assert.equal(facts.schedule, "CII")
  assert.deepEqual(await house.submissions(), [])
})

test("a technician and a manager can't approve what needs a pharmacist's licence", async (t) => {
  const { house, item } = await held(t)
  for (const role of ["technician", "manager"] as const) {
    const reply = await house.asStaff(role, "work-queue.approve", { item })
    assert.equal(reply.kind === "fault" && reply.code, "above_role")
  }
})

test("an approval that is sent many times submits once", async (t) => {
  const { house, item } = await held(t)
  const approve = () => house.asStaff("pharmacist", "work-queue.approve", { item })
  const first = await Promise.all([approve(), approve(), approve()])
  const last = await approve()
  assert.ok([...first, last].some(({ kind }) => kind === "done"))
  assert.ok(last.kind === "done")
  assert.ok((await house.submissions()).length <= 1)
})

test("what one person decided, another can't decide again", async (t) => {
  const { house, item } = await held(t)
  const refuse = { item, reason: "Not due." }
  assert.equal((await house.asStaff("pharmacist", "work-queue.refuse", refuse)).kind, "done")
  const again = await house.asStaff("pharmacist", "work-queue.approve", { item })
  assert.equal(again.kind === "fault" && again.code, "already_decided")
  assert.deepEqual(await house.submissions(), [])
})

test("an approved command that the pharmacy system's failure stopped waits again", async (t) => {
  const { house, item } = await held(t)
  await house.pmsFault({ mode: "down" })
  const failed = await house.asStaff("pharmacist", "work-queue.approve", { item })
  assert.ok(failed.kind === "done")
  assert.equal((failed.value as Item).state, "open")
  assert.match((failed.value as Item).outcome ?? "", /^outage:/)
})

test("an item is only ever put before a higher tier", async (t) => {
  const { house, item } = await held(t)
  const down = { item, tier: 1, reason: "Please look." }
  const reply = await house.asStaff("pharmacist", "work-queue.escalate", down)
  assert.equal(reply.kind === "fault" && reply.code, "not_higher")
})

test("a claimed item is closed to others until it is released", async (t) => {
  const { house, item } = await held(t)
  assert.equal((await house.asStaff("pharmacist", "work-queue.claim", { item })).kind, "done")
  const other = await house.asStaff("technician", "work-queue.claim", { item })
  assert.equal(other.kind === "fault" && other.code, "claimed_by_other")
  await house.asStaff("pharmacist", "work-queue.release", { item })
  assert.equal((await house.asStaff("technician", "work-queue.claim", { item })).kind, "done")
})

test("a patient never reaches the queue", async (t) => {
  const { house, item } = await held(t)
  const reply = await house.asCaller("1002", "work-queue.approve", { item })
  assert.equal(reply.kind, "refused")
})

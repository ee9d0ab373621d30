/** The work queue through its contract, in the real house. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { openHouse } from "../../test/house.ts"
import type { Item } from "./contract.ts"

const only = ["work-queue", "refills", "controlled-substances", "drugs", "pms"]

/** Grace Kim's zolpidem, from the cast of the demo pharmacy system. */
const grace = { patient: "1002", rxNumber: "7001242" }

async function held(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t, { only, today: "2026-11-20" })
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
  assert.equal(facts.schedule, "CIV")
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
  assert.equal((await house.submissions()).length, 1)
})

test("of two pharmacists who approve at once, one is told that the other did", async (t) => {
  const { house, item } = await held(t)
  const approve = (person: string) => {
    const actor = { kind: "staff", person, role: "pharmacist" } as const
    const what = { name: "work-queue.approve", input: { item }, options: {} }
    return house.host.desk.proposeAs(actor, what)
  }
  const replies = await Promise.all([approve("one"), approve("other")])
  const codes = replies.map((reply) => (reply.kind === "fault" ? reply.code : reply.kind))
  assert.deepEqual(codes.toSorted(), ["already_decided", "done"])
  assert.equal((await house.submissions()).length, 1)
})

test("the most urgent item is listed first, and what was decided comes after what waits", async (t) => {
  const house = await openHouse(t, { only: ["work-queue"] })
  const add = async (tier: number, dueInMinutes?: number) => {
    const task = { tier, row: "complaint", rules: [], context: {} }
    const due = dueInMinutes === undefined ? {} : { dueInMinutes }
    const reply = await house.ask<{ item: string }>("work-queue.add", { ...task, ...due })
    return reply.value.item
  }
  const listed = async (input: object = {}) => {
    const reply = await house.asStaff("pharmacist", "work-queue.list", input)
    assert.ok(reply.kind === "done")
    return (reply.value as { items: Item[] }).items.map(({ item }) => item)
  }
  const [manager, technician, pharmacist] = [await add(3), await add(1), await add(2)]
  const now = await add(2, 0)
  assert.deepEqual(await listed(), [now, pharmacist, technician, manager])
  assert.deepEqual(await listed({ tier: 2 }), [now, pharmacist])

  await house.asStaff("pharmacist", "work-queue.approve", { item: now })
  assert.deepEqual(await listed(), [pharmacist, technician, manager, now])
  assert.deepEqual(await listed({ limit: 1 }), [pharmacist])
  assert.deepEqual(await listed({ state: "approved" }), [now])
})

test("who looked at an item and who decided it is in the audit log under the patient", async (t) => {
  const { house, item } = await held(t)
  await house.asStaff("technician", "work-queue.get", { item })
  await house.asStaff("pharmacist", "work-queue.refuse", { item, reason: "Not due." })
  const seen = (await house.audit.query({ patient: grace.patient })).map(({ what }) => what)
  for (const what of ["work-queue.get", "work-queue.refuse"]) assert.ok(seen.includes(what), what)
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

test("a task is put before a role by staff and by no caller, and only that role ends it", async (t) => {
  const { house } = await held(t)
  const task = { forRole: "manager", about: "Ring the patient back.", patient: grace.patient }
  const assigned = await house.asStaff("technician", "work-queue.assign", {
    ...task,
    dueInMinutes: 60,
  })
  assert.ok(assigned.kind === "done")
  const { item } = assigned.value as { item: string }
  const got = await house.asStaff("technician", "work-queue.get", { item })
  assert.ok(got.kind === "done")
  const { tier, row, context, openedAtMs, dueAtMs } = got.value as Item
  assert.deepEqual([tier, row, context.willHappen], [3, "task", "Ring the patient back."])
  assert.equal(dueAtMs - openedAtMs, 3_600_000)
  const early = await house.asStaff("technician", "work-queue.approve", { item })
  assert.equal(early.kind === "fault" && early.code, "above_role")
  assert.equal((await house.asStaff("manager", "work-queue.approve", { item })).kind, "done")
  assert.equal((await house.asCaller(grace.patient, "work-queue.assign", task)).kind, "refused")
})

test("a patient never reaches the queue", async (t) => {
  const { house, item } = await held(t)
  const reply = await house.asCaller("1002", "work-queue.approve", { item })
  assert.equal(reply.kind, "refused")
})

test("what was approved and cut off before it ran is finished by a colleague, once", async (t) => {
  const { house, item } = await held(t)
  const { doc } = house.store.collection("work-queue.items").get(item) ?? {}
  const cutOff = { ...Object(doc), state: "approved", decidedBy: "a-colleague", decidedAtMs: 1 }
  await house.store.write("work-queue", [{ put: "items", id: item, doc: cutOff }])
  const approve = () => house.asStaff("pharmacist", "work-queue.approve", { item })
  const finished = await approve()
  assert.equal(finished.kind === "done" && (finished.value as Item).outcome, "done")
  await approve()
  assert.equal((await house.submissions()).length, 1)
})

/** Refills through their contract, in the real house with the demo pharmacy system. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import type { Reply } from "#core/module.ts"
import { startSystem } from "../../test/calls/vendor.ts"
import { type House, openHouse } from "../../test/house.ts"
import { worstAlert } from "./worst-alert.ts"

const only = ["refills", "controlled-substances", "drugs", "work-queue", "pms"]

/** Patients and prescriptions of the demo pharmacy's cast. */
const james = "1001"
const atorvastatin = "7001234"

function openCounter(t: TestContext) {
  return openHouse(t, { only, today: "2026-11-20" })
}

function faultOf(reply: Reply): string | undefined {
  return reply.kind === "fault" ? reply.code : undefined
}

test("an eligible refill is submitted once, and the pharmacy system's own answer is told", async (t) => {
  const house = await openCounter(t)
  const input = { rxNumber: atorvastatin }
  const reply = await house.asCaller(james, "refills.request", input)
  assert.ok(reply.kind === "done")
  const { ticket, duplicate } = reply.value as { ticket: string; duplicate: boolean }
  assert.match(ticket, /./)
  assert.equal(duplicate, false)
  assert.deepEqual(
    (await house.submissions()).map(({ rx }) => rx),
    [atorvastatin],
  )
})

test("a request that is sent again under its key is one refill, however short or long the key", async (t) => {
  const house = await openCounter(t)
  const numbers = [atorvastatin, "7001235", "7001236"]
  for (const [at, key] of ["k", "a".repeat(100), `b${"a".repeat(99)}`].entries()) {
    const send = () => house.ask("refills.request", { rxNumber: numbers[at] }, { key })
    assert.equal((await send()).kind, "done")
    assert.equal((await send()).kind, "done")
  }
  assert.equal((await house.submissions()).length, 3)
})

test("two people who ask for one prescription at the same moment make one refill", async (t) => {
  const house = await openCounter(t)
  const ask = () => house.asCaller(james, "refills.request", { rxNumber: atorvastatin })
  const replies = await Promise.all([ask(), ask(), ask()])
  assert.equal(replies.filter(({ kind }) => kind === "done").length, 1)
  assert.deepEqual(
    replies.flatMap((reply) => faultOf(reply) ?? []),
    ["already_requested", "already_requested"],
  )
  assert.equal((await house.submissions()).length, 1)
})

test("a time-out after the pharmacy system took the request ends as one refill", async (t) => {
  const house = await openCounter(t)
  await house.pmsFault({ mode: "ok", sequence: ["drop_after_accept"], only: "/api/refills" })
  const key = "turn-3:0"
  const send = () => house.ask("refills.request", { rxNumber: atorvastatin }, { key })
  let reply = await send()
  while (reply.kind === "outage") reply = await send()
  assert.equal(reply.kind, "done")
  assert.equal((await house.submissions()).length, 1)
})

const held = [
  ["a controlled substance", "1002", "7001241", 2, "controlled_substance"],
  ["a high-alert drug", "1015", "7001351", 2, "high_alert_drug"],
  ["a major alert", "1019", "7001381", 2, "dur_alert"],
  ["a moderate alert", "1021", "7001401", 2, "dur_alert"],
  ["a pharmacist who must speak", "1019", "7001381", 2, "pharmacist_must_speak"],
  ["a refill too soon", "1003", "7001251", 2, "too_soon"],
  ["no refills left", "1004", "7001261", 1, "no_refills"],
  ["codes that nobody documented", "1020", "7001391", 1, "no_refills"],
  ["somebody else's prescription", "1003", atorvastatin, 1, "unverified_caller"],
] as const

test("what a rule of the house is about waits for a person, and nothing is submitted", async (t) => {
  const house = await openCounter(t)
  for (const [why, patient, rxNumber, tier, rule] of held) {
    const reply = await house.asCaller(patient, "refills.request", { rxNumber })
    assert.ok(reply.kind === "asked", why)
    assert.equal(reply.tier, tier, why)
    assert.ok(reply.rules.includes(rule), `${why}: ${reply.rules.join()}`)
  }
  assert.deepEqual(await house.submissions(), [])
})

test("a number that nobody has is never let through by itself", async (t) => {
  const house = await openCounter(t)
  const reply = await house.asCaller(james, "refills.request", { rxNumber: "7999999" })
  assert.equal(reply.kind, "asked")
  const input = { rxNumber: "7999999" }
  const told = await house.asStaff("pharmacist", "refills.request", input)
  assert.equal(faultOf(told), "unknown_rx")
})

test("what the pharmacy system does not take is a fault and not a promise", async (t) => {
  const house = await openCounter(t)
  const input = { rxNumber: "7001261" }
  const reply = await house.asStaff("pharmacist", "refills.request", input)
  assert.equal(faultOf(reply), "not_refillable")
})

interface Items {
  readonly items: readonly { readonly tier: number; readonly context: { willHappen?: string } }[]
}

async function tasksOf(house: House): Promise<readonly string[]> {
  const listed = await house.asStaff("technician", "work-queue.list", { tier: 1 })
  assert.ok(listed.kind === "done")
  return (listed.value as Items).items.map(({ context }) => String(context.willHappen))
}

test("where the pharmacy system takes no refills, a technician has the task, whoever asked", async (t) => {
  const { pharmacySystem } = await startSystem(t, "pioneerrx")
  const house = await openHouse(t, { only, pharmacySystem })
  const guid = (patient: string) => `0e0b0c0d-0000-4000-8000-00000000${patient}`
  const asked = await house.asCaller(guid(james), "refills.request", { rxNumber: atorvastatin })
  assert.equal(faultOf(asked), "by_hand")
  const held = await house.asCaller(guid("1015"), "refills.request", { rxNumber: "7001351" })
  assert.ok(held.kind === "asked")
  const { item } = held
  const approved = await house.asStaff("pharmacist", "work-queue.approve", { item })
  assert.ok(approved.kind === "done")
  assert.equal((approved.value as { outcome: string }).outcome, "fault:by_hand")
  const tasks = await tasksOf(house)
  assert.deepEqual(
    tasks.map((task) => /\d{7}/.exec(task)?.[0]),
    [atorvastatin, "7001351"],
  )
  assert.deepEqual(await house.submissions(), [])
})

test("whether a refill is due is told to its patient and to nobody else", async (t) => {
  const house = await openCounter(t)
  const input = { rxNumber: "7001251" }
  const own = await house.asCaller("1003", "refills.check", input)
  assert.ok(own.kind === "done")
  assert.deepEqual(own.value, {
    eligibility: "too_soon",
    earliestOn: "2026-11-29",
    drugName: "amlodipine 5 mg tablet",
  })
  assert.equal((await house.asCaller(james, "refills.check", input)).kind, "refused")
  assert.equal((await house.asCaller(undefined, "refills.check", input)).kind, "refused")
})

test("a pharmacy system that is down is an outage, and nothing is promised", async (t) => {
  const house = await openCounter(t)
  await house.pmsFault({ mode: "down" })
  const reply = await house.asCaller(james, "refills.request", { rxNumber: atorvastatin })
  assert.equal(reply.kind, "outage")
})

test("of several alerts the gravest decides", () => {
  assert.equal(worstAlert(["minor", "contraindicated", "major"]), "contraindicated")
  assert.equal(worstAlert(["minor", "moderate"]), "moderate")
  assert.equal(worstAlert([]), undefined)
})

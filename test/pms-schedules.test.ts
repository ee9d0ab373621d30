/**
 * Random schedules of trouble at the pharmacy system, against real modules: a refill that somebody
 * asked for is submitted once and told, or a person has the task. It is never lost and never twice.
 */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import type { Turn } from "../modules/conversations/contract.ts"
import type { Trouble, TroublePlan } from "../pms-adapters/world.ts"
import { observe } from "./calls/expect.ts"
import { type OnVendor, openOn } from "./calls/vendor.ts"

const SCHEDULES = 200
const APPROVALS = 100
/** Short, since each lost answer costs as much. */
const TIMEOUT_MS = 50
const ATTEMPTS_MAX = 50

const often = ["ok", "ok", "ok", "ok"] as const
const troubles = ["down", "duplicate", "partial", "garbage", "unauthorized"] as const
const lost = ["drop_after_accept", "timeout_after_accept"] as const
const trouble = fc.constantFrom<Trouble>(...often, ...troubles, ...lost)
const plan = fc.record<TroublePlan>({
  sequence: fc.array(trouble, { maxLength: 6 }),
  mode: fc.constantFrom<Trouble>("ok", "ok", "down", "down_in_submit", "down_in_submit", ...lost),
})

const words = [
  "I need a refill of my atorvastatin",
  "James Carter, March 14, 1958",
  "7 7 1 0 1",
  "yes",
  "no thank you",
]
const atorvastatin = "7001234"
/** Maria Lopez's insulin: a pharmacist looks first. */
const highAlert = { patient: "1015", rxNumber: "7001351" }

test(`a refill asked for is told or has become a task (${SCHEDULES} schedules)`, async (t) => {
  const on = await openOn(t, "demo", TIMEOUT_MS)
  const tally = { submitted: 0, tasks: 0 }
  const begins = fc.nat({ max: words.length - 1 })
  const holds = fc.asyncProperty(plan, begins, async (planned, from) => {
    await on.world.reset()
    const { conversation, said, isHandedOver } = await ring(on, planned, from)
    await on.world.trouble({ mode: "ok" })
    const { refills, workItems, callbacks } = await observe(conversation, on.pharmacy.house)
    const submitted = refills?.[atorvastatin] ?? 0
    const tasks = (workItems?.length ?? 0) + (callbacks ?? 0)
    const isTold = /is in\.|already been requested/.test(said)
    assert.ok(submitted <= 1, "submitted twice")
    if (isTold) assert.deepEqual([submitted, tasks], [1, 0], "told, and not so")
    else assert.ok(tasks > 0 || isHandedOver, "neither told nor a task")
    tally.submitted += submitted
    tally.tasks += tasks
  })
  await fc.assert(holds, { numRuns: SCHEDULES, endOnFailure: true })
  t.diagnostic(`${tally.submitted} submitted, ${tally.tasks} tasks`)
  assert.ok(tally.submitted > 0 && tally.tasks > 0)
  assertNobodyDied(on)
})

test(`a refill approved is submitted once or waits again (${APPROVALS} schedules)`, async (t) => {
  const on = await openOn(t, "demo", TIMEOUT_MS)
  let waited = 0
  const holds = fc.asyncProperty(plan, async (planned) => {
    await on.world.reset()
    const item = await askPharmacist(on)
    await on.world.trouble(planned)
    const first = await approve(on, item)
    const early = await on.world.submissions()
    assert.ok(early.length <= 1, "submitted twice")
    if (first.state === "approved") assert.deepEqual([first.outcome, early.length], ["done", 1])
    else waited++
    await on.world.trouble({ mode: "ok" })
    for (let attempt = 1; (await approve(on, item)).state === "open"; attempt++)
      assert.ok(attempt < ATTEMPTS_MAX)
    assert.equal((await on.world.submissions()).length, 1)
  })
  await fc.assert(holds, { numRuns: APPROVALS, endOnFailure: true })
  t.diagnostic(`${waited} waited again`)
  assert.ok(waited > 0)
  assertNobodyDied(on)
})

/** A call in which the trouble begins before the words numbered `from`. */
async function ring({ pharmacy: { house }, world }: OnVendor, planned: TroublePlan, from: number) {
  const conversation = `call-${rung++}`
  const opening = { conversation, channel: "phone", from: "+15125550100" }
  let { value: turn } = await house.ask<Turn>("conversations.open", opening)
  const said: string[] = []
  for (const [at, text] of words.entries()) {
    if (turn.next !== "listen") break
    if (at === from) await world.trouble(planned)
    const utterance = { turn: turn.turn, text, source: "typed", confidence: 1 }
    const reply = await house.ask<Turn>("conversations.hear", { conversation, ...utterance })
    assert.equal(reply.kind, "done")
    turn = reply.value
    said.push(...turn.say.map((sentence) => sentence.text))
  }
  await house.ask("conversations.close", { conversation, reason: "caller_left" })
  return { conversation, said: said.join(" "), isHandedOver: turn.next === "transfer" }
}

let rung = 0

/** The item that a caller's request has become. On a busy machine the time limit may be short. */
async function askPharmacist({ pharmacy: { house } }: OnVendor): Promise<string> {
  const { patient, rxNumber } = highAlert
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const reply = await house.asCaller(patient, "refills.request", { rxNumber })
    if (reply.kind === "asked") return reply.item
    assert.equal(reply.kind, "outage")
  }
  throw new Error("the request never became an item")
}

/** Approves, and answers how the item stands then. */
async function approve({ pharmacy: { house } }: OnVendor, item: string) {
  const reply = await house.asStaff("pharmacist", "work-queue.approve", { item })
  assert.ok(reply.kind === "done")
  return reply.value as { readonly state: string; readonly outcome?: string }
}

function assertNobodyDied({ pharmacy: { house } }: OnVendor): void {
  for (const { module, state } of house.host.health()) assert.equal(state, "running", module)
}

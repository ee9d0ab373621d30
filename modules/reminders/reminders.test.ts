/** Reminders through their contract, in the real house. A whole year is in test/outreach-year. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import { type House, openHouse } from "../../test/house.ts"
import type { Plan } from "./contract.ts"

const only = [
  ...["callbacks", "consents", "drugs", "intent", "messaging", "notifications"],
  ...["outreach-policy", "pms", "reminders", "store-info"],
]
const DAY_MS = 86_400_000
/** Tuesday 24 November 2026, noon in Austin. */
const noonMs = Date.UTC(2026, 10, 24, 18)
const james = "1001"
const atorvastatin = "7001234"
/** Filled two weeks ago. */
const amlodipine = "7001251"
/** Maria's. */
const maria = "1002"
const oxycodone = "7001241"

type Rx = { patient: string; lastFilledOn: string; daysSupply: number }

async function openDesk(t: TestContext): Promise<House> {
  return await openHouse(t, { only, nowMs: noonMs, today: "2026-11-24" })
}

async function plansOf(house: House, patient: string): Promise<readonly Plan[]> {
  const reply = await house.ask<{ reminders: Plan[] }>("reminders.list", { patient })
  return reply.value.reminders
}

/** The pharmacy system says so, and it is heard: asked until the plans are as many as expected. */
async function becomes(house: House, about: object, patient: string, plans: number) {
  house.host.bus.publish("pms", "fillChanged", { ...about, patient })
  let found = await plansOf(house, patient)
  for (let asked = 0; asked < 2_000 && found.length !== plans; asked++)
    found = await plansOf(house, patient)
  assert.equal(found.length, plans)
  return found
}

test("a fill is planned for once, and what happens to it overtakes what was planned", async (t) => {
  const house = await openDesk(t)
  const ready = { rxNumber: atorvastatin, fill: "ready" }
  const [pickup] = await becomes(house, ready, james, 1)
  assert.equal(pickup?.kind, "pickup")
  assert.ok(Math.abs((pickup?.dueAtMs ?? 0) - noonMs - 7 * DAY_MS) < DAY_MS / 24)
  assert.deepEqual(await becomes(house, ready, james, 1), [pickup])
  await becomes(house, { rxNumber: atorvastatin, fill: "returned_to_stock" }, james, 0)

  const { value: rx } = await house.ask<Rx>("pms.getPrescription", { rxNumber: amlodipine })
  const { patient } = rx
  const [refill] = await becomes(house, { rxNumber: amlodipine, fill: "picked_up" }, patient, 1)
  // Nine in the morning in Austin, in winter.
  const supplied = (rx.daysSupply - 3) * DAY_MS
  assert.equal(refill?.dueAtMs, Date.parse(`${rx.lastFilledOn}T15:00:00Z`) + supplied)
  await becomes(house, { rxNumber: amlodipine, fill: "in_process" }, patient, 0)

  // A controlled one waits on the shelf like any other, and its refill is nobody's news.
  await becomes(house, { rxNumber: oxycodone, fill: "ready" }, maria, 1)
  await becomes(house, { rxNumber: oxycodone, fill: "picked_up" }, maria, 0)
  assert.equal((await house.asCaller(james, "reminders.list", { patient: james })).kind, "refused")
})

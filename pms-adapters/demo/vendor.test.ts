/** What the demo vendor offers beyond what every adapter must do. */
import assert from "node:assert/strict"
import { after, afterEach, before, test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import { type Running, runAdapter } from "../test-context.ts"
import adapter from "./adapter.ts"
import { type DemoWorld, startDemoWorld } from "./world.ts"

let world: DemoWorld
let pharmacy: Running

before(async () => {
  world = await startDemoWorld()
  const clock = new VirtualClock(Date.UTC(2026, 10, 20, 18))
  pharmacy = await runAdapter(adapter, {
    settings: world.settings(3_000),
    secrets: world.secrets,
    clock,
  })
})
afterEach(() => world.reset())
after(async () => {
  await pharmacy.stop()
  await world.stop()
})

test("twins with one last name and one birthday are two patients", async () => {
  const twins = { lastName: "Price", dateOfBirth: "1990-05-05" }
  const found = await pharmacy.ask("findPatients", twins)
  const names = found.ok && found.value.patients.map(({ firstName }) => firstName)
  assert.deepEqual(names, ["Anna", "Emma"])
})

test("a household is found by the phone it shares", async () => {
  const found = await pharmacy.ask("findPatientsByPhone", { phone: "+15125550110" })
  const names = found.ok && found.value.patients.map(({ firstName }) => firstName)
  assert.deepEqual(names, ["Amy", "Lily"])
})

test("a phone of another country finds nobody, whatever its last digits", async () => {
  const found = await pharmacy.ask("findPatientsByPhone", { phone: "+445125550110" })
  assert.deepEqual(found.ok && found.value.patients, [])
})

test("a submitted refill is promised for the morning, in the pharmacy's time", async () => {
  const refill = { rxNumber: "7001234", idempotencyKey: "key-promised" }
  const submitted = await pharmacy.ask("submitRefill", refill)
  const eligibility = await pharmacy.ask("refillEligibility", { rxNumber: "7001234" })
  const readyAtMs = Date.parse("2026-11-21T10:00-06:00")
  assert.equal(submitted.ok && submitted.value.readyAtMs, readyAtMs)
  assert.deepEqual(eligibility.ok && eligibility.value, { eligibility: "already_in_process" })
})

test("a renewal is requested once under its key, and refused where some are left", async () => {
  const renewal = { rxNumber: "7001261", idempotencyKey: "key-renewal" }
  const first = await pharmacy.ask("requestRenewal", renewal)
  await world.trouble({ sequence: ["drop_after_accept"], mode: "ok" })
  const second = await pharmacy.ask("requestRenewal", renewal)
  const refused = await pharmacy.ask("requestRenewal", { ...renewal, rxNumber: "7001234" })
  assert.ok(first.ok)
  assert.deepEqual(second, first)
  assert.equal(!refused.ok && refused.fault.code, "not_renewable")
})

test("a transfer in needs no prescription here, a transfer out needs one", async () => {
  const transfer = { patient: "1001", otherPharmacy: "Elsewhere Drugs" }
  const arriving = await pharmacy.ask("requestTransfer", {
    ...transfer,
    direction: "in",
    idempotencyKey: "key-transfer-in",
  })
  const leaving = await pharmacy.ask("requestTransfer", {
    ...transfer,
    direction: "out",
    rxNumber: "7999999",
    idempotencyKey: "key-transfer-out",
  })
  assert.ok(arriving.ok)
  assert.equal(!leaving.ok && leaving.fault.code, "unknown_rx")
})

test("alerts come with each of the four severities", async () => {
  const severities: string[] = []
  for (const rxNumber of ["7001382", "7001381", "7001401", "7001402"]) {
    const read = await pharmacy.ask("durAlerts", { rxNumber })
    assert.ok(read.ok)
    severities.push(...read.value.alerts.map(({ severity }) => severity))
  }
  assert.deepEqual(severities, ["contraindicated", "major", "moderate", "minor"])
})

test("a fill that moves on is told once, and none before the first look", async () => {
  await world.moveFill("7001272", "40")
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [])
  await world.moveFill("7001272", "50")
  await pharmacy.readChanges()
  await pharmacy.readChanges()
  const told = { rxNumber: "7001272", patient: "1005", fill: "ready" }
  assert.deepEqual(pharmacy.emitted, [told])
})

test("what is on the shelf is read with its lots, and what is picked up is gone from it", async () => {
  const ndc = "99999103601"
  const levothyroxine = async () => {
    const read = await pharmacy.ask("readStock", { ndc })
    return read.ok ? read.value.stock[0] : undefined
  }
  const before = await levothyroxine()
  assert.equal(before?.drugName, "levothyroxine 50 mcg tablet")
  assert.equal(before.onHand, "120")
  assert.deepEqual(before.lots?.[0], { lot: "D1036A", expiresOn: "2026-10-31", quantity: "30" })
  assert.equal(before.bookedAtMs, Date.parse("2026-11-20T07:45-06:00"))
  await world.moveFill("7001243", "50")
  await world.moveFill("7001243", "60")
  const after = await levothyroxine()
  assert.deepEqual([after?.onHand, after?.lots?.at(-1)?.quantity], ["90", "60"])
})

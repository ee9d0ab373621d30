/** Prescriptions through their contract, in the real house with the demo pharmacy system. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Prescription } from "#core/pms.ts"
import { startSystem } from "../../test/calls/vendor.ts"
import { openHouse } from "../../test/house.ts"

const only = ["prescriptions", "work-queue", "pms"]
const today = "2026-11-20"

/** Walter Stone's tamsulosin is ready; James Carter is somebody else. */
const walter = "1005"
const tamsulosin = { rxNumber: "7001271" }
const james = "1001"

test("how a prescription stands is told to its patient, as the pharmacy system has it now", async (t) => {
  const house = await openHouse(t, { only, today })
  const ask = async () => {
    const reply = await house.asCaller(walter, "prescriptions.status", tamsulosin)
    assert.ok(reply.kind === "done")
    return reply.value as Prescription
  }
  const { fill, copayCents, patient } = await ask()
  assert.deepEqual([fill, copayCents, patient], ["ready", 1250, walter])
  const moved = { rx: tamsulosin.rxNumber, code: "60" }
  await fetch(`${house.pmsUrl}/fills`, { method: "POST", body: JSON.stringify(moved) })
  assert.equal((await ask()).fill, "picked_up", "nothing is remembered from before")
})

test("nobody else hears how it stands, nor whether the number exists", async (t) => {
  const house = await openHouse(t, { only, today })
  for (const caller of [james, undefined])
    assert.equal((await house.asCaller(caller, "prescriptions.status", tamsulosin)).kind, "refused")
  const nobodys = { rxNumber: "7999999" }
  assert.equal((await house.asCaller(undefined, "prescriptions.status", nobodys)).kind, "refused")
  const own = await house.asCaller(james, "prescriptions.status", nobodys)
  assert.notEqual(own.kind, "done")
})

test("what a vendor does not list is found by its number, for its own patient alone", async (t) => {
  const { pharmacySystem } = await startSystem(t, "enterpriserx")
  const house = await openHouse(t, { only, pharmacySystem })
  await house.ask("pms.getPrescription", tamsulosin)
  await house.ask("pms.getPrescription", { rxNumber: "7001234" })
  const numbersOf = async (patient: string, ...rxNumbers: readonly string[]) => {
    const input = { patient, rxNumbers }
    const reply = await house.ask<Profile>("prescriptions.profile", input)
    return reply.value.prescriptions.map(({ rxNumber }) => rxNumber)
  }
  assert.deepEqual(await numbersOf(walter), ["7001271"])
  assert.deepEqual(await numbersOf(james, "7001272", "7999999"), ["7001234"])
  assert.deepEqual(await numbersOf(walter, "7001272", "7001271"), ["7001271", "7001272"])
})

interface Profile {
  readonly prescriptions: readonly Prescription[]
}

test("staff see all of a patient's prescriptions, and the audit log who looked at whose", async (t) => {
  const house = await openHouse(t, { only, today })
  const input = { patient: walter }
  const reply = await house.asStaff("technician", "prescriptions.list", input)
  assert.ok(reply.kind === "done")
  assert.equal((reply.value as { prescriptions: unknown[] }).prescriptions.length, 3)
  const seen = await house.audit.query({ patient: walter })
  assert.ok(seen.some(({ what }) => what === "prescriptions.list"))
  assert.equal((await house.asCaller(walter, "prescriptions.list", input)).kind, "refused")
  assert.equal((await house.asCaller(walter, "prescriptions.profile", input)).kind, "refused")
})

test("a patient or a number that nobody has is a fault; a pharmacy system that is down is an outage", async (t) => {
  const house = await openHouse(t, { only, today })
  const unknown = await house.ask("prescriptions.profile", { patient: "9999" })
  assert.equal(unknown.kind === "fault" && unknown.code, "unknown_patient")
  const nobodys = await house.asStaff("technician", "prescriptions.status", { rxNumber: "7999999" })
  assert.notEqual(nobodys.kind, "done")
  await house.pmsFault({ mode: "down" })
  assert.equal((await house.ask("prescriptions.profile", { patient: james })).kind, "outage")
})

test("staff see the alerts of a prescription with how grave they are, and callers don't", async (t) => {
  const house = await openHouse(t, { only, today })
  const input = { rxNumber: "7001381" }
  const reply = await house.asStaff("pharmacist", "prescriptions.alerts", input)
  assert.ok(reply.kind === "done")
  const { alerts } = reply.value as { alerts: { severity: string }[] }
  assert.deepEqual(
    alerts.map(({ severity }) => severity),
    ["major"],
  )
  const seen = await house.audit.query({ patient: "1019" })
  assert.ok(seen.some(({ what }) => what === "prescriptions.alerts"))
  assert.equal((await house.asCaller("1019", "prescriptions.alerts", input)).kind, "refused")
})

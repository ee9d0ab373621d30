/** Consents through their contract, in the real house. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { openHouse } from "../../test/house.ts"

/** Rose Lane, and Peter who cares for her, of the demo pharmacy's cast. */
const rose = "1013"
const peter = "1014"
/** Half past eleven at night in Austin; the next day in UTC. */
const nowMs = Date.UTC(2026, 10, 21, 5, 30)

interface Consent {
  readonly consent: string
  readonly revokedOn?: string
}

async function openOffice(t: Parameters<typeof openHouse>[0], demo: readonly object[] = []) {
  const house = await openHouse(t, { only: ["consents"], nowMs, settings: { consents: { demo } } })
  return {
    house,
    async caredForBy(caregiver: string) {
      const reply = await house.ask<{ patients: string[] }>("consents.forCaregiver", { caregiver })
      return reply.value.patients
    },
    async grant(input: object) {
      const reply = await house.asStaff("technician", "consents.grant", input)
      return reply.kind === "done" ? (reply.value as Consent).consent : reply
    },
    async listed(patient: string) {
      const reply = await house.asStaff("technician", "consents.list", { patient })
      assert.ok(reply.kind === "done")
      return (reply.value as { consents: Consent[] }).consents
    },
  }
}

test("a consent counts for its caregiver, and for nobody else", async (t) => {
  const { caredForBy, grant } = await openOffice(t)
  assert.deepEqual(await caredForBy(peter), [])
  await grant({ patient: rose, caregiver: peter })
  await grant({ patient: rose, caregiver: peter })
  assert.deepEqual(await caredForBy(peter), [rose])
  assert.deepEqual(await caredForBy(rose), [])
})

test("a consent lasts through its last day at the pharmacy and no longer", async (t) => {
  const { caredForBy, grant } = await openOffice(t)
  await grant({ patient: "1001", caregiver: peter, expiresOn: "2026-11-19" })
  assert.deepEqual(await caredForBy(peter), [])
  await grant({ patient: rose, caregiver: peter, expiresOn: "2026-11-20" })
  assert.deepEqual(await caredForBy(peter), [rose])
})

test("a consent that is revoked counts no more and stays on file", async (t) => {
  const { house, caredForBy, grant, listed } = await openOffice(t)
  const consent = await grant({ patient: rose, caregiver: peter })
  for (let times = 0; times < 2; times++)
    assert.equal((await house.asStaff("technician", "consents.revoke", { consent })).kind, "done")
  assert.deepEqual(await caredForBy(peter), [])
  const [kept] = await listed(rose)
  assert.equal(kept?.revokedOn, "2026-11-20")
})

test("nobody consents for themselves, and nothing is revoked that is not there", async (t) => {
  const { house, grant } = await openOffice(t)
  const self = await grant({ patient: rose, caregiver: rose })
  assert.equal(typeof self === "object" && self.kind === "fault" && self.code, "same_person")
  const nothing = await house.asStaff("technician", "consents.revoke", { consent: "none" })
  assert.equal(nothing.kind === "fault" && nothing.code, "unknown_consent")
})

test("callers neither read nor give consents", async (t) => {
  const { house } = await openOffice(t)
  const input = { patient: rose, caregiver: peter }
  assert.equal((await house.asCaller(rose, "consents.grant", input)).kind, "refused")
  assert.equal((await house.asCaller(rose, "consents.list", { patient: rose })).kind, "refused")
})

test("the demo's consents are put on file once, and stay revoked", async (t) => {
  const demo = [{ patient: rose, caregiver: peter }]
  const { house, caredForBy, listed } = await openOffice(t, demo)
  assert.deepEqual(await caredForBy(peter), [rose])
  const [{ consent } = { consent: "" }] = await listed(rose)
  await house.asStaff("technician", "consents.revoke", { consent })
  await house.host.swap("consents", `${import.meta.dirname}/module.ts`)
  assert.deepEqual(await caredForBy(peter), [])
})

/** PioneerRx over its Enterprise API and RxEvents. What is known of the vendor is in README.md. */
import { DateTime } from "luxon"
import { type Static, Type as t } from "typebox"
import { FillStatus, type PatientRecord } from "#core/pms.ts"
import { SecretReference } from "#core/secrets.ts"
import { type AdapterHost, definePmsAdapter } from "../define.ts"
import { PioneerRxClient } from "./client.ts"
import { RxEvents } from "./events.ts"
import { eligibilityOf, patientOf, prescriptionOf, vendorBirthday, vendorPhoneOf } from "./map.ts"
import { pinnedTo } from "./pinned.ts"

const PATIENTS_MAX = 50

const config = t.Object({
  baseUrl: t.String({
    // Plain only within this machine, as to a tunnel's end.
    pattern: "^(https://|http://127\\.0\\.0\\.1:)",
    description: "The PioneerRx server in the pharmacy, as in https://pioneer:42957.",
  }),
  certificate: t.String({
    pattern: "^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$",
    description: "SHA-256 fingerprint of the server's own certificate.",
  }),
  apiKey: SecretReference,
  sharedSecret: SecretReference,
  employeeId: t.String({ minLength: 1, description: "In whose name we read." }),
  events: t.Optional(
    t.Object({
      host: t.String({ default: "0.0.0.0", description: "The address of ours it sends to." }),
      port: t.Integer({ minimum: 1, maximum: 65_535 }),
      user: t.String({ minLength: 1 }),
      password: SecretReference,
    }),
  ),
  fillTexts: t.Record(t.String(), FillStatus, {
    default: {},
    description: "Statuses of a fill that this system prints and no public source shows.",
  }),
  requestsPerMinuteMax: t.Integer({ minimum: 1, maximum: 1_000_000, default: 600 }),
  timeZone: t.String({ default: "America/Chicago", description: "The pharmacy's own time." }),
  timeoutMs: t.Integer({ minimum: 1, maximum: 60_000, default: 5_000 }),
})

interface Session {
  readonly client: PioneerRxClient
  readonly events: RxEvents
  readonly site: Static<typeof config>
  readonly nowMs: () => number
  close(): Promise<void>
}

async function open(site: Static<typeof config>, host: AdapterHost): Promise<Session> {
  const { clock, secrets, store } = host
  const apiKey = await secrets.read(site.apiKey)
  const sharedSecret = await secrets.read(site.sharedSecret)
  const { events: door } = site
  const password = door && (await secrets.read(door.password))
  const pinned = site.baseUrl.startsWith("https:") ? pinnedTo(site.certificate) : undefined
  const fetch = pinned?.fetch ?? host.fetch
  const client = new PioneerRxClient({ ...site, apiKey, sharedSecret }, { fetch, clock })
  const events = await RxEvents.open(
    store,
    clock,
    door && password !== undefined ? { ...door, password } : undefined,
  )
  return {
    ...{ client, events, site },
    nowMs: () => clock.nowMs(),
    async close() {
      await events.close()
      pinned?.close()
    },
  }
}

async function people({ client }: Session, ids: readonly string[], signal: AbortSignal) {
  const found: PatientRecord[] = []
  for (const id of ids.slice(0, PATIENTS_MAX)) {
    const person = await client.patient(id, signal)
    if (person) found.push(patientOf(person))
  }
  return found
}

export default definePmsAdapter({
  vendor: "PioneerRx",
  quality: {
    conformance: "done",
    fixtures: "done",
    idempotency: { exempt: "Nothing is submitted, so nothing can be submitted twice." },
    timeouts: "done",
    reconnects: "done",
  },
  config,
  open,
  close: ({ close }) => close(),
  lacks: {
    submitRefill: "No method that takes a refill is public; the vendor must confirm one.",
    requestRenewal: "No method that asks a prescriber is public.",
    requestTransfer: "No method that moves a prescription is public.",
    durAlerts: "They are in no answer that is known.",
    readStock: "No method that reads stock is public, nor the fields of its inventory events.",
  },
  partly: {
    claimRejects: "Only what RxEvents told, where the vendor's level of service sends claims.",
    refillEligibility: "Read off the record; whether it is too soon only the vendor could say.",
  },
  operations: {
    async ping({ client }, _, { signal }) {
      await client.ping(signal)
      return { system: "PioneerRx" }
    },

    async findPatients(session, { lastName, dateOfBirth }, { signal }) {
      const asked = { LastName: lastName.trim(), DateOfBirth: vendorBirthday(dateOfBirth) }
      const found = await people(session, await session.client.search(asked, signal), signal)
      const isMeant = (one: PatientRecord) =>
        one.dateOfBirth === dateOfBirth &&
        one.lastName.toLowerCase() === lastName.trim().toLowerCase()
      return { patients: found.filter(isMeant) }
    },

    async findPatientsByPhone(session, { phone }, { signal }) {
      const PhoneNumber = vendorPhoneOf(phone)
      if (!PhoneNumber) return { patients: [] }
      const ids = await session.client.search({ PhoneNumber }, signal)
      const found = await people(session, ids, signal)
      return { patients: found.filter(({ phones }) => phones.includes(phone)) }
    },

    async getPatient({ client }, { patient }, { signal, fail }) {
      const found = await client.patient(patient, signal)
      return found ? patientOf(found) : fail("unknown_patient")
    },

    async getPrescription({ client, site, nowMs }, { rxNumber }, { signal, fail }) {
      const row = await client.rx(rxNumber, signal)
      return (row && prescriptionOf(row, site, nowMs())) ?? fail("unknown_rx")
    },

    async listPrescriptions({ client, site, nowMs }, { patient }, { signal, fail }) {
      const readAtMs = nowMs()
      const rows = await client.rxOfPatient(patient, signal)
      // Nothing is what the vendor answers about a stranger too.
      if (rows.length === 0 && !(await client.patient(patient, signal))) {
        return fail("unknown_patient")
      }
      return { prescriptions: rows.flatMap((row) => prescriptionOf(row, site, readAtMs) ?? []) }
    },

    async claimRejects({ client, events }, { rxNumber }, { signal, fail }) {
      const codes = await events.rejectsOf(rxNumber)
      if (codes) return { codes }
      return (await client.rx(rxNumber, signal)) ? { codes: [] } : fail("unknown_rx")
    },

    async refillEligibility({ client, site, nowMs }, { rxNumber }, { signal }) {
      const row = await client.rx(rxNumber, signal)
      if (!row) return { eligibility: "not_found" }
      const today = DateTime.fromMillis(nowMs(), { zone: site.timeZone }).toISODate() ?? ""
      return { eligibility: eligibilityOf(row, site, today) }
    },
  },

  async readChanges({ client, events, site, nowMs }, since, { signal }) {
    const { next, rxNumbers } = await events.movedSince(since)
    const changes = []
    for (const number of rxNumbers) {
      const row = await client.rx(number, signal)
      const now = row && prescriptionOf(row, site, nowMs())
      if (now) changes.push({ rxNumber: number, patient: now.patient, fill: now.fill })
    }
    return { next, changes }
  },
})

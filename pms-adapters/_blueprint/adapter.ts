/** The adapter for _blueprint. What is known of the vendor, and from where, is in README.md. */
import { Type as t } from "typebox"
import { Outage } from "#core/fault.ts"
import { SecretReference } from "#core/secrets.ts"
import { definePmsAdapter } from "../define.ts"
import { Client } from "./client.ts"
import { eligibilityOf, patientOf, prescriptionOf } from "./map.ts"
import { Eligibility, Online, Patients, Prescriptions } from "./wire.ts"

export default definePmsAdapter({
  vendor: "_blueprint",
  quality: {
    conformance: "done",
    fixtures: { exempt: "The vendor is imaginary and has no quirks to record." },
    idempotency: "done",
    timeouts: "done",
    reconnects: "done",
  },

  config: t.Object({
    baseUrl: t.String({ pattern: "^https?://", description: "The server's address." }),
    token: SecretReference,
    timeoutMs: t.Integer({ minimum: 1, maximum: 60_000, default: 3_000 }),
  }),

  async open({ token, ...account }, host) {
    return new Client({ ...account, token: await host.secrets.read(token) }, host)
  },

  operations: {
    async ping(client, _, { signal }) {
      const { product } = await client.ask("/online", {}, Online, signal)
      return { system: product }
    },

    async findPatients(client, { lastName, dateOfBirth }, { signal }) {
      const body = { family: lastName, born: dateOfBirth.replaceAll("-", "") }
      const { patients } = await client.ask("/find", body, Patients, signal)
      return { patients: patients.map(patientOf) }
    },

    async getPatient(client, { patient }, { signal, fail }) {
      const { patients } = await client.ask("/patient", { id: patient }, Patients, signal)
      const [found] = patients
      return found ? patientOf(found) : fail("unknown_patient")
    },

    async getPrescription(client, { rxNumber }, { signal, clock, fail }) {
      const body = { rx: rxNumber }
      const { prescriptions } = await client.ask("/prescription", body, Prescriptions, signal)
      const [found] = prescriptions
      return found ? prescriptionOf(found, clock.nowMs()) : fail("unknown_rx")
    },

    async listPrescriptions(client, { patient }, { signal, clock, fail }) {
      const found = await client.ask("/profile", { id: patient }, Prescriptions, signal)
      if (!found.isKnown) return fail("unknown_patient")
      const nowMs = clock.nowMs()
      return { prescriptions: found.prescriptions.map((one) => prescriptionOf(one, nowMs)) }
    },

    async refillEligibility(client, { rxNumber }, { signal }) {
      const { state } = await client.ask("/eligibility", { rx: rxNumber }, Eligibility, signal)
      return { eligibility: eligibilityOf(state) }
    },

    async submitRefill(client, { rxNumber, idempotencyKey }, { signal, fail }) {
      const { outcome, ticket } = await client.submitRefill(rxNumber, idempotencyKey, signal)
      if (outcome === "absent") return fail("unknown_rx")
      if (outcome === "rejected") return fail("not_refillable")
      if (outcome === "undone") throw new Outage("pms_down")
      return { ticket, duplicate: outcome === "repeated" }
    },
  },
})

/** Liberty (RXQ) over its REST interface. What is known of the vendor is in README.md. */
import { DateTime } from "luxon"
import { type Static, Type as t } from "typebox"
import type { Prescription } from "#core/pms.ts"
import { SecretReference } from "#core/secrets.ts"
import { type AdapterHost, definePmsAdapter } from "../define.ts"
import { NotedRefills } from "../noted.ts"
import { LibertyClient, type Span } from "./client.ts"
import { eligibilityOf, patientOf, prescriptionOf, vendorPhoneOf, withReadiness } from "./map.ts"

/** Prescriptions end a year after they were written; one more year for those told as expired. */
const YEARS_BACK = 2
/** No prescription has it, so that asking for it shows nobody's record. */
const NO_SCRIPT = "0"
const PATIENTS_MAX = 50

const config = t.Object({
  baseUrl: t.String({
    pattern: "^https?://",
    default: "https://api.libertysoftware.com",
    description: "The vendor's address; its sandbox has another.",
  }),
  user: t.String({ minLength: 1, description: "The vendor account's user." }),
  password: SecretReference,
  npi: t.String({ pattern: "^\\d{10}$", description: "The pharmacy's NPI, as Liberty has it." }),
  customerKey: SecretReference,
  timeZone: t.String({ default: "America/Chicago", description: "The pharmacy's own time." }),
  showsRefillsAtOnce: t.Boolean({
    default: false,
    description: "The vendor confirmed that a refill it took shows as in process at once.",
  }),
  requestsPerMinuteMax: t.Integer({ minimum: 1, maximum: 1_000_000, default: 300 }),
  timeoutMs: t.Integer({ minimum: 1, maximum: 60_000, default: 5_000 }),
})

interface Session {
  readonly client: LibertyClient
  readonly refills: NotedRefills
  readonly span: () => Span
}

async function open(settings: Static<typeof config>, host: AdapterHost): Promise<Session> {
  const { password, customerKey, timeZone, showsRefillsAtOnce, ...account } = settings
  const secrets = {
    password: await host.secrets.read(password),
    customerKey: await host.secrets.read(customerKey),
  }
  const { store, clock } = host
  return {
    client: new LibertyClient({ ...account, ...secrets }, host),
    refills: new NotedRefills({ store, clock, showsAtOnce: showsRefillsAtOnce }),
    span: () => {
      const today = DateTime.fromMillis(clock.nowMs(), { zone: timeZone })
      const from = today.minus({ years: YEARS_BACK })
      return { from: from.toFormat("yyyy-MM-dd"), to: today.toFormat("yyyy-MM-dd") }
    },
  }
}

/** Looks twice only where one look can't tell whether the fill is ready. */
async function complete({ client }: Session, one: Prescription, signal: AbortSignal) {
  if (one.fill !== "verified") return one
  return withReadiness(one, await client.status(one.rxNumber, signal))
}

export default definePmsAdapter({
  vendor: "Liberty",
  quality: {
    conformance: "done",
    fixtures: "done",
    idempotency: "done",
    timeouts: "done",
    reconnects: "done",
  },
  config,
  open,
  lacks: {
    requestRenewal: "No public client asks a prescriber through Liberty; `POST /fax` may.",
    requestTransfer: "No public client asks for one.",
    durAlerts: "They are in no answer that is known.",
    claimRejects:
      "`/claims` tells a status and a free text; no public source shows a code in either.",
    readStock: "Liberty takes stock that is sent to it; no route that tells any is public.",
  },
  operations: {
    async ping({ client }, _, { signal }) {
      await client.status(NO_SCRIPT, signal)
      return { system: "Liberty" }
    },

    async findPatients({ client }, { lastName, dateOfBirth }, { signal }) {
      const isMeant = (name: string) => name.toLowerCase() === lastName.trim().toLowerCase()
      const found = (await client.search(lastName, signal)).filter(({ Name }) =>
        isMeant(Name.LastName.trim()),
      )
      const patients = found.map(patientOf).filter((one) => one.dateOfBirth === dateOfBirth)
      return { patients: patients.slice(0, PATIENTS_MAX) }
    },

    async findPatientsByPhone({ client }, { phone }, { signal }) {
      const digits = vendorPhoneOf(phone)
      if (!digits) return { patients: [] }
      const found = (await client.search(digits, signal)).map(patientOf)
      const patients = found.filter(({ phones }) => phones.includes(phone))
      return { patients: patients.slice(0, PATIENTS_MAX) }
    },

    async getPatient({ client }, { patient }, { signal, fail }) {
      const found = await client.patient(patient, signal)
      return found ? patientOf(found) : fail("unknown_patient")
    },

    async getPrescription(session, { rxNumber }, { signal, clock, fail }) {
      const found = await session.client.script(rxNumber, signal)
      const prescription = found && prescriptionOf(found, clock.nowMs())
      return prescription ? complete(session, prescription, signal) : fail("unknown_rx")
    },

    async listPrescriptions(session, { patient }, { signal, clock, fail }) {
      const { client, span } = session
      const readAtMs = clock.nowMs()
      const found = await client.scriptsOf(patient, span(), signal)
      // Nothing is what the vendor answers about a stranger too.
      if (found.length === 0 && !(await client.patient(patient, signal))) {
        return fail("unknown_patient")
      }
      const prescriptions: Prescription[] = []
      for (const one of found.flatMap((wire) => prescriptionOf(wire, readAtMs) ?? [])) {
        prescriptions.push(await complete(session, one, signal))
      }
      return { prescriptions }
    },

    async refillEligibility({ client }, { rxNumber }, { signal }) {
      return eligibilityOf(await client.status(rxNumber, signal))
    },

    async submitRefill({ client, refills }, { rxNumber, idempotencyKey: key }, { signal, fail }) {
      const { verdict, isRepeated } = await refills.submit({
        key,
        send: () => client.submit(rxNumber, key, signal),
        look: () => client.look(rxNumber, signal),
      })
      if (verdict === "absent") return fail("unknown_rx")
      if (verdict === "rejected") return fail("not_refillable")
      // The vendor gives its requests no number, so ours is what staff can look for.
      return { ticket: key, duplicate: isRepeated }
    },
  },
})

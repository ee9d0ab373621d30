/** The demo vendor over its HTTP interface. What is known of the vendor is in README.md. */
import { type Static, Type as t } from "typebox"
import { Outage } from "#core/fault.ts"
import { type AdapterHost, definePmsAdapter } from "../define.ts"
import { rejectCodesOf } from "../loose.ts"
import { DemoClient } from "./client.ts"
import {
  eligibilityOf,
  fillOf,
  momentOf,
  patientOf,
  prescriptionOf,
  severityOf,
  stockOf,
  vendorDayOf,
  vendorPhoneOf,
} from "./map.ts"
import {
  AlertsAnswer,
  ChangesAnswer,
  ChecksAnswer,
  ClaimAnswer,
  type ItemWire,
  PatientAnswer,
  PatientsAnswer,
  ProfileAnswer,
  ScriptsAnswer,
  StatusAnswer,
  StockAnswer,
} from "./wire.ts"

/** Every default is the simulator's own, so that the demo needs no settings at all. */
const config = t.Object({
  baseUrl: t.String({
    pattern: "^https?://",
    default: "http://127.0.0.1:8090",
    description: "The server's address.",
  }),
  user: t.String({ minLength: 1, default: "mortar", description: "The vendor account's user." }),
  password: t.String({
    minLength: 1,
    default: "env:DEMO_PMS_PASSWORD",
    description: "Reference to the account's password.",
  }),
  npi: t.String({
    pattern: "^\\d{10}$",
    default: "1234567893",
    description: "The pharmacy's NPI, as the vendor has it.",
  }),
  customerKey: t.String({
    minLength: 1,
    default: "env:DEMO_PMS_CUSTOMER_KEY",
    description: "Reference to the pharmacy's key.",
  }),
  timeZone: t.String({ default: "America/Chicago", description: "The pharmacy's own time." }),
  timeoutMs: t.Integer({
    minimum: 1,
    maximum: 60_000,
    default: 3_000,
    description: "How long one exchange may take.",
  }),
})

interface Session {
  readonly client: DemoClient
  readonly timeZone: string
}

async function open(settings: Static<typeof config>, host: AdapterHost): Promise<Session> {
  const { timeZone, password, customerKey, ...account } = settings
  const secrets = {
    password: await host.secrets.read(password),
    customerKey: await host.secrets.read(customerKey),
  }
  return { client: new DemoClient({ ...account, ...secrets }, host), timeZone }
}

type Accepted = Extract<ItemWire, { Status: "Success" }>

/** The accepted item, or what its refusal means. Nothing was done for an item that was left out. */
function acceptedOf(item: ItemWire, rejected: (code: string) => never): Accepted {
  if (item.Status === "Success") return item
  if (item.Status === "Rejected") return rejected(item.RejectCode)
  throw new Outage("pms_down")
}

export default definePmsAdapter({
  vendor: "Demo pharmacy system",
  quality: {
    conformance: "done",
    fixtures: "done",
    idempotency: "done",
    timeouts: "done",
    reconnects: "done",
  },
  config,
  open,
  operations: {
    async ping({ client }, _, { signal }) {
      const { System } = await client.get("/api/status", StatusAnswer, signal)
      return { system: System }
    },

    async findPatients({ client }, { lastName, dateOfBirth }, { signal }) {
      const body = { LastName: lastName, BirthDate: vendorDayOf(dateOfBirth) }
      const { Patients } = await client.post("/api/patients/search", body, PatientsAnswer, signal)
      return { patients: Patients.map(patientOf) }
    },

    async findPatientsByPhone({ client }, { phone }, { signal }) {
      const digits = vendorPhoneOf(phone)
      if (!digits) return { patients: [] }
      const body = { Phone: digits }
      const { Patients } = await client.post("/api/patients/search", body, PatientsAnswer, signal)
      return { patients: Patients.map(patientOf) }
    },

    async getPatient({ client }, { patient }, { signal, fail }) {
      const body = { PatientId: patient }
      const found = await client.post("/api/patients/get", body, PatientAnswer, signal)
      if (found.Result === "N") return fail("unknown_patient")
      return patientOf(found.Patient)
    },

    async getPrescription({ client, timeZone }, { rxNumber }, { signal, clock, fail }) {
      const body = { Scripts: [rxNumber] }
      const { Scripts } = await client.post("/api/scripts/query", body, ScriptsAnswer, signal)
      const script = Scripts[0]
      if (script?.Result !== "F") return fail("unknown_rx")
      return prescriptionOf(script, { timeZone, readAtMs: clock.nowMs() })
    },

    async listPrescriptions({ client, timeZone }, { patient }, { signal, clock, fail }) {
      const body = { PatientId: patient }
      const found = await client.post("/api/scripts/profile", body, ProfileAnswer, signal)
      if (found.Result === "N") return fail("unknown_patient")
      const reading = { timeZone, readAtMs: clock.nowMs() }
      return { prescriptions: found.Scripts.map((script) => prescriptionOf(script, reading)) }
    },

    async refillEligibility({ client }, { rxNumber }, { signal }) {
      const body = { Scripts: [rxNumber] }
      const { Scripts } = await client.post("/api/refills/check", body, ChecksAnswer, signal)
      return eligibilityOf(Scripts[0] ?? { Status: "" })
    },

    async submitRefill({ client, timeZone }, input, { signal, fail }) {
      const { rxNumber: scriptNumber, idempotencyKey: key, note } = input
      const path = "/api/refills"
      const script = { ScriptNumber: scriptNumber, ...(note && { Notes: note }) }
      const body = { Source: "I", Scripts: [script] }
      const item = await client.submit({ path, body, key, scriptNumber, signal })
      const accepted = acceptedOf(item, (code) =>
        code === "NF" ? fail("unknown_rx") : fail("not_refillable"),
      )
      const readyAtMs = momentOf(accepted.PromisedAt, timeZone)
      return {
        ticket: accepted.Confirmation,
        duplicate: accepted.Duplicate === "Y",
        ...(readyAtMs !== undefined && { readyAtMs }),
      }
    },

    async requestRenewal({ client }, input, { signal, fail }) {
      const { rxNumber: scriptNumber, idempotencyKey: key } = input
      const path = "/api/renewals"
      const body = { ScriptNumber: scriptNumber }
      const item = await client.submit({ path, body, key, scriptNumber, signal })
      const accepted = acceptedOf(item, (code) =>
        code === "NF" ? fail("unknown_rx") : fail("not_renewable"),
      )
      return { ticket: accepted.Confirmation }
    },

    async requestTransfer({ client }, input, { signal, fail }) {
      const { idempotencyKey: key, rxNumber: scriptNumber = "" } = input
      const path = "/api/transfers"
      const body = {
        Direction: input.direction === "in" ? "I" : "O",
        PatientId: input.patient,
        ScriptNumber: scriptNumber,
        OtherPharmacy: input.otherPharmacy,
      }
      const item = await client.submit({ path, body, key, scriptNumber, signal })
      return { ticket: acceptedOf(item, () => fail("unknown_rx")).Confirmation }
    },

    async durAlerts({ client }, { rxNumber }, { signal, fail }) {
      const body = { ScriptNumber: rxNumber }
      const found = await client.post("/api/scripts/dur", body, AlertsAnswer, signal)
      if (found.Result === "N") return fail("unknown_rx")
      const alerts = found.Alerts.map(({ Level, ReasonCode }) => ({
        severity: severityOf(Level),
        reasonCode: ReasonCode,
      }))
      return { alerts }
    },

    async claimRejects({ client }, { rxNumber }, { signal, fail }) {
      const body = { ScriptNumber: rxNumber }
      const found = await client.post("/api/scripts/claim", body, ClaimAnswer, signal)
      if (found.Result === "N") return fail("unknown_rx")
      return { codes: rejectCodesOf(found.Rejects.map(({ Code }) => Code)) }
    },

    async readStock({ client, timeZone }, { ndc, after }, { signal, clock }) {
      const body = { ...(ndc && { NDC: ndc }), ...(after && { After: after }) }
      const { Items, Next } = await client.post("/api/stock", body, StockAnswer, signal)
      const reading = { timeZone, readAtMs: clock.nowMs() }
      return { stock: Items.map((item) => stockOf(item, reading)), ...(Next && { next: Next }) }
    },
  },

  async readChanges({ client }, since, { signal }) {
    const path = since === undefined ? "/api/changes" : `/api/changes?since=${Number(since)}`
    const { Next, Changes } = await client.get(path, ChangesAnswer, signal)
    const changes = Changes.map(({ ScriptNumber, PatientId, StatusCode }) => ({
      rxNumber: ScriptNumber,
      patient: PatientId,
      fill: fillOf(StatusCode),
    }))
    return { next: Next, changes }
  },
})

/** QS/1's NRx over its REST interface. What is known of the vendor is in README.md. */
import { type Static, Type as t } from "typebox"
import { SecretReference } from "#core/secrets.ts"
import { type AdapterHost, definePmsAdapter } from "../define.ts"
import { NotedRefills } from "../noted.ts"
import { Qs1Client } from "./client.ts"
import { eligibilityOf, patientOf, prescriptionOf } from "./map.ts"

const PATIENTS_MAX = 50

const config = t.Object({
  baseUrl: t.String({ pattern: "^https?://", description: "The address of the interface." }),
  systemId: t.String({ minLength: 1, maxLength: 64, description: "Which pharmacy is meant." }),
  user: t.String({ minLength: 1, description: "The vendor account's user." }),
  password: SecretReference,
  showsRefillsAtOnce: t.Boolean({
    default: false,
    description: "The vendor confirmed that a refill it took shows as not ready at once.",
  }),
  isDueDateEarliest: t.Boolean({
    default: false,
    description: "The vendor confirmed that DateDue is the first day a refill is allowed.",
  }),
  requestsPerMinuteMax: t.Integer({ minimum: 1, maximum: 1_000_000, default: 300 }),
  timeoutMs: t.Integer({ minimum: 1, maximum: 60_000, default: 5_000 }),
})

interface Session {
  readonly client: Qs1Client
  readonly refills: NotedRefills
  readonly isDueDateEarliest: boolean
}

async function open(settings: Static<typeof config>, host: AdapterHost): Promise<Session> {
  const { showsRefillsAtOnce: showsAtOnce, isDueDateEarliest, ...account } = settings
  const { store, clock, secrets } = host
  const password = await secrets.read(account.password)
  return {
    client: new Qs1Client({ ...account, password }, host),
    refills: new NotedRefills({ store, clock, showsAtOnce }),
    isDueDateEarliest,
  }
}

export default definePmsAdapter({
  vendor: "QS/1",
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
    findPatientsByPhone: "`Query` has no phone among its filters.",
    requestRenewal: "The help pages show no such request.",
    requestTransfer: "The help pages show no such request.",
    durAlerts: "They are in no answer that the help pages show.",
    claimRejects:
      "The help pages show no claim; `RejectCode` there tells why a refill was not taken.",
    readStock: "The help pages list no question for a drug, nor for what is on hand.",
  },
  operations: {
    async ping({ client }, _, { signal }) {
      return { system: (await client.version(signal)) ?? "QS/1" }
    },

    async findPatients({ client }, { lastName, dateOfBirth }, { signal }) {
      const found = await client.find(lastName, dateOfBirth.replaceAll("-", ""), signal)
      const patients = found.map(patientOf).filter((one) => one.dateOfBirth === dateOfBirth)
      return { patients: patients.slice(0, PATIENTS_MAX) }
    },

    async getPatient({ client }, { patient }, { signal, fail }) {
      const found = await client.patient(patient, signal)
      return found ? patientOf(found) : fail("unknown_patient")
    },

    async getPrescription({ client }, { rxNumber }, { signal, clock, fail }) {
      const [found] = await client.scripts([rxNumber], signal)
      return (found && prescriptionOf(found, clock.nowMs())) ?? fail("unknown_rx")
    },

    async listPrescriptions({ client }, { patient }, { signal, clock, fail }) {
      const numbers = await client.numbersOf(patient, signal)
      if (!numbers) return fail("unknown_patient")
      const readAtMs = clock.nowMs()
      const found = await client.scripts(numbers, signal)
      return { prescriptions: found.flatMap((wire) => prescriptionOf(wire, readAtMs) ?? []) }
    },

    async refillEligibility({ client, isDueDateEarliest }, { rxNumber }, { signal }) {
      const [found] = await client.scripts([rxNumber], signal)
      return found ? eligibilityOf(found, isDueDateEarliest) : { eligibility: "not_found" }
    },

    async submitRefill({ client, refills }, input, { signal, fail }) {
      const { rxNumber: number, idempotencyKey: key, note = "" } = input
      const { verdict, isRepeated } = await refills.submit({
        key,
        send: () => client.submit({ number, key, note, signal }),
        look: () => client.look(number, signal),
      })
      if (verdict === "absent") return fail("unknown_rx")
      if (verdict === "rejected") return fail("not_refillable")
      // The vendor gives its requests no number; ours stands in the notes of the request.
      return { ticket: key, duplicate: isRepeated }
    },
  },
})

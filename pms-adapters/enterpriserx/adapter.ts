/** McKesson EnterpriseRx over its IVR interface. What is known of the vendor is in README.md. */
import { type Static, Type as t } from "typebox"
import type { PatientRecord, Prescription, StockLevel } from "#core/pms.ts"
import { SecretReference } from "#core/secrets.ts"
import { type AdapterHost, definePmsAdapter } from "../define.ts"
import { NotedRefills } from "../noted.ts"
import { EnterpriseRxClient } from "./client.ts"
import { eligibilityOf, patientOf, prescriptionOf, type Reading, shortNdc, stockOf } from "./map.ts"
import { type FillChange, Readings } from "./record.ts"
import { goOn, type Round } from "./round.ts"
import { Products } from "./stock.ts"
import type { RxInfoFound } from "./wire.ts"

/** No prescription has it, so that asking for it shows nobody's record. */
const NO_NUMBER = "0"
const PATIENTS_MAX = 50

const config = t.Object({
  baseUrl: t.String({ pattern: "^https?://", description: "The whole address of the interface." }),
  storeNumber: t.String({ minLength: 1, maxLength: 20, description: "StoreNum, as they have it." }),
  sourceId: t.String({
    default: "MORTAR",
    maxLength: 40,
    description: "SourceID of what we send.",
  }),
  destinationId: t.String({ default: "TRexOne", maxLength: 40, description: "DestinationID." }),
  user: t.Optional(t.String({ minLength: 1, description: "Where the interface asks for one." })),
  password: t.Optional(SecretReference),
  listFile: t.Optional(
    t.String({
      minLength: 1,
      description: "A report with a prescription number at the beginning of each line.",
    }),
  ),
  showsRefillsAtOnce: t.Boolean({
    default: false,
    description: "The vendor confirmed that an order it took shows as in the queue at once.",
  }),
  isNextRefillEarliest: t.Boolean({
    default: false,
    description: "The vendor confirmed that NextRefillDate is the first day a refill is allowed.",
  }),
  isUnclassedUncontrolled: t.Boolean({
    default: false,
    description: "The vendor confirmed that a drug without DEAClass is not controlled.",
  }),
  recentDays: t.Integer({
    minimum: 0,
    maximum: 30,
    default: 5,
    description: "A fill that was picked up within so many days is told as picked up of late.",
  }),
  timeZone: t.String({ default: "America/Chicago", description: "The pharmacy's own time." }),
  requestsPerMinuteMax: t.Integer({ minimum: 1, maximum: 1_000_000, default: 300 }),
  timeoutMs: t.Integer({ minimum: 1, maximum: 60_000, default: 5_000 }),
})

interface Session {
  readonly client: EnterpriseRxClient
  readonly refills: NotedRefills
  readonly readings: Readings
  readonly products: Products
  readonly reading: Reading
  readonly nowMs: () => number
  readonly listFile?: string
}

async function open(settings: Static<typeof config>, host: AdapterHost): Promise<Session> {
  const { user, password, listFile, showsRefillsAtOnce: showsAtOnce } = settings
  const { store, clock, secrets } = host
  const isNamed = user !== undefined && password !== undefined
  const account = {
    ...settings,
    source: settings.sourceId,
    destination: settings.destinationId,
    ...(isNamed && { credentials: `${user}:${await secrets.read(password)}` }),
  }
  return {
    client: new EnterpriseRxClient(account, host),
    refills: new NotedRefills({ store, clock, showsAtOnce }),
    readings: new Readings(store, clock),
    products: new Products(store, clock),
    reading: settings,
    nowMs: () => clock.nowMs(),
    ...(listFile !== undefined && { listFile }),
  }
}

interface Read {
  readonly wire: RxInfoFound
  readonly person: PatientRecord
  readonly prescription: Prescription
  readonly change: FillChange | undefined
  readonly level: StockLevel | undefined
}

/** Asks for one prescription, and writes down whose it is and what is on hand of its product. */
async function readOne(
  { client, readings, products, reading, nowMs }: Session,
  rxNumber: string,
  signal: AbortSignal,
): Promise<Read | undefined> {
  const wire = await client.info(rxNumber, signal)
  if (!wire) return undefined
  const person = patientOf(wire.PatientInfo)
  const readAtMs = nowMs()
  const prescription = prescriptionOf(wire, { rxNumber, readAtMs }, reading)
  const change = await readings.note(person, prescription)
  const level = stockOf(wire, readAtMs, reading)
  if (level) await products.note(level, prescription)
  return { wire, person, prescription, change, level }
}

/** A patient as the vendor has them now, by any of their prescriptions. */
async function personNow(session: Session, patient: string, signal: AbortSignal) {
  for (const number of await session.readings.numbersOf(patient)) {
    const read = await readOne(session, number, signal)
    if (read?.person.patient === patient) return read.person
  }
  return undefined
}

function roundOf(session: Session, signal: AbortSignal): Round {
  const { readings, reading, nowMs, listFile } = session
  return {
    readings,
    nowMs,
    timeZone: reading.timeZone,
    ...(listFile !== undefined && { listFile }),
    read: async (number) => (await readOne(session, number, signal))?.change,
  }
}

export default definePmsAdapter({
  vendor: "EnterpriseRx",
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
    findPatientsByPhone: "The interface is asked by prescription number, and by nothing else.",
    requestRenewal: "No public source shows a message that asks a prescriber.",
    requestTransfer: "No public source shows such a message.",
    durAlerts: "They are in no answer that is known.",
    claimRejects:
      "The answers about a prescription hold no claim, and none says that it waits for its payer.",
  },
  partly: {
    findPatients: "Only who has a prescription that was read before: see `listFile`.",
    listPrescriptions: "Only prescriptions that were read before: see `listFile`.",
    readStock:
      "Only products of prescriptions that were read in the last 36 hours: see `listFile`.",
  },
  operations: {
    async ping({ client }, _, { signal }) {
      await client.info(NO_NUMBER, signal)
      return { system: "EnterpriseRx" }
    },

    async findPatients(session, { lastName, dateOfBirth }, { signal }) {
      const ids = await session.readings.patientsNamed(lastName, dateOfBirth)
      const patients: PatientRecord[] = []
      for (const id of ids.slice(0, PATIENTS_MAX)) {
        const person = await personNow(session, id, signal)
        const isMeant = person?.lastName.toUpperCase() === lastName.trim().toUpperCase()
        if (person && isMeant && person.dateOfBirth === dateOfBirth) patients.push(person)
      }
      return { patients }
    },

    async getPatient(session, { patient }, { signal, fail }) {
      return (await personNow(session, patient, signal)) ?? fail("unknown_patient")
    },

    async getPrescription(session, { rxNumber }, { signal, fail }) {
      return (await readOne(session, rxNumber, signal))?.prescription ?? fail("unknown_rx")
    },

    async listPrescriptions(session, { patient }, { signal, fail }) {
      const prescriptions: Prescription[] = []
      for (const number of await session.readings.numbersOf(patient)) {
        const read = await readOne(session, number, signal)
        if (read?.prescription.patient === patient) prescriptions.push(read.prescription)
      }
      return prescriptions.length > 0 ? { prescriptions } : fail("unknown_patient")
    },

    async refillEligibility(session, { rxNumber }, { signal, clock }) {
      const read = await readOne(session, rxNumber, signal)
      if (!read) return { eligibility: "not_found" }
      return eligibilityOf(read.wire, session.reading, clock.nowMs())
    },

    async readStock(session, { ndc, after }, { signal }) {
      if (ndc === undefined) return session.products.page(after)
      const rxNumber = await session.products.numberFor(ndc)
      const level = rxNumber && (await readOne(session, rxNumber, signal))?.level
      return { stock: level && level.ndc === shortNdc(ndc) ? [level] : [] }
    },

    async submitRefill({ client, refills }, { rxNumber, idempotencyKey: key }, { signal, fail }) {
      let isOnFile = true
      const { verdict, isRepeated } = await refills.submit({
        key,
        send: () => client.submit(rxNumber, key, signal),
        async look() {
          const looked = await client.look(rxNumber, signal)
          if (!looked.ok) return looked
          isOnFile = looked.value.isOnFile
          return { ok: true, value: looked.value.isUnderWay }
        },
      })
      // A refusal comes without a reason; that there is no such prescription is seen by looking.
      if (verdict === "rejected") return fail(isOnFile ? "not_refillable" : "unknown_rx")
      return { ticket: key, duplicate: isRepeated }
    },
  },

  readChanges: (session, since, { signal }) => goOn(roundOf(session, signal), since),
})

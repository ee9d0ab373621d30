/** Computer-Rx through files, never its database. What is known of the vendor is in README.md. */
import { type Static, Type as t } from "typebox"
import type { PatientRecord } from "#core/pms.ts"
import { SecretReference } from "#core/secrets.ts"
import { type AdapterHost, definePmsAdapter } from "../define.ts"
import { unreadable } from "../http.ts"
import { groupOf } from "../kept.ts"
import { NotedRefills } from "../noted.ts"
import { Pace } from "../pace.ts"
import { Drop, type Question } from "./drop.ts"
import { Exports } from "./exports.ts"
import { eligibilityOf, prescriptionOf, verdictOf } from "./map.ts"
import { openShelves, type Shelves } from "./records.ts"

const HOUR_MS = 3_600_000
const CHANGES_KEPT_MS = 14 * 24 * HOUR_MS
const CHANGES_MAX = 100
const PATIENTS_MAX = 50
/** No request has it: asking for it only shows whether somebody answers. */
const NO_KEY = "HEALTH"

const Folder = (description: string) => t.String({ minLength: 1, description })

const config = t.Object({
  exportsFolder: Folder("Where the pharmacy system drops its exports."),
  requestsFolder: Folder("Where we drop what we ask for."),
  answersFolder: Folder("Where the pharmacy system drops its answers."),
  storeId: t.String({ pattern: "^\\d{7}$", description: "The pharmacy's NCPDP number." }),
  word: SecretReference,
  silentHoursMax: t.Integer({
    minimum: 1,
    maximum: 168,
    default: 24,
    description: "After so long without an export, what was told about refills is not relied on.",
  }),
  refillsPerMinuteMax: t.Integer({ minimum: 1, maximum: 100_000, default: 60 }),
  timeZone: t.String({ default: "America/Chicago", description: "The pharmacy's own time." }),
  timeoutMs: t.Integer({ minimum: 1, maximum: 60_000, default: 8_000 }),
})

interface Session {
  readonly shelves: Shelves
  readonly exports: Exports
  readonly drop: Drop
  readonly refills: NotedRefills
  readonly pace: Pace
  readonly silentMs: number
  readonly nowMs: () => number
}

async function open(site: Static<typeof config>, host: AdapterHost): Promise<Session> {
  const { store, clock, secrets } = host
  const { timeZone, timeoutMs, exportsFolder: folder, ...folders } = site
  const shelves = openShelves(store)
  const word = await secrets.read(site.word)
  const drop = new Drop({ ...folders, store: site.storeId, word, clock, timeoutMs })
  await drop.sweep()
  return {
    shelves,
    exports: new Exports({ folder, shelves, clock, timeZone }),
    drop,
    // An inquiry is answered after everything that was dropped before it.
    refills: new NotedRefills({ store, clock, showsAtOnce: true }),
    pace: new Pace(clock, site.refillsPerMinuteMax),
    silentMs: site.silentHoursMax * HOUR_MS,
    nowMs: () => clock.nowMs(),
  }
}

/** What was told, with what came just now. */
async function fresh({ exports, shelves }: Session): Promise<Shelves> {
  await exports.take()
  return shelves
}

/** Whether the pharmacy system has taken a request under that key. */
async function inquire({ drop }: Session, question: Omit<Question, "kind">, signal: AbortSignal) {
  const told = await drop.ask({ ...question, kind: "INQUIRY" }, signal)
  if (!told.ok) return told
  const result = told.value?.result ?? ""
  if (result !== "A" && result !== "U") {
    return { ok: false, outage: unreadable(), mayBeDone: true } as const
  }
  return { ok: true, value: result === "A" } as const
}

export default definePmsAdapter({
  vendor: "Computer-Rx",
  quality: {
    conformance: "done",
    fixtures: "done",
    idempotency: "done",
    timeouts: "done",
    reconnects: "done",
  },
  config,
  open,
  isFed: true,
  lacks: {
    requestRenewal: "The files that were agreed on have no such request.",
    requestTransfer: "The files that were agreed on have no such request.",
    durAlerts: "The exports do not hold them.",
    claimRejects:
      "No interface of the vendor is public; the files proposed here hold no payer's answer.",
    readStock: "No interface of the vendor is public; the files proposed here hold no stock.",
  },
  operations: {
    async ping(session, _, { signal }) {
      await session.exports.take()
      const told = await inquire(session, { key: NO_KEY, rx: "0" }, signal)
      if (!told.ok) throw told.outage
      // An export that is not whole is looked at here, because nobody else would say so.
      if (session.exports.isStuck) throw unreadable()
      return { system: "Computer-Rx" }
    },

    async findPatients(session, { lastName, dateOfBirth }) {
      const { people } = await fresh(session)
      const found = await people.inGroup(groupOf(lastName, dateOfBirth))
      return { patients: found.map(({ value }) => value).slice(0, PATIENTS_MAX) }
    },

    async findPatientsByPhone(session, { phone }) {
      const { people, phones } = await fresh(session)
      const patients: PatientRecord[] = []
      for (const { value: id } of (await phones.inGroup(phone)).slice(0, PATIENTS_MAX)) {
        const person = await people.get(id)
        if (person) patients.push(person.value)
      }
      return { patients }
    },

    async getPatient(session, { patient }, { fail }) {
      const { people } = await fresh(session)
      return (await people.get(patient))?.value ?? fail("unknown_patient")
    },

    async getPrescription(session, { rxNumber }, { fail }) {
      const { scripts, fills } = await fresh(session)
      const script = await scripts.get(rxNumber)
      if (!script) return fail("unknown_rx")
      return prescriptionOf(script.value, (await fills.get(rxNumber))?.value)
    },

    async listPrescriptions(session, { patient }, { fail }) {
      const { people, scripts, fills } = await fresh(session)
      if (!(await people.get(patient))) return fail("unknown_patient")
      const prescriptions = []
      for (const { value } of await scripts.inGroup(patient)) {
        prescriptions.push(prescriptionOf(value, (await fills.get(value.rxNumber))?.value))
      }
      return { prescriptions }
    },

    async refillEligibility(session, { rxNumber }, { clock }) {
      const { scripts, fills } = await fresh(session)
      const script = await scripts.get(rxNumber)
      if (!script) return { eligibility: "not_found" }
      const isSound = await session.exports.isSound(clock.nowMs() - session.silentMs)
      if (!isSound) return { eligibility: "unknown" }
      return eligibilityOf(script.value, (await fills.get(rxNumber))?.value)
    },

    async submitRefill(session, input, { signal, fail }) {
      const { rxNumber: rx, idempotencyKey: key, note = "" } = input
      const { drop, refills, pace } = session
      const { verdict, isRepeated } = await refills.submit({
        key,
        async send() {
          const outage = pace.spend()
          if (outage) return { ok: false, outage, mayBeDone: false }
          const told = await drop.ask({ kind: "REFILL", key, rx, note }, signal)
          return told.ok ? { ok: true, value: told.value && verdictOf(told.value.result) } : told
        },
        look: () => inquire(session, { key, rx }, signal),
      })
      if (verdict === "absent") return fail("unknown_rx")
      if (verdict === "rejected") return fail("not_refillable")
      return { ticket: key, duplicate: isRepeated }
    },
  },

  async readChanges({ drop, exports, shelves: { changes }, nowMs }, since) {
    await exports.take()
    await drop.sweep()
    if (since === undefined) return { next: String(await changes.lastOrder()), changes: [] }
    const found = await changes.after(Number(since), CHANGES_MAX)
    await changes.prune(nowMs() - CHANGES_KEPT_MS)
    return { next: String(found.at(-1)?.order ?? since), changes: found.map(({ value }) => value) }
  },
})

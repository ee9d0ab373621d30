/** A pharmacy system over HL7 v2. What is known of such systems is in README.md. */
import { DateTime } from "luxon"
import { Outage } from "#core/fault.ts"
import type { PatientRecord, Prescription } from "#core/pms.ts"
import { type AdapterHost, definePmsAdapter } from "../define.ts"
import { MllpLink } from "../hl7/mllp/link.ts"
import { MllpServer } from "../hl7/mllp/server.ts"
import { groupOf } from "../kept.ts"
import { Feed } from "./feed.ts"
import { eligibilityOf } from "./map.ts"
import { numberOf, Orders } from "./orders.ts"
import { openShelves, type Person, type Script, type Shelves } from "./records.ts"
import { Refills } from "./refills.ts"
import { type Settings, settings } from "./settings.ts"

interface Session {
  readonly site: Settings
  readonly shelves: Shelves
  readonly orders: Orders
  readonly refills: Refills
  readonly link: MllpLink
  readonly server: MllpServer
  readonly nowMs: () => number
}

const HOUR_MS = 3_600_000
/** Longer than a sender goes on sending a message that was answered. */
const REMEMBERED_MS = 14 * 24 * HOUR_MS
const CHANGES_MAX = 100

async function open(site: Settings, { secrets, clock, store }: AdapterHost): Promise<Session> {
  const { timeZone, timeoutMs, feed, refillsPerMinuteMax: perMinuteMax } = site
  const security =
    site.security === undefined ? {} : { security: await secrets.read(site.security) }
  const shelves = openShelves(store)
  const link = new MllpLink({ ...site.orders, clock, timeoutMs })
  const orders = new Orders(link, { site, clock, ...security })
  const server = await MllpServer.open({
    host: feed.host,
    port: feed.port,
    clock,
    timeZone,
    inbox: new Feed(shelves, site, clock),
    admits: (address) => feed.allowFrom.includes(address),
  })
  const refills = new Refills(orders, shelves, { clock, perMinuteMax })
  return { site, shelves, orders, refills, link, server, nowMs: () => clock.nowMs() }
}

/** Nobody whose name or birthday is not known can be verified, so they are not there yet. */
function recordOf({
  firstName,
  lastName,
  dateOfBirth,
  ...rest
}: Person): PatientRecord | undefined {
  if (firstName === undefined || lastName === undefined || dateOfBirth === undefined)
    return undefined
  return { ...rest, firstName, lastName, dateOfBirth }
}

function prescriptionOf(script: Script): Prescription {
  const { status: _status, eligibility: _code, earliestOn: _day, ...prescription } = script
  return prescription
}

async function isStale({ shelves, site, nowMs }: Session): Promise<boolean> {
  const lastMs = (await shelves.answers.lastOrder()) / 1_000
  return lastMs < nowMs() - site.silentHoursMax * HOUR_MS
}

export default definePmsAdapter({
  vendor: "HL7 v2",
  quality: {
    conformance: "done",
    fixtures: "done",
    idempotency: "done",
    timeouts: "done",
    reconnects: "done",
  },
  config: settings,
  open,
  isFed: true,
  lacks: {
    requestRenewal: "HL7 has no message that asks a prescriber.",
    requestTransfer: "HL7 has no message that moves a prescription.",
    durAlerts: "HL7 has no question for them.",
    claimRejects:
      "The feed tells orders, dispenses and charges; no field of them is a payer's reject.",
    readStock: "HL7's MFN^M15 tells what was counted on a day, without what was used since.",
  },
  async close({ server, link }) {
    link.close()
    await server.close()
  },
  operations: {
    async ping({ orders }, _, { signal }) {
      return { system: await orders.ping(signal) }
    },

    async findPatients({ shelves }, { lastName, dateOfBirth }) {
      const found = await shelves.people.inGroup(groupOf(lastName, dateOfBirth))
      return { patients: found.flatMap(({ value }) => recordOf(value) ?? []).slice(0, 50) }
    },

    async findPatientsByPhone({ shelves }, { phone }) {
      const patients: PatientRecord[] = []
      for (const { value: patient } of (await shelves.phones.inGroup(phone)).slice(0, 50)) {
        const person = await shelves.people.get(patient)
        const record = person && recordOf(person.value)
        if (record) patients.push(record)
      }
      return { patients }
    },

    async getPatient({ shelves }, { patient }, { fail }) {
      const found = await shelves.people.get(patient)
      return (found && recordOf(found.value)) ?? fail("unknown_patient")
    },

    async getPrescription({ shelves }, { rxNumber }, { fail }) {
      const found = await shelves.scripts.get(rxNumber)
      return found ? prescriptionOf(found.value) : fail("unknown_rx")
    },

    async listPrescriptions({ shelves }, { patient }, { fail }) {
      if (!(await shelves.people.get(patient))) return fail("unknown_patient")
      const found = await shelves.scripts.inGroup(patient)
      return { prescriptions: found.map(({ value }) => prescriptionOf(value)) }
    },

    async refillEligibility(session, { rxNumber }, { clock }) {
      const { shelves, site } = session
      const found = await shelves.scripts.get(rxNumber)
      if (!found) return { eligibility: "not_found" }
      const { earliestOn } = found.value
      const today = DateTime.fromMillis(clock.nowMs(), { zone: site.timeZone }).toISODate() ?? ""
      const stale = await isStale(session)
      return {
        eligibility: eligibilityOf(found.value, { site, today, isStale: stale }),
        ...(earliestOn && !stale && { earliestOn }),
      }
    },

    async submitRefill({ shelves, refills }, input, { signal, fail }) {
      const { rxNumber, idempotencyKey, note } = input
      const script = (await shelves.scripts.get(rxNumber))?.value
      const person = script && (await shelves.people.get(script.patient))?.value
      if (!person) return fail("unknown_rx")
      const refill = { number: numberOf(idempotencyKey), person, script, signal }
      const outcome = await refills.submit({ ...refill, ...(note && { note }) })
      if (outcome.kind !== "accepted") {
        if (outcome.kind === "absent") return fail("unknown_rx")
        if (outcome.kind === "rejected") return fail("not_refillable")
        throw new Outage("pms_down")
      }
      const { ticket, isRepeated, readyAtMs } = outcome
      return {
        ticket,
        duplicate: isRepeated,
        ...(readyAtMs !== undefined && { readyAtMs }),
      }
    },
  },

  async readChanges({ shelves, nowMs }, since) {
    const { answers, changes } = shelves
    if (since === undefined) return { next: String(await changes.lastOrder()), changes: [] }
    const found = await changes.after(Number(since), CHANGES_MAX)
    await answers.prune(nowMs() - REMEMBERED_MS)
    await changes.prune(nowMs() - REMEMBERED_MS)
    return { next: String(found.at(-1)?.order ?? since), changes: found.map(({ value }) => value) }
  },
})

/**
 * The columns in our words. Pure. What can't be read is absent, a code that was not agreed on is
 * `unknown`; nothing is guessed.
 */
import { DateTime } from "luxon"
import type { RefillEligibility } from "#core/decision.ts"
import type { FillStatus, PatientRecord, Prescription } from "#core/pms.ts"
import {
  capitalised,
  centsOf,
  countOf,
  dayOf,
  dispensedOf,
  e164Of,
  isId,
  present,
  textOf,
} from "../loose.ts"
import type { Verdict } from "../noted.ts"
import { schedules } from "../schedules.ts"
import type * as columns from "./columns.ts"
import type { Fill, Script } from "./records.ts"

const refills: Readonly<Record<string, RefillEligibility>> = {
  A: "refillable",
  N: "no_refills",
  X: "expired",
  S: "too_soon",
  H: "on_hold",
  D: "discontinued",
  T: "transferred_out",
  P: "recently_picked_up",
  C: "controlled_needs_review",
  M: "prescriber_auth_possible",
  K: "pharmacist_must_speak",
}

/** What no fill changes anything about. */
const settled: readonly RefillEligibility[] = [
  "unknown",
  "on_hold",
  "discontinued",
  "transferred_out",
  "pharmacist_must_speak",
]

const fills: Readonly<Record<string, FillStatus>> = {
  Q: "queued",
  W: "in_process",
  I: "waiting_payer",
  O: "waiting_prescriber",
  V: "verified",
  R: "ready",
  U: "picked_up",
  M: "shipped",
  L: "delivered",
  B: "returned_to_stock",
  Z: "cancelled",
}

const underWay: readonly FillStatus[] = [
  "queued",
  "in_process",
  "waiting_payer",
  "waiting_prescriber",
  "verified",
]

const languages: Readonly<Record<string, "en" | "es">> = { EN: "en", ES: "es" }

/** T taken, A already taken under that key; U a key that was never seen. */
const verdicts: Readonly<Record<string, Verdict>> = {
  T: "accepted",
  A: "accepted",
  R: "rejected",
  N: "absent",
}

const RX_NUMBER = /^[0-9]{6,9}$/

/** What became of a request; undefined for a result that was not agreed on. */
export function verdictOf(result: string): Verdict | undefined {
  return verdicts[result]
}

/** Zeros in front are how a column is filled. */
export function bare(number: string): string {
  return number.replace(/^0+(?=.)/, "")
}

/** Undefined for who can't be verified: without a number, a name or a birth date. */
export function patientOf(told: columns.Fields<typeof columns.patient>): PatientRecord | undefined {
  const patient = bare(told.patient)
  const dateOfBirth = dayOf(told.bornOn)
  if (!isId(patient) || !dateOfBirth || !told.lastName || !told.firstName) return undefined
  return {
    patient,
    firstName: capitalised(told.firstName),
    lastName: capitalised(told.lastName),
    dateOfBirth,
    phones: [told.phone, told.cell].flatMap((phone) => e164Of(phone) ?? []),
    ...present({ zip: /^\d{5}/.exec(told.zip)?.[0], language: languages[told.language] }),
  }
}

/** Undefined for what has no number that our contract could carry, no patient or no drug. */
export function scriptOf(
  told: columns.Fields<typeof columns.script>,
  readAtMs: number,
): Script | undefined {
  const rxNumber = bare(told.rx)
  const patient = bare(told.patient)
  if (!RX_NUMBER.test(rxNumber) || !isId(patient) || !told.drug) return undefined
  return {
    rxNumber,
    patient,
    // The vendor prints in capitals, which a voice would spell out letter by letter.
    drugName: told.drug.toLowerCase(),
    schedule: schedules[told.schedule] ?? "unknown",
    refill: told.refill,
    readAtMs,
    ...present({
      ndc: textOf(told.ndc),
      refillsLeft: countOf(told.refillsLeft),
      expiresOn: dayOf(told.expiresOn),
      prescriber: capitalised(told.prescriber) || undefined,
      earliestOn: dayOf(told.earliestOn),
    }),
  }
}

export function fillOf(
  told: columns.Fields<typeof columns.fill>,
  { readAtMs, zone }: { readonly readAtMs: number; readonly zone: string },
): Fill | undefined {
  const rxNumber = bare(told.rx)
  if (!RX_NUMBER.test(rxNumber)) return undefined
  const promised = DateTime.fromFormat(told.promised, "yyyyMMddHHmm", { zone })
  return {
    rxNumber,
    fill: fills[told.status] ?? "unknown",
    readAtMs,
    ...present({
      lastFilledOn: dayOf(told.filledOn),
      daysSupply: countOf(told.daysSupply),
      quantity: dispensedOf(told.quantity),
      readyAtMs: promised.isValid ? promised.toMillis() : undefined,
      copayCents: centsOf(told.copay),
    }),
  }
}

/** A prescription with its fill; what is not known of the fill is `unknown`. */
export function prescriptionOf(script: Script, filled: Fill | undefined): Prescription {
  const { refill: _refill, earliestOn: _day, ...prescription } = script
  const { rxNumber: _same, readAtMs: filledAtMs, ...rest } = filled ?? { fill: "unknown" as const }
  return {
    ...prescription,
    ...rest,
    // As old as the older of the two.
    readAtMs: Math.min(script.readAtMs, filledAtMs ?? script.readAtMs),
  }
}

/** A fill under way or ready comes before what is said of the next one, but not before a stop. */
export function eligibilityOf(
  { refill, earliestOn }: Script,
  filled: Fill | undefined,
): { eligibility: RefillEligibility; earliestOn?: string } {
  const said = refills[refill] ?? "unknown"
  if (settled.includes(said)) return { eligibility: said }
  if (filled && underWay.includes(filled.fill)) return { eligibility: "already_in_process" }
  if (filled?.fill === "ready") return { eligibility: "ready_now" }
  return { eligibility: said, ...(said === "too_soon" && earliestOn && { earliestOn }) }
}

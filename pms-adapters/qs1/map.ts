/**
 * QS/1's records in our words. Pure. What can't be read is absent, a code nobody documented is
 * `unknown`; nothing is guessed.
 */
import type { RefillEligibility } from "#core/decision.ts"
import type { FillStatus, PatientRecord, Prescription } from "#core/pms.ts"
import { unreadable } from "../http.ts"
import { capitalised, countOf, dayOf, e164Of, isId, present, textOf } from "../loose.ts"
import type { Verdict } from "../noted.ts"
import { schedules } from "../schedules.ts"
import type { ItemWire, PatientWire, ScriptWire } from "./wire.ts"

/** `I`, invalid, is explained nowhere, and so it is not listed. */
const eligibilities: Readonly<Record<string, RefillEligibility>> = {
  F: "refillable",
  D: "discontinued",
  N: "not_found",
  T: "transferred_out",
  ES: "expired",
  ER: "too_soon",
  NR: "no_refills",
}

const fills: Readonly<Record<string, FillStatus>> = {
  N: "in_process",
  R: "ready",
  D: "delivered",
}

const verdicts: Readonly<Record<string, Verdict>> = {
  NS: "absent",
  ES: "rejected",
  ER: "rejected",
  NR: "rejected",
}

const languages: Readonly<Record<string, "en" | "es">> = { english: "en", spanish: "es" }
const RX_NUMBER = /^[0-9]{6,9}$/

/** An order that is being filled or needs the pharmacist comes before what is said of the next. */
export function eligibilityOf(
  wire: ScriptWire,
  isDueDateEarliest: boolean,
): { eligibility: RefillEligibility; earliestOn?: string } {
  const said = eligibilities[wire.Status] ?? "unknown"
  const isOver = said === "discontinued" || said === "transferred_out"
  if (isOver || said === "unknown" || said === "not_found") return { eligibility: said }
  const order = textOf(wire.LastOrderStatus)
  if (order === "P") return { eligibility: "pharmacist_must_speak" }
  if (order === "N") return { eligibility: "already_in_process" }
  if (order === "R") return { eligibility: "ready_now" }
  const isDayMeant = said === "too_soon" && isDueDateEarliest
  const earliestOn = isDayMeant ? dayOf(wire.DateDue) : undefined
  return { eligibility: said, ...(earliestOn && { earliestOn }) }
}

/** Whether an order is being filled or ready now, whatever is said of the next one. */
export function isUnderWay({ LastOrderStatus }: ScriptWire): boolean {
  return LastOrderStatus === "N" || LastOrderStatus === "R"
}

/** What became of a refill; undefined for a reject code that nobody documented. */
export function verdictOf({ Successful, RejectCode }: ItemWire): Verdict | undefined {
  const code = textOf(RejectCode)
  if (code !== undefined) return verdicts[code]
  return Successful === true || Successful === "true" ? "accepted" : undefined
}

/** Nobody without an id or with an unreadable birth date can be verified: no answer at all. */
export function patientOf(wire: PatientWire): PatientRecord {
  const dateOfBirth = dayOf(wire.DateOfBirth)
  const patient = textOf(wire.PatientID) ?? ""
  if (!dateOfBirth || !isId(patient)) throw unreadable()
  const zip = textOf(wire.Zip)
  const language = languages[textOf(wire.Language)?.toLowerCase() ?? ""]
  return {
    patient,
    firstName: capitalised(wire.FirstName),
    lastName: capitalised(wire.LastName),
    dateOfBirth,
    phones: [wire.HomePhone, wire.CellPhone].flatMap((phone) => e164Of(phone) ?? []),
    ...(zip && { zip: zip.padStart(5, "0") }),
    ...(language && { language }),
  }
}

/** Undefined when the vendor has none, or one whose number our contract can't carry. */
export function prescriptionOf(wire: ScriptWire, readAtMs: number): Prescription | undefined {
  const rxNumber = textOf(wire.RxNumber) ?? ""
  if (wire.Status === "N" || !RX_NUMBER.test(rxNumber)) return undefined
  const patient = textOf(wire.PatientID) ?? ""
  const drugName = textOf(wire.DrugName)
  if (!isId(patient) || !drugName) throw unreadable()
  return {
    rxNumber,
    patient,
    // The vendor prints in capitals, which a voice would spell out letter by letter.
    drugName: drugName.toLowerCase(),
    schedule: schedules[textOf(wire.DEAClass) ?? ""] ?? "unknown",
    fill: fills[textOf(wire.LastOrderStatus) ?? ""] ?? "unknown",
    readAtMs,
    ...present({
      ndc: textOf(wire.DrugCode),
      refillsLeft: countOf(wire.RefillsRemaining),
      expiresOn: dayOf(wire.ExpirationDate),
      lastFilledOn: dayOf(wire.LastFillDate),
      daysSupply: countOf(wire.DaysSupply),
      prescriber: textOf(wire.DoctorName),
    }),
  }
}

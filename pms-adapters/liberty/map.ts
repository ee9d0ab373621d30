/**
 * Liberty's records in our words. Pure. What can't be read is absent, a code nobody documented is
 * `unknown`; nothing is guessed.
 */
import { DateTime } from "luxon"
import type { DeaSchedule, RefillEligibility } from "#core/decision.ts"
import type { FillStatus, PatientRecord, Prescription } from "#core/pms.ts"
import { unreadable } from "../http.ts"
import type { Verdict } from "../noted.ts"
import type { FillWire, Loose, PatientWire, ScriptWire, StatusWire } from "./wire.ts"

const eligibilities: Readonly<Record<string, RefillEligibility>> = {
  Refillable: "refillable",
  No_Refills: "no_refills",
  Expired: "expired",
  Too_Early: "too_soon",
  On_Hold: "on_hold",
  Invalid_Script_Number: "not_found",
}

const fills: Readonly<Record<string, FillStatus>> = {
  Entered: "queued",
  Counted: "in_process",
  Verified: "verified",
  PickedUp: "picked_up",
  Delivered: "delivered",
  Shipped: "shipped",
}

const schedules: Readonly<Record<string, DeaSchedule>> = {
  "2": "CII",
  "3": "CIII",
  "4": "CIV",
  "5": "CV",
  "6": "none",
  "0": "none",
}

const languages: Readonly<Record<string, "en" | "es">> = { english: "en", spanish: "es" }

const EMPTY_GUID = /^[0{}-]*$/
const RX_NUMBER = /^[0-9]{6,9}$/
/** The vendor writes the year one where it has no day. */
const YEAR_MIN = 1900

/** A fill under way or ready comes before what is said of the next one. */
export function eligibilityOf({ Status, NextRefillDate, LastFill }: StatusWire): {
  eligibility: RefillEligibility
  earliestOn?: string
} {
  const said = eligibilities[Status] ?? "unknown"
  if (said === "unknown" || said === "not_found" || said === "on_hold") return { eligibility: said }
  if (LastFill?.Status === "In_Process") return { eligibility: "already_in_process" }
  if (LastFill?.Status === "Ready") return { eligibility: "ready_now" }
  const earliestOn = said === "too_soon" ? dayOf(NextRefillDate) : undefined
  return { eligibility: said, ...(earliestOn && { earliestOn }) }
}

/** Whether a fill is under way or ready now, whatever is said of the next one. */
export function isUnderWay({ LastFill }: StatusWire): boolean {
  return LastFill?.Status === "In_Process" || LastFill?.Status === "Ready"
}

/** What became of a refill; undefined for a status that nobody documented. */
export function verdictOf(status: string): Verdict | undefined {
  if (status === "Success") return "accepted"
  const said = eligibilities[status]
  if (said === undefined || said === "refillable") return undefined
  return said === "not_found" ? "absent" : "rejected"
}

/** Nobody without an id or with an unreadable birth date can be verified: no answer at all. */
export function patientOf(wire: PatientWire): PatientRecord {
  const dateOfBirth = dayOf(wire.BirthDate)
  if (!dateOfBirth || !isId(wire.Id)) throw unreadable()
  const zip = textOf(wire.Address?.Zip)
  const language = languages[textOf(wire.Language)?.toLowerCase() ?? ""]
  return {
    patient: wire.Id,
    firstName: wire.Name.FirstName.trim(),
    lastName: wire.Name.LastName.trim(),
    dateOfBirth,
    phones: [wire.Phone, wire.Phone2].flatMap((phone) => e164Of(phone) ?? []),
    ...(zip && { zip }),
    ...(language && { language }),
  }
}

/** Undefined for what has no number that our contract could carry, as old paper records. */
export function prescriptionOf(wire: ScriptWire, readAtMs: number): Prescription | undefined {
  const { DrugPrescribed: drug, Prescriber: prescriber } = wire
  const rxNumber = textOf(wire.ScriptNumber) ?? ""
  if (!RX_NUMBER.test(rxNumber)) return undefined
  if (!isId(wire.Patient.Id)) throw unreadable()
  const last = lastFillOf(wire)
  const name = [prescriber?.Name?.FirstName, prescriber?.Name?.LastName].flatMap(
    (part) => textOf(part) ?? [],
  )
  return {
    rxNumber,
    patient: wire.Patient.Id,
    // The vendor prints in capitals, which a voice would spell out letter by letter.
    drugName: drug.Name.trim().toLowerCase(),
    schedule: schedules[textOf(drug.Schedule) ?? ""] ?? "unknown",
    fill: fills[textOf(last?.StatusCode) ?? ""] ?? "unknown",
    readAtMs,
    ...present({
      ndc: textOf(drug.NDC),
      refillsLeft: refillsLeftOf(wire),
      expiresOn: dayOf(wire.RefillUntilDate),
      lastFilledOn: dayOf(last?.DispenseDate),
      daysSupply: countOf(last?.DaysSupply),
      prescriber: name.join(" ") || undefined,
      copayCents: centsOf(last?.PatientPay),
    }),
  }
}

/** Only a verified fill can be ready, and only the refill status says whether it is. */
export function withReadiness(prescription: Prescription, status: StatusWire): Prescription {
  return status.LastFill?.Status === "Ready" ? { ...prescription, fill: "ready" } : prescription
}

function lastFillOf({ Fills }: ScriptWire): FillWire | undefined {
  const numbered = (Fills ?? []).map((fill) => ({ fill, at: countOf(fill.RefillNumber) ?? -1 }))
  return numbered.sort((a, b) => b.at - a.at)[0]?.fill
}

/** The entries that have a value, since an absent fact is a missing key and never `undefined`. */
function present<T extends object>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known: { [K in keyof T]?: Exclude<T[K], undefined> } = { ...entries }
  for (const key in known) if (known[key] === undefined) delete known[key]
  return known
}

function refillsLeftOf({ RefillsAuthorized, LastRefillNumber }: ScriptWire): number | undefined {
  const authorized = countOf(RefillsAuthorized)
  const used = countOf(LastRefillNumber)
  if (authorized === undefined || used === undefined || used > authorized) return undefined
  return authorized - used
}

function isId(text: string): boolean {
  return text.length > 0 && text.length <= 64 && !EMPTY_GUID.test(text)
}

/** Text without the blanks around it, or undefined when nothing is left. */
export function textOf(value: Loose): string | undefined {
  const text = value === null || value === undefined ? "" : String(value).trim()
  return text === "" ? undefined : text
}

/** `30`, `"30"` and `"30.00000"` are thirty; half a tablet is no count. */
export function countOf(value: Loose): number | undefined {
  const digits = /^(\d{1,4})(?:\.0+)?$/.exec(textOf(value) ?? "")?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** `12.5` and `"12.50"` to 1250, by their digits: money never passes through a fraction. */
export function centsOf(value: Loose): number | undefined {
  const parts = /^(\d{1,7})(?:\.(\d{1,2})0*)?$/.exec(textOf(value) ?? "")
  return parts ? Number(`${parts[1]}${(parts[2] ?? "").padEnd(2, "0")}`) : undefined
}

const dayFormats = ["yyyy-MM-dd", "M/d/yyyy", "yyyyMMdd"] as const

/** A day in any of the vendor's ways; its time of day, always midnight, is not looked at. */
export function dayOf(value: Loose): string | undefined {
  const text = (textOf(value) ?? "").split(/[T ]/)[0] ?? ""
  for (const format of dayFormats) {
    const day = DateTime.fromFormat(text, format)
    if (day.isValid && day.year >= YEAR_MIN) return day.toISODate()
  }
  return undefined
}

/** What is no ten-digit number is absent. */
export function e164Of(value: Loose): string | undefined {
  const digits = (textOf(value) ?? "").replace(/\D/g, "").replace(/^1(?=\d{10}$)/, "")
  return /^[2-9]\d{9}$/.test(digits) ? `+1${digits}` : undefined
}

/** Ten digits, as the vendor searches for them. It can't have a number from another country. */
export function vendorPhoneOf(e164: string): string | undefined {
  return /^\+1(\d{10})$/.exec(e164)?.[1]
}

/**
 * Liberty's records in our words. Pure. What can't be read is absent, a code nobody documented is
 * `unknown`; nothing is guessed.
 */
import type { RefillEligibility } from "#core/decision.ts"
import type { FillStatus, PatientRecord, Prescription } from "#core/pms.ts"
import { unreadable } from "../http.ts"
import { centsOf, countOf, dayOf, dispensedOf, e164Of, isId, present, textOf } from "../loose.ts"
import type { Verdict } from "../noted.ts"
import { schedules } from "../schedules.ts"
import type { FillWire, PatientWire, ScriptWire, StatusWire } from "./wire.ts"

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

const languages: Readonly<Record<string, "en" | "es">> = { english: "en", spanish: "es" }

const RX_NUMBER = /^[0-9]{6,9}$/

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
      // What a whole fill takes; a part of one is not told apart.
      quantity: dispensedOf(wire.FullDispenseQuantity),
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

function refillsLeftOf({ RefillsAuthorized, LastRefillNumber }: ScriptWire): number | undefined {
  const authorized = countOf(RefillsAuthorized)
  const used = countOf(LastRefillNumber)
  if (authorized === undefined || used === undefined || used > authorized) return undefined
  return authorized - used
}

/** Ten digits, as the vendor searches for them. It can't have a number from another country. */
export function vendorPhoneOf(e164: string): string | undefined {
  return /^\+1(\d{10})$/.exec(e164)?.[1]
}

/**
 * The demo vendor's records in our words. Pure. What can't be read is absent, a code nobody
 * documented is `unknown`; nothing is guessed.
 */
import { DateTime } from "luxon"
import type { DeaSchedule, DurSeverity, RefillEligibility } from "#core/decision.ts"
import type { FillStatus, PatientRecord, Prescription, StockLevel } from "#core/pms.ts"
import { unreadable } from "../http.ts"
import { balanceOf, dispensedOf, e164Of, present, quantityOf } from "../loose.ts"
import type { CheckWire, PatientWire, ScriptWire, StockWire } from "./wire.ts"

const eligibilities: Readonly<Record<string, RefillEligibility>> = {
  OK: "refillable",
  NR: "no_refills",
  EX: "expired",
  TE: "too_soon",
  OH: "on_hold",
  DC: "discontinued",
  TR: "transferred_out",
  IP: "already_in_process",
  RD: "ready_now",
  PU: "recently_picked_up",
  CR: "controlled_needs_review",
  MD: "prescriber_auth_possible",
  NF: "not_found",
  RP: "pharmacist_must_speak",
}

const fills: Readonly<Record<string, FillStatus>> = {
  "10": "queued",
  "20": "in_process",
  "25": "waiting_payer",
  "27": "waiting_prescriber",
  "40": "verified",
  "50": "ready",
  "60": "picked_up",
  "70": "shipped",
  "75": "delivered",
  "80": "returned_to_stock",
  "90": "cancelled",
}

const schedules: Readonly<Record<string, DeaSchedule>> = {
  "1": "CI",
  "2": "CII",
  "3": "CIII",
  "4": "CIV",
  "5": "CV",
  "6": "none",
  "0": "none",
}

const severities: Readonly<Record<string, DurSeverity>> = {
  "1": "contraindicated",
  "2": "major",
  "3": "moderate",
  "4": "minor",
}

/** Where the pharmacy's clock stands, and when the answer was read. */
export interface Reading {
  readonly timeZone: string
  readonly readAtMs: number
}

export function eligibilityOf({ Status, EarliestFillDate }: CheckWire): {
  eligibility: RefillEligibility
  earliestOn?: string
} {
  const earliestOn = dayOf(EarliestFillDate)
  const eligibility = eligibilities[Status] ?? "unknown"
  return { eligibility, ...(earliestOn && { earliestOn }) }
}

export function fillOf(code: string | undefined): FillStatus {
  return fills[code ?? ""] ?? "unknown"
}

/** An alert of unknown severity is taken for the gravest: the more cautious answer wins. */
export function severityOf(level: string): DurSeverity {
  return severities[level] ?? "contraindicated"
}

/** A patient whose birth date can't be read can't be verified, so the answer is no answer. */
export function patientOf(wire: PatientWire): PatientRecord {
  const dateOfBirth = dayOf(wire.BirthDate)
  if (!dateOfBirth) throw unreadable()
  const zip = wire.Address?.Zip
  const language = { EN: "en", ES: "es" } as const
  const spoken = wire.Language === "EN" || wire.Language === "ES" ? wire.Language : undefined
  return {
    patient: wire.PatientId,
    firstName: wire.Name.FirstName,
    lastName: wire.Name.LastName,
    dateOfBirth,
    phones: (wire.Phones ?? []).flatMap(({ Phone }) => e164Of(Phone) ?? []),
    ...(zip && { zip }),
    ...(spoken && { language: language[spoken] }),
  }
}

export function prescriptionOf(wire: ScriptWire, { timeZone, readAtMs }: Reading): Prescription {
  const { DrugPrescribed: drug, LastFill: fill } = wire
  return {
    rxNumber: wire.ScriptNumber,
    patient: wire.PatientId,
    // The vendor prints in capitals, which a voice would spell out letter by letter.
    drugName: drug.Name.toLowerCase(),
    schedule: schedules[drug.Schedule ?? ""] ?? "unknown",
    fill: fillOf(fill?.StatusCode),
    readAtMs,
    ...present({
      ndc: drug.NDC || undefined,
      refillsLeft: refillsLeftOf(wire),
      expiresOn: dayOf(wire.RefillUntilDate),
      lastFilledOn: dayOf(fill?.DispenseDate),
      daysSupply: countOf(fill?.DaysSupply),
      quantity: dispensedOf(fill?.Quantity),
      prescriber: wire.PrescriberName || undefined,
      readyAtMs: momentOf(fill?.PromisedAt, timeZone),
      copayCents: centsOf(fill?.PatientPay),
    }),
  }
}

/** What is on hand is the whole of the answer, so an amount that can't be read is no answer. */
export function stockOf(wire: StockWire, { timeZone, readAtMs }: Reading): StockLevel {
  const onHand = balanceOf(wire.OnHand)
  if (onHand === undefined) throw unreadable()
  const lots = wire.Lots?.flatMap(({ Lot: lot, Expires, Quantity }) => {
    const [expiresOn, quantity] = [dayOf(Expires), quantityOf(Quantity)]
    return expiresOn === undefined || quantity === undefined ? [] : [{ lot, expiresOn, quantity }]
  })
  return {
    ndc: wire.NDC,
    drugName: wire.Name.toLowerCase(),
    schedule: schedules[wire.Schedule ?? ""] ?? "unknown",
    onHand,
    readAtMs,
    ...present({ lots, bookedAtMs: momentOf(wire.LastBooked, timeZone) }),
  }
}

function refillsLeftOf({ RefillsAuthorized, LastRefillNumber }: ScriptWire): number | undefined {
  const authorized = countOf(RefillsAuthorized)
  const used = countOf(LastRefillNumber)
  if (authorized === undefined || used === undefined || used > authorized) return undefined
  return authorized - used
}

function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : undefined
}

/** `12.50` to 1250, by its digits: money never passes through a fraction. */
export function centsOf(text: string | undefined): number | undefined {
  const parts = /^(\d{1,7})\.(\d{2})$/.exec(text ?? "")
  return parts ? Number(`${parts[1]}${parts[2]}`) : undefined
}

/** `3/9/2026` to `2026-03-09`; a day that does not exist is absent. */
export function dayOf(text: string | undefined): string | undefined {
  return DateTime.fromFormat(text ?? "", "M/d/yyyy").toISODate() ?? undefined
}

/** `2026-03-09` to `3/9/2026`. */
export function vendorDayOf(day: string): string {
  return DateTime.fromISO(day).toFormat("M/d/yyyy")
}

/** A moment written in the pharmacy's own time. */
export function momentOf(text: string | undefined, timeZone: string): number | undefined {
  const moment = DateTime.fromFormat(text ?? "", "M/d/yyyy h:mm a", {
    zone: timeZone,
    locale: "en-US",
  })
  return moment.isValid ? moment.toMillis() : undefined
}

/** Ten digits, as the vendor keeps them. It can't have a number from another country. */
export function vendorPhoneOf(e164: string): string | undefined {
  return /^\+1(\d{10})$/.exec(e164)?.[1]
}

/**
 * PioneerRx's records in our words. Pure. What can't be read is absent, a status nobody documented
 * is `unknown`; nothing is guessed.
 */
import type { DeaSchedule, RefillEligibility } from "#core/decision.ts"
import type { FillStatus, PatientRecord, Prescription } from "#core/pms.ts"
import { unreadable } from "../http.ts"
import {
  capitalised,
  centsOf,
  countOf,
  dayOf,
  dispensedOf,
  e164Of,
  isId,
  type Loose,
  present,
  textOf,
} from "../loose.ts"
import { isTrue, utcDayOf } from "./even.ts"
import type { AddressRow, PatientRow, PhoneRow, RxRow } from "./wire.ts"

/** What a site may say of the words its system prints. */
export interface Dialect {
  readonly timeZone: string
  /** Statuses of a fill that public sources do not show. */
  readonly fillTexts: Readonly<Record<string, FillStatus>>
}

/** Of a prescription. `refillable`: nothing speaks against it yet. */
const states: Readonly<Record<string, RefillEligibility>> = {
  active: "refillable",
  filled: "refillable",
  verified: "refillable",
  shipped: "refillable",
  delivered: "refillable",
  "fill in progress": "refillable",
  "on hold": "on_hold",
  "fillable on hold": "on_hold",
  discontinued: "discontinued",
  voided: "discontinued",
  transferred: "transferred_out",
}

/** Of its last fill. */
const fills: Readonly<Record<string, FillStatus>> = {
  "waiting for data entry": "queued",
  "waiting for fill": "in_process",
  "waiting for print": "in_process",
  "waiting for central fill": "in_process",
  "waiting for check": "in_process",
  checking: "in_process",
  checked: "verified",
  verified: "verified",
  "will call": "ready",
  "ready for pickup": "ready",
  "picked up": "picked_up",
  completed: "picked_up",
  "out for delivery": "shipped",
  shipped: "shipped",
  delivered: "delivered",
  reversed: "returned_to_stock",
  cancelled: "cancelled",
  canceled: "cancelled",
}

const underWay: readonly FillStatus[] = [
  "queued",
  "in_process",
  "waiting_payer",
  "waiting_prescriber",
  "verified",
]

const schedules: Readonly<Record<string, DeaSchedule>> = {
  "schedule ii": "CII",
  "schedule iii": "CIII",
  "schedule iv": "CIV",
  "schedule v": "CV",
  legend: "none",
  otc: "none",
}

const languages: Readonly<Record<string, "en" | "es">> = { english: "en", spanish: "es" }
const RX_NUMBER = /^[0-9]{6,9}$/

function wordsOf(value: Loose): string {
  return (textOf(value) ?? "").toLowerCase().replace(/\s+/g, " ")
}

function fillOf({ currentRxTransactionStatusText }: RxRow, { fillTexts }: Dialect): FillStatus {
  const words = wordsOf(currentRxTransactionStatusText)
  const ours = Object.entries(fillTexts).find(([text]) => wordsOf(text) === words)
  return ours?.[1] ?? fills[words] ?? "unknown"
}

/**
 * The vendor has no answer to this question, so it is read off the record: never `too_soon`, which
 * only the vendor could say. `today` is the pharmacy's own day.
 */
export function eligibilityOf(row: RxRow, dialect: Dialect, today: string): RefillEligibility {
  const state = states[wordsOf(row.currentRxStatusText)] ?? "unknown"
  if (state !== "refillable") return state
  const fill = fillOf(row, dialect)
  if (fill === "unknown") return "unknown"
  if (underWay.includes(fill)) return "already_in_process"
  if (fill === "ready") return "ready_now"
  const expiresOn = expiryOf(row, dialect)
  const left = countOf(row.refillsRemaining)
  if (expiresOn === undefined || left === undefined) return "unknown"
  if (expiresOn < today) return "expired"
  return left === 0 ? "no_refills" : "refillable"
}

function expiryOf(row: RxRow, { timeZone }: Dialect): string | undefined {
  return utcDayOf(row.expirationDateUTC ?? row.expirationDateUTCDateTime, timeZone)
}

export interface Found {
  readonly patient: PatientRow
  readonly phones: readonly PhoneRow[]
  readonly addresses: readonly AddressRow[]
}

/** Nobody without an id or with an unreadable birth date can be verified: no answer at all. */
export function patientOf({ patient, phones, addresses }: Found): PatientRecord {
  const dateOfBirth = dayOf(patient.dateOfBirth)
  if (!dateOfBirth || !isId(patient.personID)) throw unreadable()
  const home = addresses.find(({ isPrimary }) => isTrue(isPrimary)) ?? addresses[0]
  const zip = /^\d{5}/.exec(textOf(home?.zipCode)?.padStart(5, "0") ?? "")?.[0]
  const language = languages[wordsOf(patient.languageText)]
  const inUse = phones.filter(({ isInactive }) => !isTrue(isInactive))
  return {
    patient: patient.personID,
    firstName: capitalised(patient.firstName),
    lastName: capitalised(patient.lastName),
    dateOfBirth,
    phones: inUse.flatMap(
      ({ areaCode, number }) => e164Of(`${textOf(areaCode) ?? ""}${textOf(number) ?? ""}`) ?? [],
    ),
    ...(zip && { zip }),
    ...(language && { language }),
  }
}

/** Undefined for what has no number that our contract could carry, as old paper records. */
export function prescriptionOf(
  row: RxRow,
  dialect: Dialect,
  readAtMs: number,
): Prescription | undefined {
  const rxNumber = textOf(row.rxNumber) ?? ""
  if (!RX_NUMBER.test(rxNumber)) return undefined
  const { medicationPrescribed: prescribed, medicationDispensed: dispensed } = row
  const drugName = textOf(dispensed?.drugName) ?? textOf(prescribed?.drugName)
  if (!isId(row.personID) || !drugName) throw unreadable()
  const classText = dispensed?.drugClassText ?? prescribed?.drugClassText
  return {
    rxNumber,
    patient: row.personID,
    // The vendor prints in capitals, which a voice would spell out letter by letter.
    drugName: drugName.toLowerCase(),
    schedule: schedules[wordsOf(classText)] ?? "unknown",
    fill: fillOf(row, dialect),
    readAtMs,
    ...present({
      ndc: textOf(dispensed?.ndc) ?? textOf(prescribed?.ndc),
      refillsLeft: countOf(row.refillsRemaining),
      expiresOn: expiryOf(row, dialect),
      lastFilledOn: utcDayOf(row.dateFilledUTC ?? row.dateFilledUTCDateTime, dialect.timeZone),
      daysSupply: countOf(dispensed?.daysSupply),
      quantity: dispensedOf(dispensed?.quantity),
      prescriber: textOf(row.prescriberName),
      copayCents: centsOf(row.patientPaidAmount),
    }),
  }
}

/** As the vendor writes a birthday: `03/14/1958`. */
export function vendorBirthday(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-")
  return `${month}/${date}/${year}`
}

/** Ten digits, as the vendor searches for them. It can't have a number from another country. */
export function vendorPhoneOf(e164: string): string | undefined {
  return /^\+1(\d{10})$/.exec(e164)?.[1]
}

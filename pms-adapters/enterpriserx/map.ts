/**
 * EnterpriseRx's records in our words. Pure. What can't be read is absent, a code nobody documented
 * is `unknown`; nothing is guessed.
 */
import { DateTime } from "luxon"
import type { DeaSchedule, RefillEligibility } from "#core/decision.ts"
import type { FillStatus, PatientRecord, Prescription, StockLevel } from "#core/pms.ts"
import { unreadable } from "../http.ts"
import {
  balanceOf,
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
import type { Answer, FillWire, PatientWire, RxInfoFound } from "./wire.ts"

/** 9 and 10 were seen, and are explained nowhere that counts; so they are not listed. */
const notRefillable: Readonly<Record<string, RefillEligibility>> = {
  "1": "ready_now",
  "2": "already_in_process",
  "3": "controlled_needs_review",
  "4": "no_refills",
  "5": "expired",
  "6": "transferred_out",
  "7": "discontinued",
  "8": "too_soon",
}

const NDC = /^\d{11,12}$/
/** What the interface writes where it has no day. */
const NO_DAY = "1900-01-01"
const DAY_MS = 86_400_000

/** What a site has to say about the vendor, because no public source does. */
export interface Reading {
  readonly isNextRefillEarliest: boolean
  readonly isUnclassedUncontrolled: boolean
  readonly recentDays: number
  readonly timeZone: string
}

/** A fill that is ready or in the queue comes before what is said of the next one. */
export function eligibilityOf(
  { FillInfo: fill }: RxInfoFound,
  { isNextRefillEarliest, recentDays, timeZone: zone }: Reading,
  nowMs: number,
): { eligibility: RefillEligibility; earliestOn?: string } {
  if (isTrue(fill.IsReady)) return { eligibility: "ready_now" }
  if (fill.NotReadyInfo?.NotReadyReasonCode === "1") return { eligibility: "already_in_process" }
  if (isTrue(fill.IsRefillable)) {
    const isRecent = wasReleasedSince(fill, { sinceMs: nowMs - recentDays * DAY_MS, zone })
    return { eligibility: isRecent ? "recently_picked_up" : "refillable" }
  }
  const reason = fill.NotRefillableInfo
  const said = notRefillable[textOf(reason?.NotRefillableReasonCode) ?? ""] ?? "unknown"
  const isOver = said === "no_refills" || said === "expired"
  if (isOver && isTrue(reason?.IsDoctorAuthAllowed))
    return { eligibility: "prescriber_auth_possible" }
  const isDaySure = said === "too_soon" && isNextRefillEarliest
  const earliestOn = isDaySure ? realDayOf(fill.Extension?.NextRefillDate) : undefined
  return { eligibility: said, ...(earliestOn && { earliestOn }) }
}

/** Whether a fill is in the queue or ready now, whatever is said of the next one. */
export function isUnderWay(fill: FillWire | undefined): boolean {
  return fill !== undefined && ["queued", "ready"].includes(fillOf(fill))
}

/**
 * What became of an order; undefined when the answer does not say it. A fault of SOAP says nothing
 * of the order, and a header and a body that name two answers say nothing together.
 */
export function verdictOf({ Header, Body }: Answer): Verdict | undefined {
  const named = textOf(Header?.MsgHeader?.MsgName)
  const isFailed = Body.GenericFailureRsp !== undefined || named === "GenericFailureRsp"
  const isTaken = Body.GenericSuccessRsp !== undefined
  if (Body.Fault || isFailed === isTaken) return undefined
  return isTaken ? "accepted" : "rejected"
}

function fillOf({ IsReady, NotReadyInfo, NotRefillableInfo }: FillWire): FillStatus {
  const notReady = textOf(NotReadyInfo?.NotReadyReasonCode)
  const notRefillableNow = textOf(NotRefillableInfo?.NotRefillableReasonCode)
  if (isTrue(IsReady) || notRefillableNow === "1") return "ready"
  if (notReady === "1" || notRefillableNow === "2") return "queued"
  return notReady === "2" ? "picked_up" : "unknown"
}

/** Nobody without an id or with an unreadable birth date can be verified: no answer at all. */
export function patientOf(wire: PatientWire): PatientRecord {
  const patient = textOf(wire.ExternalPatientID) ?? ""
  const dateOfBirth = realDayOf(wire.DateOfBirth)
  if (!isId(patient) || !dateOfBirth || !wire.LastName || !wire.FirstName) throw unreadable()
  const addresses = wire.Extension?.Address ?? []
  const zip = (addresses.find(({ type }) => type === "primary") ?? addresses[0])?.Zip
  const phone = e164Of(wire.PrimaryPhone)
  return {
    patient,
    firstName: capitalised(wire.FirstName),
    lastName: capitalised(wire.LastName),
    dateOfBirth,
    phones: phone ? [phone] : [],
    ...present({ zip: textOf(zip) }),
  }
}

/** `rxNumber` is the one that was asked for; the vendor's may have zeros in front. */
export function prescriptionOf(
  wire: RxInfoFound,
  { rxNumber, readAtMs }: Pick<Prescription, "rxNumber" | "readAtMs">,
  reading: Reading,
): Prescription {
  const { PatientInfo: person, FillInfo: fill, ProductInfo: product } = wire
  const { RxInfo: rx, PrescriberInfo: prescriber, DispensedNDC: dispensed } = fill.Extension ?? {}
  const drugName = textOf(rx?.DrugName)
  if (!drugName) throw unreadable()
  const doctor = [prescriber?.FirstName, prescriber?.LastName].flatMap((part) => textOf(part) ?? [])
  return {
    rxNumber,
    patient: patientOf(person).patient,
    // The vendor prints in capitals, which a voice would spell out letter by letter.
    drugName: drugName.toLowerCase(),
    schedule: scheduleOf(rx?.DEAClass, reading),
    fill: fillOf(fill),
    readAtMs,
    ...present({
      ndc: textOf(dispensed) ?? textOf(product?.NDC),
      refillsLeft: countOf(rx?.RefillsRemaining),
      expiresOn: realDayOf(rx?.ExpirationDate),
      lastFilledOn: realDayOf(rx?.LastFill?.FillDate),
      daysSupply: countOf(rx?.LastFill?.DaysSupply),
      quantity: dispensedOf(rx?.LastFill?.Quantity),
      prescriber: doctor.map(capitalised).join(" ") || undefined,
      copayCents: centsOf(fill.ReadyInfo?.PatientPayAmount),
    }),
  }
}

/**
 * What is on hand of the product that was dispensed; undefined where the answer does not say it, or
 * says it of another product, whose name it does not tell.
 */
export function stockOf(
  { FillInfo: fill, ProductInfo: product }: RxInfoFound,
  readAtMs: number,
  reading: Reading,
): StockLevel | undefined {
  const { RxInfo: rx, DispensedNDC: dispensed } = fill.Extension ?? {}
  const ndc = shortNdc(textOf(product?.NDC) ?? "")
  const drugName = textOf(rx?.DrugName)?.toLowerCase()
  const onHand = balanceOf(product?.QtyOnHand)
  const isDispensed = ndc === shortNdc(textOf(dispensed) ?? "")
  if (!drugName || onHand === undefined || !isDispensed || !NDC.test(ndc)) return undefined
  return { ndc, drugName, schedule: scheduleOf(rx?.DEAClass, reading), onHand, readAtMs }
}

/** Twelve digits with a zero in front are the eleven behind it. */
export function shortNdc(ndc: string): string {
  return ndc.replace(/^0(?=\d{11}$)/, "")
}

function scheduleOf(
  classed: string | undefined,
  { isUnclassedUncontrolled }: Reading,
): DeaSchedule {
  return schedules[textOf(classed) ?? (isUnclassedUncontrolled ? "0" : "")] ?? "unknown"
}

/** A moment that can't be read is no reason to send a caller away. */
function wasReleasedSince(
  { NotReadyInfo }: FillWire,
  { sinceMs, zone }: { sinceMs: number; zone: string },
): boolean {
  if (textOf(NotReadyInfo?.NotReadyReasonCode) !== "2") return false
  const written = textOf(NotReadyInfo?.ReleasedToPatientDateTime) ?? ""
  const released = DateTime.fromISO(written, { zone })
  return released.isValid && released.toMillis() >= sinceMs
}

function realDayOf(value: string | undefined): string | undefined {
  const day = dayOf(value)
  return day === NO_DAY ? undefined : day
}

function isTrue(value: string | undefined): boolean {
  return ["true", "1", "y"].includes((value ?? "").trim().toLowerCase())
}

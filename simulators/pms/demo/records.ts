/** What the demo pharmacy keeps, in its own codes. The wire is made from this in `wire.ts`. */
import type { Drug } from "./drugs.ts"

export interface Patient {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  /** `YYYY-MM-DD`, as all days here. */
  readonly bornOn: string
  /** Ten digits. */
  readonly phones: readonly string[]
  readonly zip: string
  readonly language: "EN" | "ES"
}

/** What the vendor answers to "may this be refilled?". Z9 stands for a code nobody documented. */
export const checkCodes = [
  "OK",
  "NR",
  "EX",
  "TE",
  "OH",
  "DC",
  "TR",
  "IP",
  "RD",
  "PU",
  "CR",
  "MD",
  "RP",
  "Z9",
] as const
export type CheckCode = (typeof checkCodes)[number]

/**
 * Where a fill is: 10 queued, 20 being filled, 25 with the payer, 27 with the prescriber, 40
 * verified, 50 ready, 60 picked up, 70 shipped, 75 delivered, 80 back on the shelf, 90 cancelled.
 * 87 stands for a code nobody documented.
 */
export const fillCodes = [
  "10",
  "20",
  "25",
  "27",
  "40",
  "50",
  "60",
  "70",
  "75",
  "80",
  "90",
  "87",
] as const
export type FillCode = (typeof fillCodes)[number]

export interface Alert {
  /** 1 contraindicated, 2 major, 3 moderate, 4 minor. */
  readonly severity: "1" | "2" | "3" | "4"
  readonly code: string
}

/** A moment in the pharmacy's own time: a day, and `HH:MM`. */
export interface Promised {
  readonly day: string
  readonly time: string
}

export interface Script {
  readonly number: string
  readonly patientId: string
  readonly drug: Drug
  readonly directions: string
  readonly prescriber: string
  readonly refillsAuthorized: number
  readonly refillsUsed: number
  readonly daysSupply: number
  readonly writtenOn: string
  readonly expiresOn: string
  readonly lastFilledOn?: string
  readonly check: CheckCode
  readonly earliestOn?: string
  readonly fill: FillCode
  readonly promisedAt?: Promised
  readonly copayCents?: number
  readonly alerts: readonly Alert[]
  /** Why the payer refused the claim of this fill, as its codes came in. */
  readonly rejects?: readonly (string | number)[]
}

export interface Pharmacy {
  /** The day all other days are counted from. */
  readonly today: string
  readonly patients: readonly Patient[]
  readonly scripts: readonly Script[]
}

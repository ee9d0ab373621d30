/**
 * The law on controlled substances as dated rows that a pharmacist can read (pharmacy.md 3.2). A
 * row without a source that was read says so; a state's rows wait for the site's counsel.
 */
import type { DeaSchedule } from "#core/decision.ts"

export interface Row {
  /** What staff and the audit log know it by. */
  readonly rule: string
  readonly about: "refill" | "partial_fill" | "transfer"
  readonly schedules: readonly DeaSchedule[]
  readonly is: string
  readonly source: string
  /** The first day it holds, where it is younger than this table. */
  readonly since?: string
  readonly until?: string
  /** Two letters; a federal row has none. */
  readonly state?: string
  readonly needsCounsel: boolean
}

const federal = { needsCounsel: false } as const
const CIII_CIV = ["CIII", "CIV"] as const
const CIII_CV = [...CIII_CIV, "CV"] as const

export const rows: readonly Row[] = [
  {
    ...federal,
    rule: "no_refills",
    about: "refill",
    schedules: ["CI", "CII"],
    is: "There are no refills. Each fill needs a prescription of its own.",
    source: "21 CFR 1306.12",
  },
  {
    ...federal,
    rule: "five_refills",
    about: "refill",
    schedules: CIII_CIV,
    is: "At most five refills, and no more than the prescriber authorised.",
    source: "21 CFR 1306.22",
  },
  {
    ...federal,
    rule: "six_months",
    about: "refill",
    schedules: CIII_CIV,
    is: "No refill later than six months after the day it was written.",
    source: "21 CFR 1306.22",
  },
  {
    rule: "as_authorised",
    about: "refill",
    schedules: ["CV"],
    is: "Only as the prescriber authorised. The state's law may limit it further.",
    source: "general knowledge, not read",
    needsCounsel: true,
  },
  {
    ...federal,
    rule: "rest_in_30_days",
    about: "partial_fill",
    schedules: ["CII"],
    is: "Asked for by patient or prescriber: all within 30 days of the day it was written.",
    source: "88 FR 46983",
    since: "2023-08-21",
  },
  {
    ...federal,
    rule: "rest_in_72_hours",
    about: "partial_fill",
    schedules: ["CII"],
    is: "When the pharmacy can't supply it all: the rest within 72 hours.",
    source: "21 CFR 1306.13",
  },
  {
    ...federal,
    rule: "rest_in_60_days",
    about: "partial_fill",
    schedules: ["CII"],
    is: "In long-term care or terminal illness: within 60 days.",
    source: "21 CFR 1306.13",
  },
  {
    ...federal,
    rule: "transfer_once",
    about: "transfer",
    schedules: CIII_CV,
    is: "Refills move once, from one licensed pharmacist to another.",
    source: "21 CFR 1306.25",
  },
  {
    ...federal,
    rule: "no_refills_to_move",
    about: "transfer",
    schedules: ["CI", "CII"],
    is: "Once it was filled there is nothing left to move.",
    source: "21 CFR 1306.12",
  },
  {
    ...federal,
    rule: "first_fill_once",
    about: "transfer",
    schedules: ["CII", ...CIII_CV],
    is: "An electronic one not yet filled moves once, as it came, when the patient asks.",
    source: "21 CFR 1306.08, 88 FR 48365",
    since: "2023-08-28",
  },
]

/** Drugs that a state puts on a schedule that the federal list has not. */
export interface StateSchedule {
  readonly genericName: string
  readonly states: readonly string[]
  readonly schedule: DeaSchedule
  readonly source: string
  readonly needsCounsel: true
}

export const stateSchedules: readonly StateSchedule[] = [
  {
    genericName: "gabapentin",
    states: ["AL", "KY", "MI", "ND", "TN", "VA", "WV"],
    schedule: "CV",
    source: "general knowledge, not read",
    needsCounsel: true,
  },
]

/** The rows about something that hold for a schedule on a day, here. */
export function inForce(
  about: Row["about"],
  { schedule, on, state }: { schedule: DeaSchedule; on: string; state: string },
): readonly Row[] {
  return rows.filter(
    (row) =>
      row.about === about &&
      row.schedules.includes(schedule) &&
      (row.since === undefined || row.since <= on) &&
      (row.until === undefined || on <= row.until) &&
      (row.state === undefined || row.state === state),
  )
}

/**
 * What the rows come to for one prescription on one day. Pure. What it is not told it never takes
 * for granted: that is listed for the pharmacist, who looks it up.
 */
import { DateTime } from "luxon"
import type { DeaSchedule } from "#core/decision.ts"
import type { Ruling } from "./contract.ts"
import { inForce, type Row } from "./law.ts"

/** What is known of a prescription; the pharmacy system leaves out what it does not keep. */
export interface Known {
  readonly schedule: DeaSchedule
  readonly on: string
  readonly state: string
  readonly writtenOn?: string
  readonly expiresOn?: string
  readonly lastFilledOn?: string
  readonly refillsLeft?: number
  readonly refillsUsed?: number
}

type Says = NonNullable<Ruling["says"]>
type Unknown = Ruling["unknown"][number]

/** A ruling as the contract has it, with the whole row that refuses. */
export interface Ruled {
  readonly isAllowed: boolean
  readonly broken?: Row
  readonly says?: Says
  readonly unknown: readonly Unknown[]
}

const REFILLS_MAX = 5
const MONTHS_MAX = 6

export function refillRuling(known: Known): Ruled {
  const { schedule, on, refillsLeft, refillsUsed, writtenOn, expiresOn } = known
  if (schedule === "none") return allowed([])
  if (schedule === "unknown") return allowed(["schedule"])
  const held = inForce("refill", known)
  const row = (rule: string) => held.find((one) => one.rule === rule)
  const none = row("no_refills")
  if (none) return refused(none, "new_each_time")
  const [five, months, asWritten] = [row("five_refills"), row("six_months"), row("as_authorised")]
  const isOver = expiresOn !== undefined && expiresOn < on
  const isPast = isOver || (writtenOn !== undefined && sixMonthsAfter(writtenOn) < on)
  if (months && isPast) return refused(months, "too_old")
  if (asWritten && isOver) return refused(asWritten, "too_old")
  const isUsedUp = refillsLeft === 0 || (five !== undefined && (refillsUsed ?? 0) >= REFILLS_MAX)
  const limit = five ?? asWritten
  if (limit && isUsedUp) return refused(limit, "used_up")
  return allowed([
    ...(months && writtenOn === undefined ? (["written_on"] as const) : []),
    ...(five && refillsUsed === undefined ? (["refills_used"] as const) : []),
  ])
}

/** `movedBefore`: noted here. What other pharmacies did before it came is not known here. */
export function transferRuling(known: Known, movedBefore: boolean): Ruled {
  const { schedule, lastFilledOn } = known
  if (schedule === "none") return allowed([])
  if (schedule === "unknown") return allowed(["schedule"])
  const held = inForce("transfer", known)
  const row = (rule: string) => held.find((one) => one.rule === rule)
  const isFilled = lastFilledOn !== undefined
  const nothing = row("no_refills_to_move")
  if (nothing && isFilled) return refused(nothing, "stays_here")
  const once = isFilled ? row("transfer_once") : row("first_fill_once")
  // A schedule that has no row of its own for this may not move.
  if (!once) return { isAllowed: false, says: "stays_here", unknown: [] }
  if (movedBefore) return refused(once, "moved_before")
  return allowed(isFilled ? ["moves_elsewhere"] : ["electronic", "moves_elsewhere"])
}

function sixMonthsAfter(day: string): string {
  return DateTime.fromISO(day, { zone: "utc" }).plus({ months: MONTHS_MAX }).toFormat("yyyy-MM-dd")
}

function allowed(unknown: readonly Unknown[]): Ruled {
  return { isAllowed: true, unknown }
}

function refused(broken: Row, says: Says): Ruled {
  return { isAllowed: false, broken, says, unknown: [] }
}

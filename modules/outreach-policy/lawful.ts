/** The first minute at which it is lawful everywhere somebody may be. Pure; knows no clock. */
import { DateTime } from "luxon"
import { narrower, type Open, openOn } from "./hours.ts"
import type { Place } from "./places.ts"

const MINUTE_MS = 60_000
const MINUTES_A_DAY = 1_440
/** A row of holidays and a Sunday fit in; what opens later opens never. */
const DAYS_AHEAD_MAX = 15
const ROUNDS_MAX = 400

export interface Reach extends Place {
  /** The patient's own hours, narrower than the law's; absent when they named none. */
  readonly own?: Open
  /** `YYYY-MM-DD`, wherever the patient is. */
  readonly holidays: readonly string[]
}

/** Now when it is lawful now; undefined when no hour suits everywhere. */
export function firstLawfulMs(nowMs: number, reach: Reach): number | undefined {
  let atMs = nowMs
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const laterMs = latestOpening(atMs, reach)
    if (laterMs === undefined) return undefined
    if (laterMs === atMs) return atMs
    atMs = laterMs
    if (atMs - nowMs > DAYS_AHEAD_MAX * MINUTES_A_DAY * MINUTE_MS) return undefined
  }
  return undefined
}

/** When it is next open in the zone that opens last; the same moment when all of them are open. */
function latestOpening(atMs: number, reach: Reach): number | undefined {
  let latestMs = atMs
  for (const zone of reach.zones) {
    const opensMs = nextOpening(atMs, zone, reach)
    if (opensMs === undefined) return undefined
    latestMs = Math.max(latestMs, opensMs)
  }
  return latestMs
}

function nextOpening(atMs: number, zone: string, reach: Reach): number | undefined {
  const now = DateTime.fromMillis(atMs, { zone })
  const minute = now.hour * 60 + now.minute
  const today = openAt(now, reach)
  if (minute < today.untilMinute && isAny(today)) {
    return minute >= today.fromMinute ? atMs : atMinute(now, today.fromMinute)
  }
  for (let days = 1; days <= DAYS_AHEAD_MAX; days++) {
    const day = now.startOf("day").plus({ days })
    const open = openAt(day, reach)
    if (isAny(open)) return atMinute(day, open.fromMinute)
  }
  return undefined
}

function openAt(day: DateTime, { states, own, holidays }: Reach): Open {
  const on = day.toFormat("yyyy-MM-dd")
  const isHoliday = holidays.includes(on)
  const lawful = openOn({ on, weekday: day.weekday, isHoliday }, states)
  return own === undefined ? lawful : narrower(lawful, own)
}

const isAny = ({ fromMinute, untilMinute }: Open) => fromMinute < untilMinute

/** By the clock on the wall: on the day the clocks change, too. */
function atMinute(day: DateTime, minute: number): number {
  const wall = { hour: Math.floor(minute / 60), minute: minute % 60, second: 0, millisecond: 0 }
  return day.set(wall).toMillis()
}

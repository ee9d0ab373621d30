/** Whether the pharmacy was open at a moment, in its own time, holidays first. Pure. */
import { DateTime } from "luxon"
import type { Holiday, Hours } from "#core/site.ts"

export interface Opening {
  readonly timeZone: string
  readonly hours: Hours
  readonly holidays: readonly Holiday[]
}

const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const

export function isOpenAt({ timeZone, hours, holidays }: Opening, atMs: number): boolean {
  const at = DateTime.fromMillis(atMs, { zone: timeZone })
  const [day, time] = [at.toFormat("yyyy-MM-dd"), at.toFormat("HH:mm")]
  const holiday = holidays.find(({ on }) => on === day)
  const spans = holiday ? (holiday.hours ?? []) : hours[weekdays[at.weekday - 1] ?? "sunday"]
  return spans.some(({ opens, closes }) => opens <= time && time < closes)
}

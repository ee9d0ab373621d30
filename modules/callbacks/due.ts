/** By when somebody is called back: counted from when the pharmacy is open again. */
import { DateTime } from "luxon"
import type { Output } from "#core/contract.ts"
import type { storeInfo } from "../store-info/contract.ts"

const MINUTE_MS = 60_000
/** How far ahead a business day is looked for. */
const DAYS_AHEAD_MAX = 14
const FRIDAY = 5

export type Hours = Output<typeof storeInfo, "hours">
/** The opening hours at a moment; undefined when they cannot be told. */
export type HoursAt = (atMs: number) => Promise<Hours | undefined>

interface Moment {
  readonly nowMs: number
  readonly timeZone: string
}

/** So many minutes from now, or from the next opening. From now when the hours cannot be told. */
export async function dueInMinutes(
  minutes: number,
  { nowMs, timeZone }: Moment,
  hoursAt: HoursAt,
): Promise<number> {
  const hours = await hoursAt(nowMs)
  const next = hours?.next
  const fromMs = next
    ? DateTime.fromISO(`${next.on}T${next.opens}`, { zone: timeZone }).toMillis()
    : nowMs
  return fromMs + minutes * MINUTE_MS
}

/** The same time of day, on the next weekday on which the pharmacy opens. */
export async function dueNextBusinessDay(
  { nowMs, timeZone }: Moment,
  hoursAt: HoursAt,
): Promise<number> {
  const now = DateTime.fromMillis(nowMs, { zone: timeZone })
  for (let days = 1; days <= DAYS_AHEAD_MAX; days++) {
    const day = now.plus({ days })
    if (day.weekday > FRIDAY) continue
    const hours = await hoursAt(day.toMillis())
    if (!hours || hours.today.spans.length > 0) return day.toMillis()
  }
  return now.plus({ days: DAYS_AHEAD_MAX }).toMillis()
}

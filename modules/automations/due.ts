/** When an automation with a time of day was last due, in the pharmacy's own time zone. Pure. */
import { DateTime } from "luxon"
import type { Weekday } from "./contract.ts"

const names: readonly Weekday[] = [
  ...(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const),
]

/** At or before the moment, within the last seven days; undefined only for no days at all. */
export function lastDueMs(
  { at, days }: { readonly at: string; readonly days: readonly Weekday[] },
  { nowMs, timeZone }: { readonly nowMs: number; readonly timeZone: string },
): number | undefined {
  const [hour = 0, minute = 0] = at.split(":").map(Number)
  const now = DateTime.fromMillis(nowMs, { zone: timeZone })
  for (let back = 0; back <= 7; back++) {
    const due = now.minus({ days: back }).set({ hour, minute, second: 0, millisecond: 0 })
    const day = names[due.weekday - 1]
    if (due.toMillis() <= nowMs && day && days.includes(day)) return due.toMillis()
  }
  return undefined
}

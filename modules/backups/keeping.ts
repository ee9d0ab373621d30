/** When a backup is due, when it is late, and which ones are kept. Pure. */
import { DateTime } from "luxon"

export interface Times {
  readonly timeZone: string
  /** Wall-clock time of the nightly backup, `HH:MM`. */
  readonly at: string
}

/** The nightly moment before `nowMs`, or at it. */
export function lastDueMs(nowMs: number, { timeZone, at }: Times): number {
  const today = atClock(DateTime.fromMillis(nowMs, { zone: timeZone }), at)
  const due = today.toMillis() <= nowMs ? today : atClock(today.minus({ days: 1 }), at)
  return due.toMillis()
}

export function nextDueMs(nowMs: number, times: Times): number {
  const last = DateTime.fromMillis(lastDueMs(nowMs, times), { zone: times.timeZone })
  return atClock(last.plus({ days: 1 }), times.at).toMillis()
}

function atClock(day: DateTime, at: string): DateTime {
  const [hour = 0, minute = 0] = at.split(":").map(Number)
  return day.set({ hour, minute, second: 0, millisecond: 0 })
}

export interface Keep {
  readonly keepDays: number
  /** Of each month before that, its first. */
  readonly keepMonths: number
  readonly timeZone: string
}

interface Dated {
  readonly atMs: number
}

/** Those that have had their time. The newest is kept, however old it is. */
export function outdated<T extends Dated>(
  all: readonly T[],
  nowMs: number,
  keep: Keep,
): readonly T[] {
  const newestFirst = all.toSorted((one, other) => other.atMs - one.atMs)
  const now = DateTime.fromMillis(nowMs, { zone: keep.timeZone })
  const dailyFromMs = now.minus({ days: keep.keepDays }).toMillis()
  const monthlyFromMs = now.minus({ months: keep.keepMonths }).startOf("month").toMillis()
  const monthOf = ({ atMs }: T): string =>
    DateTime.fromMillis(atMs, { zone: keep.timeZone }).toFormat("yyyy-MM")
  const firstOfMonth = new Map(newestFirst.map((one) => [monthOf(one), one]))
  return newestFirst.filter((one, place) => {
    const isMonthly = firstOfMonth.get(monthOf(one)) === one && one.atMs >= monthlyFromMs
    return place > 0 && one.atMs < dailyFromMs && !isMonthly
  })
}

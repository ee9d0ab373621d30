/** The date of a day that somebody named, and whether shops keep their usual hours on it. Pure. */
import { DateTime } from "luxon"
import { customaryNames, type DayName, federalNames, weekdays } from "./day-name.ts"
import { federal, observed } from "./federal.ts"

const holidays: Readonly<Record<string, (year: number) => DateTime>> = {
  ...federal,
  "Good Friday": (year) => easter(year).minus({ days: 2 }),
  "Easter Sunday": easter,
  "The day after Thanksgiving": (year) => federal["Thanksgiving Day"](year).plus({ days: 1 }),
  "Christmas Eve": (year) => federal["Christmas Day"](year).minus({ days: 1 }),
  "New Year's Eve": (year) => DateTime.utc(year, 12, 31),
}

const nearDays: Readonly<Record<string, number>> = {
  today: 0,
  tomorrow: 1,
  "the day after tomorrow": 2,
}

const week: readonly string[] = weekdays

/** The next such day from `today`, `YYYY-MM-DD`, on; undefined for a date that does not come. */
export function dateOf(name: DayName, today: string): string | undefined {
  const from = DateTime.fromISO(today, { zone: "utc" })
  const days = nearDays[name]
  if (days !== undefined) return written(from.plus({ days }))
  const weekday = week.indexOf(name) + 1
  if (weekday > 0) return written(from.plus({ days: (weekday - from.weekday + 7) % 7 }))
  const { year } = from
  const dayIn =
    holidays[name] ?? ((of: number) => DateTime.fromISO(`${of}-${name}`, { zone: "utc" }))
  return [year, year + 1]
    .map(dayIn)
    .filter((day) => day.isValid)
    .map(written)
    .find((on) => on >= today)
}

/** A holiday, or the working day it is moved to: what the week says does not hold by itself. */
export function isKept(on: string): boolean {
  const year = Number(on.slice(0, 4))
  const days = [...federalNames, ...customaryNames].map((name) => holidays[name]?.(year))
  const moved = [year, year + 1].flatMap((of) =>
    federalNames.map((it) => observed(federal[it](of))),
  )
  return moved.includes(on) || days.some((day) => day !== undefined && written(day) === on)
}

const written = (day: DateTime): string => day.toFormat("yyyy-MM-dd")

/** By the rule of Gauss, for the years 1900 to 2099. */
function easter(year: number): DateTime {
  const golden = year % 19
  const untilFullMoon = (19 * golden + 24) % 30
  const untilSunday = (2 * (year % 4) + 4 * (year % 7) + 6 * untilFullMoon + 5) % 7
  const isLate = untilFullMoon === 29 || (untilFullMoon === 28 && golden > 10)
  const days = untilFullMoon + untilSunday - (isLate && untilSunday === 6 ? 7 : 0)
  return DateTime.utc(year, 3, 22).plus({ days })
}

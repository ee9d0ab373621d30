/** The federal holidays (5 U.S.C. 6103), on the days they are observed. Pure. */
import { DateTime } from "luxon"
import { federalNames } from "./day-name.ts"

const YEARS_AHEAD = 2

const [MONDAY, THURSDAY, SATURDAY, SUNDAY] = [1, 4, 6, 7] as const

const fixed = (month: number, day: number) => (year: number) => DateTime.utc(year, month, day)

/** The first, second and so on of a weekday in a month. */
const nth = (month: number, weekday: number, which: number) => (year: number) => {
  const first = DateTime.utc(year, month, 1)
  const days = (weekday - first.weekday + 7) % 7
  return first.plus({ days: days + 7 * (which - 1) })
}

const lastMonday = (month: number) => (year: number) => {
  const last = DateTime.utc(year, month, 1).endOf("month").startOf("day")
  return last.minus({ days: (last.weekday - MONDAY + 7) % 7 })
}

/** The day itself, before a weekend moves it. */
export const federal: Readonly<Record<(typeof federalNames)[number], (year: number) => DateTime>> =
  {
    "New Year's Day": fixed(1, 1),
    "Martin Luther King Jr. Day": nth(1, MONDAY, 3),
    "Presidents' Day": nth(2, MONDAY, 3),
    "Memorial Day": lastMonday(5),
    Juneteenth: fixed(6, 19),
    "Independence Day": fixed(7, 4),
    "Labor Day": nth(9, MONDAY, 1),
    "Columbus Day": nth(10, MONDAY, 2),
    "Veterans Day": fixed(11, 11),
    "Thanksgiving Day": nth(11, THURSDAY, 4),
    "Christmas Day": fixed(12, 25),
  }

/** In order, from `today`, `YYYY-MM-DD`, until the same day two years later. */
export function federalHolidays(today: string) {
  const year = Number(today.slice(0, 4))
  const until = DateTime.fromISO(today, { zone: "utc" }).plus({ years: YEARS_AHEAD }).toISODate()
  const years = Array.from({ length: YEARS_AHEAD + 2 }, (_, index) => year + index)
  return years
    .flatMap((of) => federalNames.map((name) => ({ on: observed(federal[name](of)), name })))
    .filter(({ on }) => on >= today && until !== null && on < until)
    .toSorted((a, b) => (a.on < b.on ? -1 : 1))
}

/** A Saturday is kept on the Friday before, a Sunday on the Monday after. */
export function observed(day: DateTime): string {
  const days = { [SATURDAY]: -1, [SUNDAY]: 1 }[day.weekday] ?? 0
  return day.plus({ days }).toFormat("yyyy-MM-dd")
}

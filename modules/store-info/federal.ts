/** The federal holidays (5 U.S.C. 6103), on the days they are observed. Pure. */
import { DateTime } from "luxon"

const YEARS_AHEAD = 2

const [MONDAY, THURSDAY, SATURDAY, SUNDAY] = [1, 4, 6, 7] as const

interface Named {
  readonly name: string
  /** The day itself, before a weekend moves it. */
  readonly on: (year: number) => DateTime
}

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

const named: readonly Named[] = [
  { name: "New Year's Day", on: fixed(1, 1) },
  { name: "Martin Luther King Jr. Day", on: nth(1, MONDAY, 3) },
  { name: "Presidents' Day", on: nth(2, MONDAY, 3) },
  { name: "Memorial Day", on: lastMonday(5) },
  { name: "Juneteenth", on: fixed(6, 19) },
  { name: "Independence Day", on: fixed(7, 4) },
  { name: "Labor Day", on: nth(9, MONDAY, 1) },
  { name: "Columbus Day", on: nth(10, MONDAY, 2) },
  { name: "Veterans Day", on: fixed(11, 11) },
  { name: "Thanksgiving Day", on: nth(11, THURSDAY, 4) },
  { name: "Christmas Day", on: fixed(12, 25) },
]

/** In order, from `today`, `YYYY-MM-DD`, until the same day two years later. */
export function federalHolidays(today: string) {
  const year = Number(today.slice(0, 4))
  const until = DateTime.fromISO(today, { zone: "utc" }).plus({ years: YEARS_AHEAD }).toISODate()
  const years = Array.from({ length: YEARS_AHEAD + 2 }, (_, index) => year + index)
  return years
    .flatMap((of) => named.map(({ name, on }) => ({ on: observed(on(of)), name })))
    .filter(({ on }) => on >= today && until !== null && on < until)
    .toSorted((a, b) => (a.on < b.on ? -1 : 1))
}

/** A Saturday is kept on the Friday before, a Sunday on the Monday after. */
function observed(day: DateTime): string {
  const days = { [SATURDAY]: -1, [SUNDAY]: 1 }[day.weekday] ?? 0
  return day.plus({ days }).toFormat("yyyy-MM-dd")
}

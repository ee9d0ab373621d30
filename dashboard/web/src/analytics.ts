/** Days as rows: in weeks where there are many, and as a file for a spreadsheet. Pure. */
import type { Report } from "../../../modules/analytics/contract.ts"

type DayRow = Report["days"][number]

/** From best to worst, with a colour that keeps its contrast in both schemes. */
export const outcomes = [
  { name: "alone", color: "mortar.6" },
  { name: "technician", color: "cyan.6" },
  { name: "pharmacist", color: "indigo.5" },
  { name: "manager", color: "violet.5" },
  { name: "transferred", color: "yellow.6" },
  { name: "abandoned", color: "orange.6" },
  { name: "lost", color: "red.6" },
] as const

const DAY_MS = 24 * 60 * 60 * 1_000

/** So many days before a day, `YYYY-MM-DD`. A day of the calendar has no time zone. */
export function dayBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * DAY_MS).toISOString().slice(0, 10)
}

/** Seven days at a time, the newest week whole; a week is named by its first day. */
export function weeksOf(days: readonly DayRow[]): readonly DayRow[] {
  const weeks: DayRow[] = []
  for (let end = days.length; end > 0; end -= 7) {
    weeks.unshift(days.slice(Math.max(0, end - 7), end).reduce(together))
  }
  return weeks
}

function together(one: DayRow, other: DayRow): DayRow {
  const counts = { ...one.outcomes }
  for (const [name, count] of Object.entries(other.outcomes))
    counts[name] = (counts[name] ?? 0) + count
  return {
    day: one.day,
    calls: one.calls + other.calls,
    texts: one.texts + other.texts,
    contained: one.contained + other.contained,
    repeated: one.repeated + other.repeated,
    outcomes: counts,
  }
}

/** RFC 4180: one row a day. Numbers and dates only, so nothing needs quotes. */
export function csvOf({ days }: Report): string {
  const names = outcomes.map(({ name }) => name)
  const head = ["day", "calls", "texts", ...names, "contained", "repeated"]
  const rows = days.map(({ day, calls, texts, outcomes: counts, contained, repeated }) => [
    ...[day, calls, texts, ...names.map((name) => counts[name] ?? 0), contained, repeated],
  ])
  return [head, ...rows].map((row) => `${row.join(",")}\r\n`).join("")
}

/** Opening hours in the pharmacy's own time, holidays first. Pure. */
import { DateTime } from "luxon"
import type { Holiday, Hours } from "#core/site.ts"
import { weekdays } from "./day-name.ts"
import { isKept } from "./named-day.ts"

export interface Opening {
  readonly timeZone: string
  readonly hours: Hours
  readonly holidays: readonly Holiday[]
}

const DAYS_AHEAD_MAX = 30

/** The day a moment falls on at the pharmacy, with its spans and the holiday it may be. */
export function spansOn(opening: Opening, atMs: number) {
  return dayOf(opening, DateTime.fromMillis(atMs, { zone: opening.timeZone }))
}

/** The spans of a day, `YYYY-MM-DD`, and when it opens after it. */
export function hoursOn(opening: Opening, on: string) {
  const day = DateTime.fromISO(on, { zone: opening.timeZone })
  const known = dayOf(opening, day)
  const isUncertain = known.holiday === undefined && known.spans.length > 0 && isKept(on)
  return { ...known, isUncertain, next: nextOpening(opening, day.endOf("day").toMillis()) }
}

/** When the pharmacy closes, `HH:MM`; undefined while it is closed. */
export function openUntil(opening: Opening, atMs: number): string | undefined {
  const at = DateTime.fromMillis(atMs, { zone: opening.timeZone })
  const time = at.toFormat("HH:mm")
  const span = dayOf(opening, at).spans.find(({ opens, closes }) => opens <= time && time < closes)
  return span?.closes
}

/** The next time the pharmacy opens, within thirty days. */
export function nextOpening(opening: Opening, atMs: number) {
  const now = DateTime.fromMillis(atMs, { zone: opening.timeZone })
  for (let days = 0; days <= DAYS_AHEAD_MAX; days++) {
    const { on, spans } = dayOf(opening, now.plus({ days }))
    const span = spans.find(({ opens }) => days > 0 || opens > now.toFormat("HH:mm"))
    if (span) return { on, opens: span.opens }
  }
  return undefined
}

/** Every span between two moments in which the pharmacy is open, in order. */
export function openingsBetween(opening: Opening, fromMs: number, beforeMs: number) {
  const found: { fromMs: number; untilMs: number }[] = []
  const zone = opening.timeZone
  let day = DateTime.fromMillis(fromMs, { zone }).startOf("day")
  for (; day.toMillis() < beforeMs; day = day.plus({ days: 1 })) {
    const { on, spans } = dayOf(opening, day)
    const momentOf = (time: string) => DateTime.fromISO(`${on}T${time}`, { zone }).toMillis()
    for (const { opens, closes } of spans)
      found.push({ fromMs: momentOf(opens), untilMs: momentOf(closes) })
  }
  return found
}

/** The hours of an ordinary week, Monday first. */
export function weekOf({ hours }: Opening) {
  return weekdays.map((weekday) => ({ weekday, spans: hours[weekday] }))
}

function dayOf({ hours, holidays }: Opening, day: DateTime) {
  const on = day.toFormat("yyyy-MM-dd")
  const holiday = holidays.find((one) => one.on === on)
  const weekday = weekdays[day.weekday - 1] ?? "sunday"
  if (!holiday) return { on, spans: hours[weekday] }
  return { on, spans: holiday.hours ?? [], holiday: holiday.name }
}

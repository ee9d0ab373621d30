/** Opening hours as they are written for a patient to read; the voice speaks them from that. */
import type { Opening } from "../world.ts"

type Week = Opening["week"]
type Spans = Week[number]["spans"]

const spanishDays: Readonly<Record<string, string>> = {
  ...{ monday: "lunes", tuesday: "martes", wednesday: "miércoles", thursday: "jueves" },
  ...{ friday: "viernes", saturday: "sábado", sunday: "domingo" },
}
const says = {
  en: { to: "to", from: "", closed: "closed" },
  es: { to: "a", from: "de ", closed: "cerrado" },
} as const

/** "Monday to Friday 9 AM to 6 PM; Saturday 9 AM to 1 PM; Sunday closed". */
export function written(week: Week, language: "en" | "es"): string {
  const { to, closed } = says[language]
  const days = week.map(({ weekday, spans }) => ({
    name: language === "es" ? (spanishDays[weekday] ?? weekday) : capitalised(weekday),
    times: onOneDay(spans, language),
  }))
  const groups: { first: string; last: string; times: string }[] = []
  for (const { name, times } of days) {
    const group = groups.at(-1)
    const hours = times || closed
    if (group?.times === hours) group.last = name
    else groups.push({ first: name, last: name, times: hours })
  }
  return groups
    .map(
      ({ first, last, times }) => `${first === last ? first : `${first} ${to} ${last}`} ${times}`,
    )
    .join("; ")
}

/** "9 AM to 12:30 PM, 1:30 PM to 6 PM"; empty for a day that is closed. */
export function onOneDay(spans: Spans, language: "en" | "es"): string {
  const { to, from } = says[language]
  return spans
    .map(({ opens, closes }) => `${from}${onTheClock(opens)} ${to} ${onTheClock(closes)}`)
    .join(", ")
}

function capitalised(weekday: string): string {
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}`
}

function onTheClock(time: string): string {
  const [hour = "0", minute = "00"] = time.split(":")
  const half = Number(hour) < 12 ? "AM" : "PM"
  const shown = Number(hour) % 12 || 12
  return minute === "00" ? `${shown} ${half}` : `${shown}:${minute} ${half}`
}

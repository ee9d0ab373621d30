/** Hours and the address: for anybody who asks. */
import { plain } from "../plain.ts"
import { sayTrouble } from "../talk.ts"
import { asksNothing, type Topic } from "../topic.ts"
import type { Opening } from "../world.ts"

export const hours: Topic = {
  needsIdentity: false,
  isAside: true,
  answer: asksNothing,

  async begin(talk, task) {
    const { location, opening } = talk.world
    const found = await talk.propose("store-info.hours", {}, { task, confidence: 1 })
    if (found.kind !== "done") return sayTrouble(talk, found, "hours")
    const { isOpen, closes, next, today, week } = await opening()
    if (asksWhere.test(plain(task.words))) {
      const { address } = await location()
      talk.say("location", { address })
    }
    if (isOpen && closes) talk.say("hours.now_open", { close: closes })
    else if (next) {
      if (today.spans.length === 0) talk.say("hours.today_closed")
      talk.say("hours.next_open", {
        day: next.on === today.on ? "today" : next.on,
        time: next.opens,
      })
    }
    if (!ofTheWeek.test(plain(task.words))) return
    talk.say("hours.week", { hours: written(week, talk.state.language) })
  },
}

const asksWhere = new RegExp(
  "\\b(where|address|located|location|directions?|donde (estan|queda|esta)|direccion|" +
    "ubicad[oa]s?|como llego|que calle)\\b",
)
const ofTheWeek = new RegExp(
  "\\b(week(end|day)?s?|(mon|tues|wednes|thurs|fri|satur|sun)days?|every day|regular|semana|" +
    "lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|todos los dias)\\b",
)

const spanishDays: Readonly<Record<string, string>> = {
  ...{ monday: "lunes", tuesday: "martes", wednesday: "miércoles", thursday: "jueves" },
  ...{ friday: "viernes", saturday: "sábado", sunday: "domingo" },
}
const says = {
  en: { to: "to", from: "", closed: "closed" },
  es: { to: "a", from: "de ", closed: "cerrado" },
} as const

/** "Monday to Friday 9 AM to 6 PM; Saturday 9 AM to 1 PM; Sunday closed". */
export function written(week: Opening["week"], language: "en" | "es"): string {
  const { to, from, closed } = says[language]
  const days = week.map(({ weekday, spans }) => ({
    name: language === "es" ? (spanishDays[weekday] ?? weekday) : capitalised(weekday),
    times: spans.map(
      ({ opens, closes }) => `${from}${onTheClock(opens)} ${to} ${onTheClock(closes)}`,
    ),
  }))
  const groups: { first: string; last: string; times: string }[] = []
  for (const { name, times } of days) {
    const group = groups.at(-1)
    const hours = times.join(", ") || closed
    if (group?.times === hours) group.last = name
    else groups.push({ first: name, last: name, times: hours })
  }
  return groups
    .map(
      ({ first, last, times }) => `${first === last ? first : `${first} ${to} ${last}`} ${times}`,
    )
    .join("; ")
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

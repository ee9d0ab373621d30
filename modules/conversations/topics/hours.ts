/** Hours and the address: for anybody who asks. */
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
    if (/\b(where|address|located|location|directions?)\b/i.test(task.words)) {
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
    if (ofTheWeek.test(task.words)) talk.say("hours.week", { hours: written(week) })
  },
}

const ofTheWeek =
  /\b(week(end|day)?s?|(mon|tues|wednes|thurs|fri|satur|sun)days?|every day|regular)\b/i

/** "Monday to Friday 9 AM to 6 PM; Saturday 9 AM to 1 PM; Sunday closed". */
export function written(week: Opening["week"]): string {
  const days = week.map(({ weekday, spans }) => ({
    name: `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}`,
    times: spans.map(({ opens, closes }) => `${onTheClock(opens)} to ${onTheClock(closes)}`),
  }))
  const groups: { from: string; to: string; times: string }[] = []
  for (const { name, times } of days) {
    const last = groups.at(-1)
    const hours = times.join(", ") || "closed"
    if (last?.times === hours) last.to = name
    else groups.push({ from: name, to: name, times: hours })
  }
  return groups
    .map(({ from, to, times }) => `${from === to ? from : `${from} to ${to}`} ${times}`)
    .join("; ")
}

function onTheClock(time: string): string {
  const [hour = "0", minute = "00"] = time.split(":")
  const half = Number(hour) < 12 ? "AM" : "PM"
  const shown = Number(hour) % 12 || 12
  return minute === "00" ? `${shown} ${half}` : `${shown}:${minute} ${half}`
}

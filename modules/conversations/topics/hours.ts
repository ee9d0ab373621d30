/** Hours of now, of a day or of the week, and where the pharmacy is: for anybody who asks. */
import { Value } from "typebox/value"
import { type DayName, storeInfo } from "../../store-info/contract.ts"
import { plain } from "../plain.ts"
import type { Task } from "../state.ts"
import { sayTrouble, type Talk } from "../talk.ts"
import { asksNothing, type Topic } from "../topic.ts"
import type { Opening } from "../world.ts"
import { daysAsked } from "./days-asked.ts"
import { leaveToPerson } from "./store-fact.ts"
import { onOneDay, written } from "./written-hours.ts"

/** Whoever names more days than these is told the week. */
const DAYS_TOLD_MAX = 2

export const hours: Topic = {
  needsIdentity: false,
  isAside: true,
  answer: asksNothing,

  async begin(talk, task) {
    const words = plain(task.words)
    const found = await talk.propose("store-info.hours", {}, { task, confidence: 1 })
    if (found.kind !== "done") return sayTrouble(talk, found, "hours")
    const wasPlaceAsked = await sayPlace(talk, words)
    const days = daysAsked(words)
    const opening = await talk.world.opening()
    if (days.length > 0 && days.length <= DAYS_TOLD_MAX) {
      if (asksNow.test(words)) sayNow(talk, opening)
      return sayDays(talk, task, days)
    }
    if (ofHolidays.test(words) && !asksNow.test(words)) {
      task.intent = "store_fact"
      return leaveToPerson(talk, task)
    }
    if (wasPlaceAsked && !asksWhen.test(words)) return
    const isOfTheWeek = days.length > 0 || ofTheWeek.test(words)
    if (opening.isOpen && !isOfTheWeek && asksWholeDay.test(words))
      return sayDays(talk, task, ["today"])
    sayNow(talk, opening)
    if (isOfTheWeek) talk.say("hours.week", { hours: written(opening.week, talk.state.language) })
  },
}

/** True when where it is or its number was asked for. */
async function sayPlace(talk: Talk, words: string): Promise<boolean> {
  const isWhere = asksWhere.test(words)
  const isNumber = asksNumber.test(words)
  if (!isWhere && !isNumber) return false
  const { address, phone } = await talk.world.location()
  if (isWhere) talk.say("location", { address })
  if (isNumber) talk.say("location.phone", { phone })
  return true
}

function sayNow(talk: Talk, { isOpen, closes, next, today }: Opening): void {
  if (isOpen && closes) talk.say("hours.now_open", { close: closes })
  else if (next) {
    if (today.spans.length === 0) talk.say("hours.today_closed")
    sayNext(talk, next, today.on)
  }
}

/** What the pharmacy has not said of a day is told by a person. */
async function sayDays(talk: Talk, task: Task, days: readonly DayName[]): Promise<void> {
  let isLacking = false
  for (const day of days) {
    const told = await sayDay(talk, task, day)
    if (told === "trouble") return
    isLacking ||= told === "lacking"
  }
  if (!isLacking) return
  task.intent = "store_fact"
  await leaveToPerson(talk, task, "fact.left")
}

/** One day as the pharmacy has it. What it has not said of a holiday, nobody guesses. */
async function sayDay(
  talk: Talk,
  task: Task,
  name: DayName,
): Promise<"told" | "lacking" | "trouble"> {
  const reply = await talk.propose("store-info.hoursOn", { day: name }, { task, confidence: 1 })
  if (reply.kind === "fault") return "lacking"
  if (reply.kind !== "done") {
    await sayTrouble(talk, reply, "hours")
    return "trouble"
  }
  const { on, spans, isUncertain, next } = Value.Parse(
    storeInfo.commands.hoursOn.output,
    reply.value,
  )
  const day = name === "today" || name === "tomorrow" ? name : on
  if (isUncertain) {
    talk.say("hours.uncertain", { day })
    return "lacking"
  }
  if (spans.length > 0)
    talk.say("hours.day_open", { day, hours: onOneDay(spans, talk.state.language) })
  else {
    talk.say("hours.day_closed", { day })
    if (next) sayNext(talk, next)
  }
  return "told"
}

function sayNext(
  talk: Talk,
  { on, opens }: { readonly on: string; readonly opens: string },
  today?: string,
): void {
  talk.say("hours.next_open", { day: on === today ? "today" : on, time: opens })
}

const asksWhere = new RegExp(
  "\\b(where|address|located|location|directions?|street|zip|near|next to|get there|" +
    "donde (estan|esta|quedan?)|direccion|ubicad[oa]s?|ubicacion|como llego|calle|codigo postal|" +
    "quedan|cerca de|rumbo)\\b",
)
const asksNumber = /\b((tele)?phone|number|telefono|numero)\b/
const asksWhen = new RegExp(
  "\\b(hours?|open(s|ed|ing)?|clos(e|es|ed|ing)|late|when|what time|horas?|horarios?|abr\\w+|" +
    "abiert\\w+|cerr\\w+|cierr\\w+|cuando)\\b",
)
const asksNow = /\b(today|tonight|right now|hoy|esta noche|ahora|ahorita)\b/
/** Asked while it is open: "open until six" would answer neither of these. */
const asksWholeDay = new RegExp(
  "\\b(what time do (you|yall|you all|you guys) open|when do (you|yall|you all|you guys) open|" +
    "lunch|noon|a que horas? abren|almuerzo|mediodia|medio dia)\\b",
)
const ofHolidays = /\b(holidays|holiday hours|festivos|feriados)\b/
const ofTheWeek = new RegExp(
  "\\b(week(end|day)?s?|(mon|tues|wednes|thurs|fri|satur|sun)days?|every day|regular|semana|" +
    "que dias|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|todos los dias)\\b",
)

/** An automation read back in plain words, and what came of it. */
import type {
  Became,
  Condition,
  Draft,
  Filling,
  Result,
  Value,
  When,
} from "../../../../modules/automations/contract.ts"
import type { Tone } from "../parts/tag.tsx"
import { type English, locale, say } from "../say.ts"
import { inWords, whenText as momentText, tierName, weekdays } from "../words.ts"
import { commandNames, eventNames, fieldNames } from "./names.ts"

export function eventName(event: string): string {
  return nameIn(eventNames, event)
}

export function commandName(command: string): string {
  return nameIn(commandNames, command)
}

export function fieldName(field: string): string {
  return nameIn(fieldNames, field)
}

function nameIn(names: Readonly<Record<string, English>>, code: string): string {
  const name = names[code]
  return name ? say(name) : inWords(code)
}

export function capitalised(words: string): string {
  return words.charAt(0).toLocaleUpperCase(locale()) + words.slice(1)
}

export function valueText(value: Value): string {
  if (typeof value === "boolean") return value ? say("yes") : say("no")
  if (typeof value === "number") return value.toLocaleString(locale())
  return /^[a-z][a-z_]*$/.test(value) ? inWords(value) : value
}

export function conditionText({ field: code, test }: Condition): string {
  const field = fieldName(code)
  if ("isThere" in test)
    return test.isThere
      ? say("{field} is given", { field })
      : say("{field} is not given", { field })
  if ("oneOf" in test)
    return say("{field} is one of {list}", { field, list: test.oneOf.map(valueText).join(", ") })
  if ("moreThan" in test) return say("{field} is more than {n}", { field, n: test.moreThan })
  if ("lessThan" in test) return say("{field} is less than {n}", { field, n: test.lessThan })
  const value = valueText(test.equals)
  return typeof test.equals === "boolean"
    ? say("{field}: {value}", { field, value })
    : say("{field} is {value}", { field, value })
}

export function whenText(when: When): string {
  if ("event" in when) return say("When {event}", { event: eventName(when.event) })
  const { at, days } = when
  if (days.length === weekdays.length) return say("Every day at {time}", { time: at })
  const named = weekdays.filter(([day]) => days.includes(day)).map(([, name]) => say(name))
  return say("On {days} at {time}", { days: named.join(", "), time: at })
}

/** The whole of it, as one would tell a colleague. */
export function sentence({ when, holds, does, perHour }: Omit<Draft, "name">): string {
  const conditions = holds.map(conditionText).join("; ")
  const start = conditions
    ? say("{when}, and only if {conditions}", { when: whenText(when), conditions })
    : whenText(when)
  const acts = say("{start}: {command}.", { start, command: commandName(does.command) })
  const inputs = Object.entries(does.input).map(fillingText).join("; ")
  const given = inputs ? ` ${say("With {inputs}.", { inputs })}` : ""
  return `${acts}${given} ${say("At most {n} times an hour.", { n: perHour })}`
}

export function fillingText([name, filling]: readonly [string, Filling]): string {
  const field = fieldName(name)
  if ("field" in filling) return say("{field}, as the event tells it", { field })
  return say("{field}: {value}", { field, value: inQuotes(filling.constant) })
}

/** Sentences stand apart from the sentence that they stand in. */
function inQuotes(value: Value): string {
  const text = valueText(value)
  return text.includes(" ") ? say("“{text}”", { text }) : text
}

/** What an editor starts from. */
export function draftOf({ name, when, holds, does, perHour }: Draft): Draft {
  return { name, when, holds, does, perHour }
}

const results: Readonly<Record<Result, English>> = {
  begun: "under way",
  done: "done",
  waits: "waits for a person",
  refused: "refused",
  failed: "not done",
  capped: "over its limit",
  loop: "stopped: it set itself off",
}

export function resultText(result: Result): string {
  return say(results[result])
}

/** What people made of the work item, and when. Who put it elsewhere is in the audit log. */
export function becameText({ what, by, atMs }: Became, tier = 0): string {
  const at = { who: by ?? say("Somebody"), when: momentText(atMs) }
  switch (what) {
    case "approved":
      return say("{who} approved it, {when}", at)
    case "refused":
      return say("{who} refused it, {when}", at)
    case "escalated":
      return say("Put before another person: {who}, {when}", { ...at, who: tierName(tier) })
    case "put_back":
      return say("Approved, stopped, and waiting again since {when}", at)
  }
}

export const resultTones: Readonly<Record<Result, Tone>> = {
  begun: "calm",
  done: "good",
  waits: "soon",
  refused: "late",
  failed: "late",
  capped: "soon",
  loop: "late",
}

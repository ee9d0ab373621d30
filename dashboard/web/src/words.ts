/** Codes and times as a person reads them, in the reader's language. */
import type { Decision } from "../../../core/decision.ts"
import { plainWords } from "./plain-words.ts"
import { type English, locale, say, told } from "./say.ts"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const tiers: Readonly<Record<number, English>> = {
  1: "Technician",
  2: "Pharmacist",
  3: "Manager",
}

const commandName: Readonly<Record<string, English>> = {
  "refills.request": "Refill",
  "transfers.request": "Transfer",
  "complaints.file": "Complaint",
  "work-queue.askInsurance": "Insurance question",
  "work-queue.askPriorAuth": "Prior authorisation",
  "prior-auth.request": "Prior authorisation",
  "work-queue.askNewRx": "New prescription",
  "work-queue.askClinical": "Clinical question",
  "work-queue.askInteraction": "Drug interaction",
  "work-queue.askPrice": "Price question",
  "work-queue.askRefund": "Refund",
  "work-queue.askControlled": "Controlled substance",
}

export const weekdays = [
  ["monday", "Monday"],
  ["tuesday", "Tuesday"],
  ["wednesday", "Wednesday"],
  ["thursday", "Thursday"],
  ["friday", "Friday"],
  ["saturday", "Saturday"],
  ["sunday", "Sunday"],
] as const satisfies readonly (readonly [string, English])[]

/** Who decides on a tier. */
export function tierName(tier: number): string {
  const name = tiers[tier]
  return name ? say(name) : ""
}

interface Verdict {
  readonly verdict: Decision["verdict"]
  readonly tier: number
}

/** What the gate would do. */
export function verdictText({ verdict, tier }: Verdict): string {
  switch (verdict) {
    case "allow":
      return say("It would be done at once; nobody is asked.")
    case "ask":
      return say("It would wait for this person: {who}.", { who: tierName(tier) })
    case "refuse":
      return say("It would be refused.")
  }
}

/** A code of the house in the reader's language. */
export function inWords(code: string): string {
  return told(plainWords(code))
}

export function titleOf(command: string | undefined, row: string): string {
  const name = command === undefined ? undefined : commandName[command]
  return name ? say(name) : inWords(row)
}

/** Where a conversation stands; `tasks` is what the engine calls working through the requests. */
export function stepText(step: string): string {
  return step === "tasks" ? say("Working through the requests") : inWords(step)
}

/** "in 12 min", "3 h late". */
export function dueText(dueAtMs: number, nowMs: number): string {
  const leftMs = dueAtMs - nowMs
  const length = spanText(Math.abs(leftMs))
  return leftMs < 0 ? say("{span} late", { span: length }) : say("in {span}", { span: length })
}

/** "just now", "4 min ago". */
export function agoText(atMs: number, nowMs: number): string {
  const passedMs = nowMs - atMs
  return passedMs < MINUTE_MS ? say("just now") : say("{span} ago", { span: spanText(passedMs) })
}

export function spanText(spanMs: number): string {
  if (spanMs < HOUR_MS) return `${Math.max(1, Math.round(spanMs / MINUTE_MS))} min`
  if (spanMs < DAY_MS) return `${Math.round(spanMs / HOUR_MS)} h`
  return `${Math.round(spanMs / DAY_MS)} d`
}

/** "2:07". */
export function clockSpan(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

export function timeOfDay(atMs: number): string {
  return new Date(atMs).toLocaleTimeString(locale(), { hour: "numeric", minute: "2-digit" })
}

/** "9:00 AM" of today, "Wed 9:00 AM" of another day. */
export function whenText(atMs: number): string {
  const at = new Date(atMs)
  if (at.toDateString() === new Date().toDateString()) return timeOfDay(atMs)
  return `${at.toLocaleDateString(locale(), { weekday: "short" })} ${timeOfDay(atMs)}`
}

/** "+15125550150" for however a number was typed; undefined when it is none. */
export function phoneOf(typed: string): string | undefined {
  const digits = typed.replaceAll(/\D/g, "").replace(/^1(?=\d{10}$)/, "")
  return digits.length === 10 ? `+1${digits}` : undefined
}

/** "(512) 555-0150" for "+15125550150". */
export function phoneText(phone: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone)
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : phone
}

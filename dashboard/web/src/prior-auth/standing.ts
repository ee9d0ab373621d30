/** How prior authorisations stand: which press, in what order they come, what is missing. */
import type { PriorAuth } from "../../../../modules/prior-auth/contract.ts"
import { daysAgo } from "../reports.ts"
import type { English } from "../say.ts"

/** As many days before an approval ends it is shown first, as the module reminds of it. */
const ENDS_SOON_DAYS = 14

export type Alarm = "late" | "ends"

/** The plan is late with its answer, or its approval ends soon; undefined when nothing presses. */
export function alarmOf({ state, dueAtMs, validUntil }: PriorAuth, nowMs: number) {
  if (state === "submitted" && dueAtMs !== undefined && dueAtMs <= nowMs) return "late"
  const isApproved = state === "approved" || state === "paid"
  const isNear = validUntil !== undefined && validUntil <= daysAgo(-ENDS_SOON_DAYS)
  return isApproved && isNear && validUntil >= daysAgo(0) ? "ends" : undefined
}

interface Group {
  readonly title: English
  readonly auths: readonly PriorAuth[]
}

/** What presses first; then what a person can do something about; then what waits for the plan. */
export function inGroups(auths: readonly PriorAuth[], nowMs: number): readonly Group[] {
  const pressing = auths.filter((one) => alarmOf(one, nowMs) !== undefined)
  const rest = auths.filter((one) => !pressing.includes(one))
  const those = (state: PriorAuth["state"]) =>
    rest.filter((one) => one.state === state).toSorted((a, b) => orderOf(a) - orderOf(b))
  return [
    { title: "Alarms", auths: pressing.toSorted((a, b) => orderOf(a) - orderOf(b)) },
    { title: "Approved, the claim to send again", auths: those("approved") },
    { title: "Letter to prepare", auths: those("open") },
    { title: "With the plan", auths: those("submitted") },
  ]
}

/** The one that is due first; what has no deadline by when it was opened. */
function orderOf({ dueAtMs, openedOn }: PriorAuth): number {
  return dueAtMs ?? Date.parse(openedOn)
}

/** What a person still has to find out or write before the letter can go. */
export function missingIn({ packet, claim, letter }: PriorAuth, text: string): readonly English[] {
  return [
    ...(packet ? [] : (["What the prescriber gave"] as const)),
    ...(packet?.tried.length === 0 ? (["What was tried before"] as const) : []),
    ...(letter ? [] : (["The letter"] as const)),
    ...(letter && placesLeft(text) > 0 ? (["Words for the brackets in the letter"] as const) : []),
    ...(claim ? [] : (["The claim as it was refused"] as const)),
  ]
}

/** Places that a draft leaves to a person, and its own word that it is one. */
export function placesLeft(letter: string): number {
  return letter.match(/\bDRAFT\b|\[[^\]]*\]/g)?.length ?? 0
}

/** "metformin: nausea" in a line each, as they are typed. */
export function triedIn(typed: string) {
  return typed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [drugName = "", ...outcome] = line.split(":")
      return { drugName: drugName.trim(), outcome: outcome.join(":").trim() }
    })
    .filter(({ drugName }) => drugName !== "")
}

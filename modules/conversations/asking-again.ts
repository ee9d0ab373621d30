/** Nothing could be made of what was said: asked again, then by keys, then a person. */
import type { Expect } from "../../intent/contract.ts"
import { handOver, type Talk } from "./talk.ts"

export const REASKS_MAX = 2

/** `unheard`: not even the words are known. */
export async function reask(talk: Talk, why: "unheard" | "unclear" = "unclear"): Promise<void> {
  const { state } = talk
  state.reasks++
  if (state.reasks > REASKS_MAX) return handOver(talk, "technician")
  const isLast = state.reasks === REASKS_MAX
  const isOpenQuestion = state.mode === "tasks" && !state.current?.step
  if (isOpenQuestion && !isLast && why === "unclear") return talk.ask("request", "ask.rephrase")
  if (isOpenQuestion && isLast) {
    talk.say("ask.again_keys")
    return talk.ask("request", "menu.keys")
  }
  state.prefersKeys = true
  // A reason that was just given is apology enough.
  if (talk.lines.length === 0) talk.say("ask.not_understood")
  talk.askAgain()
  const { expect } = state.turn
  const hint = isLast || inDigits.has(expect) ? hints[expect] : undefined
  if (hint && talk.offersKeys) talk.say(hint)
}

/** Ears that got these wrong get them wrong again. */
const inDigits: ReadonlySet<Expect> = new Set(["rx_number", "zip", "code"])

/** Other ways to answer, for whom the words did not get through. */
const hints: Readonly<Partial<Record<Expect, string>>> = {
  yes_no: "hint.yes_no",
  name: "hint.name",
  date_of_birth: "hint.date_of_birth",
  rx_number: "hint.number",
  zip: "hint.number",
  code: "hint.number",
  which_drug: "hint.which",
}

/**
 * The caller made a sound while the agent spoke. The agent is quiet at once; this decides what
 * happens then: go on where it was cut off, or give way.
 */
import type { Expect } from "../../intent/contract.ts"
import { isEcho } from "./echo.ts"
import { wordsOf } from "./said.ts"

/** By then it is decided: who still speaks means it. */
export const DECIDE_MS = 2_000

/** "I am listening", in both languages; not an answer and not an interruption. */
const BACKCHANNELS = new Set(
  [
    "uh huh|uhuh|uh|um|ah|oh|aha|ok|k|kay|okay|yeah|yep|yes|right|sure|cool",
    "i see|got it|alright|all right|good|great|oh ok|oh okay|ok ok|okay okay|yeah yeah",
    "aja|si|si si|bueno|ya|claro|vale|eso|entiendo|de acuerdo|muy bien|bien|dale",
  ].flatMap((line) => line.split("|")),
)

/** A hum, however an ear spells it: "mm-hm", "mmhm", "M. H. M." */
const HUM = /^[hm ]+$/

export interface Interruption {
  readonly text: string
  readonly expect: Expect
  /** The caller may already know the question: its sentence is being spoken or was spoken. */
  readonly isQuestionReached: boolean
  /** What the agent said lately. */
  readonly ownSpeech: readonly string[]
}

/** `nothing`: go on speaking. `words`: the caller has the floor. */
export function judge(interruption: Interruption): "nothing" | "words" {
  const said = wordsOf(interruption.text).join(" ")
  if (said === "") return "nothing"
  if (isEcho(interruption.text, interruption.ownSpeech)) return "nothing"
  if (!BACKCHANNELS.has(said) && !HUM.test(said)) return "words"
  const isAnswer = interruption.expect === "yes_no" && interruption.isQuestionReached
  return isAnswer ? "words" : "nothing"
}

/** Which of several: "the second one", "the last", "the other one", "all of them". */
import { wordsOf } from "../words.ts"

export type Choice = 1 | 2 | 3 | "last" | "other"

const choices: readonly (readonly [Choice, RegExp])[] = [
  ["other", /\b(the|that) other( one)?\b|\bother one\b|\b(la otra|el otro)\b/],
  ["last", /\b(the|that) last( one)?\b|\blast one\b|\b(la|el) ultim[ao]\b/],
  [
    1,
    /\b(the|that) (first|1st)( one)?\b|\bfirst one\b|\b(number|option) (one|1)\b|\b(la|el) primer[ao]?\b/,
  ],
  [
    2,
    /\b(the|that) (second|2nd)( one)?\b|\bsecond one\b|\b(number|option) (two|2)\b|\b(la|el) segund[ao]\b/,
  ],
  [
    3,
    /\b(the|that) (third|3rd)( one)?\b|\bthird one\b|\b(number|option) (three|3)\b|\b(la|el) tercer[ao]?\b/,
  ],
]

const all =
  /\b(all of (them|it|those|my)|all (two|three|four|five|my|the|those)|every ?one of them|everything|all|both( of them)?|the whole (lot|thing)|tod[oa]s)\b/
const notAll =
  /\b(thats all|that is all|that ll be all|thatll be all|thats everything|not all|all (right|set|done|good|day|week|morning|the time)|after all|at all|all i|all of a sudden|is all)\b/

/** The choice in an utterance, if one was made. */
export function choiceIn(text: string): Choice | undefined {
  const said = wordsOf(text).join(" ")
  return choices.find(([, pattern]) => pattern.test(said))?.[0]
}

/** True for "all of them" and "both"; not for "that's all". */
export function saysAll(text: string): boolean {
  const said = wordsOf(text).join(" ")
  return all.test(said) && !notAll.test(said)
}

/** Which of several: "the second one", "the last", "the other one", "all of them". */
import { wordsOf } from "../words.ts"

export type Choice = 1 | 2 | 3 | "last" | "other"

function placed(words: string, numbers: readonly string[], spanish: string): RegExp {
  return new RegExp(
    `\\b(the|that) ${words}( one)?\\b|\\b${words} one\\b|` +
      `\\b(number|option|numero|opcion) (${numbers.join("|")})\\b|` +
      `\\b(la|el|esa|ese) ${spanish}\\b|^(no |si |pues )*${spanish}( por favor)?$`,
  )
}

const choices: readonly (readonly [Choice, RegExp])[] = [
  ["other", /\b(the|that) other( one)?\b|\bother one\b|\b(la|el|esa|ese|mejor) otr[ao]\b/],
  ["last", /\b(the|that) last( one)?\b|\blast one\b|\b(la|el|esa|ese) ultim[ao]\b/],
  [1, placed("(first|1st)", ["one", "1", "un[oa]"], "primer[ao]?")],
  [2, placed("(second|2nd)", ["two", "2", "dos"], "segund[ao]")],
  [3, placed("(third|3rd)", ["three", "3", "tres"], "tercer[ao]?")],
]

const all = new RegExp(
  "\\b(all of (them|it|those|my)|all (two|three|four|five|my|the|those)|every ?one of them|" +
    "everything|all|both( of them)?|the whole (lot|thing)|tod[oa]s|todo|amb[oa]s)\\b|" +
    "(?<!\\ba )\\bl[ao]s (dos|tres|cuatro)\\b(?! (de la|en punto|y (media|cuarto)))",
)
const notAll = new RegExp(
  "\\b(thats all|that is all|that ll be all|thatll be all|thats everything|not all|" +
    "all (right|set|done|good|day|week|morning|the time)|after all|at all|all i|" +
    "all of a sudden|is all|(es|seria|fue) todo|todo (bien|el dia|el mes)|" +
    "del todo|sobre todo|ante todo|" +
    "tod[oa]s los dias|tod[oa]s las (noches|mananas|semanas)|todos los meses|no tod[oa]s)\\b",
)

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

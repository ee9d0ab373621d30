/**
 * What a pharmacy may begin its calls with, in its own words: a welcome and nothing else. It mends
 * no sentence: one that goes further is not said, and the house's own is.
 */
import { mustNeverBeSaid } from "./never-say.ts"

export type GreetingTrouble = "never_say" | "number" | "address" | "medicine"

/** Opening hours, prices and numbers to call have answers of their own, which are kept true. */
const number = /\p{N}/u
const address = /@|\bwww\b|https?:|\w\.(com|net|org|example)\b/i

/**
 * Names of medicines by their stems, as the USAN Council gives them, and a few that have none. In a
 * greeting one would be an advertisement, or tell who listens in what somebody takes.
 */
const stems =
  "pril|sartan|statin|olol|azole|cillin|mycin|micina|floxacin|codone|codona|morphone|azepam|" +
  "zolam|formin|gliptin|glutide|gliflozin|oxetine|oxetina|triptan|profen|profeno|dronate|" +
  "setron|fenac|afil|barbital|phylline|cycline|ciclina|parin|parina"
const names = "insulin|insulina|aspirin|aspirina|morphine|morfina|warfarin|warfarina|opioid|opioide"
const medicine = new RegExp(`\\b(\\w{2,}(${stems})|(${names}))s?\\b`)

/** Why the words may not be said; undefined when they may. */
export function troubleWithGreeting(words: string): GreetingTrouble | undefined {
  if (number.test(words)) return "number"
  if (address.test(words)) return "address"
  if (medicine.test(words.toLowerCase())) return "medicine"
  return mustNeverBeSaid(words) ? "never_say" : undefined
}

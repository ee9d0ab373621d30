/** The loops that transcribers fall into, found in tokens while they come and in finished text. */

/** Shorter loops are speech: "seven zero zero zero zero". */
const LOOP_TOKENS_MIN = 12
const LOOP_TURNS_MIN = 4
const LOOP_SPAN_MAX = 10

/** How many tokens at the end are a loop that adds nothing; 0 when there is none. */
export function loopLength(tokens: readonly number[]): number {
  for (let span = 1; span <= LOOP_SPAN_MAX; span++) {
    let same = 0
    for (let at = tokens.length - 1; at >= span && tokens[at] === tokens[at - span]; at--) same++
    const length = same + span
    if (same > 0 && length >= LOOP_TOKENS_MIN && length >= span * LOOP_TURNS_MIN) {
      return length - span
    }
  }
  return 0
}

const plain = (sentence: string): string =>
  sentence.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "")

/** Drops a sentence that only says the one before it again. Single words may be said twice. */
export function withoutRepeats(text: string): string {
  const sentences = text.match(/[^.!?]+[.!?]*\s*/g) ?? []
  const kept = sentences.filter((sentence, i) => {
    const isLong = sentence.trim().includes(" ")
    return i === 0 || !isLong || plain(sentence) !== plain(sentences[i - 1]!)
  })
  return kept.join("").trim()
}

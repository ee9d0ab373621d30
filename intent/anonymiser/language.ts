/** Which words are of the other language than the turn they stand in. "Alli" and "sola" are
 * ordinary in Spanish; in an English sentence they are more likely somebody. */
import { isOnlyEnglish, isOnlySpanish } from "./lexicon.ts"
import type { Token } from "./tokens.ts"

const FEWEST_ENGLISH = 2

/** Callers who speak both at once are believed: one word alone is what stands out. */
export function outOfPlace(tokens: readonly Token[]): boolean[] {
  const english = new Map<number, number>()
  const spanish = new Map<number, number>()
  for (const { turn, word } of tokens) {
    if (isOnlyEnglish(word)) english.set(turn, (english.get(turn) ?? 0) + 1)
    if (isOnlySpanish(word)) spanish.set(turn, (spanish.get(turn) ?? 0) + 1)
  }
  return tokens.map(({ turn, word }) => {
    const isEnglish = (english.get(turn) ?? 0) >= FEWEST_ENGLISH && spanish.get(turn) === 1
    return isEnglish && isOnlySpanish(word)
  })
}

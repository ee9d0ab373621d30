/** The agent's own voice, come back through a loudspeaker, is not the caller. */
import { overlap, wordsOf } from "./said.ts"

/** The line's echo canceller learns during the first speech; what sounds then may be ourselves. */
export const FIRST_SPEECH_MS = 3_000
const SHARE_MIN = 0.75
/** One or two words are in every sentence; they prove nothing. */
const WORDS_MIN = 3

/** True when the words are mostly those the agent was just saying. */
export function isEcho(text: string, ownSpeech: readonly string[]): boolean {
  const words = wordsOf(text)
  if (words.length < WORDS_MIN) return false
  const own = ownSpeech.flatMap(wordsOf)
  return own.length >= words.length && overlap(words, own) >= SHARE_MIN
}

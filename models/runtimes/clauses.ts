/**
 * Cuts a text into what is spoken at once. The first piece is short, so that the caller hears
 * something soon; the others are as long as a breath, so that the melody is right.
 */

const FIRST_WORDS_MIN = 3
const FIRST_CHARACTERS_MAX = 60
const CHARACTERS_MAX = 160

const PHRASE = /\S.*?(?:[,;:.!?—…]+(?=\s|$)|$)/gsu
const SENTENCE_END = /[.!?…]$/u

const wordsIn = (text: string): number => text.split(/\s+/).length

/** The clauses of a text, in order; together they are the text. */
export function clausesOf(text: string): string[] {
  const phrases = (text.match(PHRASE) ?? []).flatMap((phrase, i) =>
    broken(phrase.trim(), i === 0 ? FIRST_CHARACTERS_MAX : CHARACTERS_MAX),
  )
  const clauses: string[] = []
  let open = ""
  for (const phrase of phrases) {
    const joined = open === "" ? phrase : `${open} ${phrase}`
    if (joined.length > CHARACTERS_MAX && open !== "") {
      clauses.push(open)
      open = phrase
    } else open = joined
    const isFirst = clauses.length === 0
    if (SENTENCE_END.test(open) || (isFirst && wordsIn(open) >= FIRST_WORDS_MIN)) {
      clauses.push(open)
      open = ""
    }
  }
  return open === "" ? clauses : [...clauses, open]
}

/** A phrase without a mark that is too long for one breath is broken between words. */
function broken(phrase: string, most: number): string[] {
  if (phrase.length <= Math.max(most, CHARACTERS_MAX / 2)) return [phrase]
  const middle = phrase.lastIndexOf(" ", most)
  if (middle <= 0) return [phrase]
  return [phrase.slice(0, middle), ...broken(phrase.slice(middle + 1), CHARACTERS_MAX)]
}

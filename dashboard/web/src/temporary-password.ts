/**
 * A password that is said over the counter and typed once: syllables, so that it can be; drawn by
 * the browser's own dice, so that nobody guesses it. Never kept, never sent but to be set.
 */
const CONSONANTS = "bdfgklmnprstvz"
const VOWELS = "aeiou"
const WORDS = 4
/** One word: about sixteen bits. */
const SHAPE = [CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS]
const NAME_LENGTH_MIN = 3

/** Holds none of the names, which the server would refuse. */
export function makeTemporaryPassword(names: readonly string[]): string {
  const parts = names.flatMap((name) => name.toLowerCase().split(/[^\p{L}]+/u))
  const taken = parts.filter((part) => part.length >= NAME_LENGTH_MIN)
  for (;;) {
    const password = Array.from({ length: WORDS }, word).join("-")
    if (!taken.some((part) => password.includes(part))) return password
  }
}

function word(): string {
  return SHAPE.map(letterOf).join("")
}

/** Numbers beyond the last whole round of the letters would favour the first of them. */
function letterOf(letters: string): string {
  const fair = 256 - (256 % letters.length)
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint8Array(1))
    if (drawn < fair) return letters.charAt(drawn % letters.length)
  }
}

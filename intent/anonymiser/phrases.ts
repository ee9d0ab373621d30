/** Small questions about what stands around a word. No rule of its own. */
import { hesitations } from "./lexicon.ts"
import type { Sheet } from "./sheet.ts"

/** The longest of the phrases that end right before `at`, hesitations passed over. */
export function phraseBefore(
  { words }: Sheet,
  at: number,
  phrases: readonly (readonly string[])[],
): readonly string[] | undefined {
  let end = at
  while (end > 0 && hesitations.has(words[end - 1] ?? "")) end -= 1
  return phrases
    .filter((phrase) =>
      phrase.every((word, offset) => words[end - phrase.length + offset] === word),
    )
    .toSorted((a, b) => b.length - a.length)[0]
}

/** One of the words stands among the few before `at`. */
export function isAfter(
  { words }: Sheet,
  at: number,
  { cues, within }: { cues: ReadonlySet<string>; within: number },
): boolean {
  return words.slice(Math.max(0, at - within), at).some((word) => cues.has(word))
}

/** A pause that ends a name: the end of a sentence. */
export function isBreak({ tokens }: Sheet, at: number): boolean {
  return /[.!?¿¡;:]/.test(tokens[at]?.gap ?? "")
}

/** Written with a capital where ordinary words are not. */
export function isOddlyCapital({ tokens }: Sheet, at: number): boolean {
  const token = tokens[at]
  if (token === undefined || /^I(['’]|$)/.test(token.raw)) return false
  return token.isCapital && !token.opensSentence
}

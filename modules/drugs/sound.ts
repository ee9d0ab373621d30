/** How close two names are, written and spoken. Pure; knows no drug. */
import { doubleMetaphone } from "double-metaphone"
import { distance } from "fastest-levenshtein"

export interface Sound {
  /** Letters and digits without spaces. */
  readonly letters: string
  readonly codes: readonly string[]
}

/** Shorter names are too like ordinary words to be guessed: they must be there letter by letter. */
const GUESSED_LENGTH_MIN = 5
/** Names whose lengths differ more than this share are not compared. */
const LENGTH_GAP_MAX = 0.4

export function soundOf(letters: string): Sound {
  const codes = doubleMetaphone(letters).filter((code) => code !== "")
  return { letters, codes: [...new Set(codes)] }
}

/** From 0, nothing alike, to 1, the same letters. Half is spelling, half is how it sounds. */
export function closeness(one: Sound, other: Sound): number {
  if (one.letters === other.letters) return 1
  const lengths = [one.letters.length, other.letters.length]
  if (Math.min(...lengths) < GUESSED_LENGTH_MIN) return 0
  if (1 - Math.min(...lengths) / Math.max(...lengths) > LENGTH_GAP_MAX) return 0
  const written = likeness(one.letters, other.letters)
  if (written < 0.5) return 0
  const spoken = one.codes.flatMap((a) => other.codes.map((b) => likeness(a, b)))
  // Never quite 1: only the same letters are.
  return Math.min(0.99, (written + Math.max(0, ...spoken)) / 2)
}

function likeness(one: string, other: string): number {
  return 1 - distance(one, other) / Math.max(one.length, other.length)
}

/** Who may have been meant by a word that is no known name but is written or sounds nearly like
 * one. It measures; whether near is near enough depends on where the word stands. */
import { distance } from "fastest-levenshtein"
import { codesOf, type KnownIndex, type KnownName } from "./known.ts"

export interface Near {
  readonly name: KnownName
  /** From 0, nothing alike, to 1, the same letters. */
  readonly closeness: number
  /** The same without its sound. */
  readonly written: number
}

export const SAME_SOUND = 0.9
const LONGEST_GAP = 4

/** The known name that comes nearest, if any comes nearer than half. */
export function nearestName({ names }: KnownIndex, letters: string): Near | undefined {
  if (letters.length < 2) return undefined
  const codes = codesOf(letters)
  let best: Near | undefined
  for (const name of names) {
    if (Math.abs(name.letters.length - letters.length) > LONGEST_GAP) continue
    const { closeness, written } = likeness(name, { letters, codes })
    if (closeness > (best?.closeness ?? 0.5)) best = { name, closeness, written }
  }
  return best
}

function likeness(
  name: KnownName,
  heard: { readonly letters: string; readonly codes: readonly string[] },
): Omit<Near, "name"> {
  if (name.letters === heard.letters) return { closeness: 1, written: 1 }
  const longer = Math.max(name.letters.length, heard.letters.length)
  const written = 1 - distance(name.letters, heard.letters) / longer
  const sounds = heard.codes.filter((code) => name.codes.includes(code))
  // One consonant is no sound to recognise anybody by.
  const isSameSound = sounds.some((code) => code.length > 1) && written >= 0.3
  const isSameShort = sounds.length > 0 && written >= 0.5
  const isSame = isSameSound || isSameShort
  return { closeness: isSame ? Math.max(SAME_SOUND, written) : written, written }
}

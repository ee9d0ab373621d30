/** Which of the caller's own prescriptions a named doctor wrote; the name was heard, not read. */
import { distance } from "fastest-levenshtein"
import type { Prescription } from "#core/pms.ts"
import { plain } from "./plain.ts"

const TITLES = new Set(["dr", "dra", "doctor", "doctora", "md", "do", "np", "pa"])
/** One letter may be misheard in a name this long. */
const FORGIVING_LETTERS = 5

/** Empty when none of them is from this doctor. */
export function writtenBy(
  said: string,
  prescriptions: readonly Prescription[],
): readonly Prescription[] {
  const heard = namesIn(said)
  const last = heard.at(-1)
  if (last === undefined) return []
  return prescriptions.filter(({ prescriber = "" }) => {
    const own = namesIn(prescriber)
    // "Winter", "Ada Winter": the last name must be there, and a first one not contradict it.
    const hasLast = own.some((name) => isNear(name, last))
    return hasLast && heard.every((name) => own.some((one) => isNear(one, name)))
  })
}

function namesIn(text: string): readonly string[] {
  return (plain(text).match(/[a-z]+/g) ?? []).filter((word) => !TITLES.has(word))
}

function isNear(one: string, other: string): boolean {
  const isLong = Math.min(one.length, other.length) >= FORGIVING_LETTERS
  return distance(one, other) <= (isLong ? 1 : 0)
}

/** A five-digit ZIP code; of nine digits the first five. */
import { digitRuns } from "./numbers.ts"

const ZIP_DIGITS = 5
const ZIP_PLUS_FOUR_DIGITS = 9

const cue = /^(zip|zipcode|postal|zona)$/

/** Whether the digits beside are said to be a ZIP code, however many were heard. */
export function namesZip(words: readonly string[]): boolean {
  return words.some((word) => cue.test(word))
}

/** The ZIP code in the words: any five digits when asked for, else only after the word "zip". */
export function zipIn(words: readonly string[], isAsked: boolean): string | undefined {
  const named = words.findIndex((word) => cue.test(word))
  if (!isAsked && named < 0) return undefined
  const runs = digitRuns(words).filter((run) => isAsked || run.from > named)
  const exact = runs.find((run) => run.digits.length === ZIP_DIGITS)
  if (exact) return exact.digits
  const long = runs.find((run) => run.digits.length === ZIP_PLUS_FOUR_DIGITS)
  if (long) return long.digits.slice(0, ZIP_DIGITS)
  const joined = runs.map((run) => run.digits).join("")
  return isAsked && joined.length === ZIP_DIGITS ? joined : undefined
}

/** Where in a sentence a name may stand: after "my name is", after titles and relations, beside
 * what was already found of it. */
import { afterName, nameCues, relatives, softCues, strongTitles, titles } from "./lexicon.ts"
import { isBreak, phraseBefore } from "./phrases.ts"
import { isFree, isTaken, type Sheet } from "./sheet.ts"

export const MOST_NAME_WORDS = 4
export const BARE_TURN_WORDS = 4
const namedTypes = /^\[?(CALLER|PATIENT|PRESCRIBER|STAFF|NAME|SPELLING)/

export function isAfterNameCue(sheet: Sheet, at: number): boolean {
  const { words } = sheet
  const isOfThing = /^(brand|generic|drug|medication|street)$/.test(words[at - 2] ?? "")
  if (strongTitles.has(words[at - 1] ?? "")) return true
  if (isOfThing || /^(is|es)$/.test(words[at] ?? "")) return false
  // "My name is Willard Sure": what was found of the name is passed over.
  let from = at
  while (at - from < MOST_NAME_WORDS && isNamed(sheet, from - 1)) from -= 1
  const isRest = from === at || (!isBreak(sheet, at) && !/,/.test(sheet.tokens[at]?.gap ?? ""))
  return isRest && phraseBefore(sheet, from, nameCues) !== undefined
}

export function isSoftPlace(sheet: Sheet, at: number): boolean {
  const { words, tokens } = sheet
  const before = words[at - 1] ?? ""
  const isFirst = tokens[at]?.turn !== tokens[at - 1]?.turn
  if (relatives.has(before) || titles.has(before)) return true
  if (isToldBy(sheet, at) || (isFirst && turnLength(sheet, at) <= BARE_TURN_WORDS)) return true
  return phraseBefore(sheet, at, softCues) !== undefined
}

/** "Rose here", "hi, Stone speaking". */
export function isToldBy(sheet: Sheet, at: number): boolean {
  const { tokens, words } = sheet
  return afterName.has(words[at + 1] ?? "") && tokens[at + 1]?.turn === tokens[at]?.turn
}

export function turnLength({ tokens }: Sheet, at: number): number {
  const turn = tokens[at]?.turn
  let until = at
  while (tokens[until]?.turn === turn && until - at <= BARE_TURN_WORDS) until += 1
  return until - at
}

export function isNamed(sheet: Sheet, at: number): boolean {
  if (!isTaken(sheet, at)) return false
  const type = sheet.claims[at]?.thing.type ?? sheet.tokens[at]?.raw ?? ""
  return namedTypes.test(type)
}

/** "One" is allowed as a word, and may be the end of Featherstone all the same. */
export function mayBeName(sheet: Sheet, at: number): boolean {
  const isAllowed = sheet.isAllowed[at] === true && sheet.words[at] !== "one"
  return isFree(sheet, at) && sheet.tokens[at]?.kind === "word" && !isAllowed
}

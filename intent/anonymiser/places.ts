/** Places smaller than a state: streets with their numbers, and towns where the words around say
 * that one follows. States stay. */
import {
  grammarWords,
  notNames,
  placeCues,
  streetParts,
  streetPrefixes,
  streetSuffixes,
} from "./lexicon.ts"
import { isBreak, phraseBefore } from "./phrases.ts"
import { isFiller, isNumberWord, repeatOf, soundsLikeDigit } from "./said.ts"
import { claim, claimUnknown, isFree, type Sheet } from "./sheet.ts"

const MOST_STREET_WORDS = 4
const MOST_PLACE_WORDS = 8
/** "St." and "Dr." come before a name as well; "the way" and "in place" are no streets. */
const doubtful = new Set("way place court drive square circle loop trail st dr ct pl".split(" "))
const units = new Set(
  "apartment apt unit suite ste box piso apartamento number numero floor".split(" "),
)

export function claimPlaces(sheet: Sheet): void {
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    const word = sheet.words[at] ?? ""
    const isEnding = sheet.tokens[at]?.gap === ""
    if (streetSuffixes.has(word) && !isEnding) claimStreetEndingAt(sheet, at)
    if (streetPrefixes.has(word)) claimStreetAfter(sheet, at)
    if (word === "box" && (sheet.words[at - 1] === "po" || sheet.words[at - 1] === "o")) {
      claimAddress(sheet, at - 1, numberEnd(sheet, at + 1))
    }
    const isCued = phraseBefore(sheet, at, placeCues) !== undefined
    if (isCued || isAfterAddress(sheet, at)) claimPlaceFrom(sheet, at)
  }
  claimKnownStreets(sheet)
}

/** The town that is told after a street. */
function isAfterAddress(sheet: Sheet, at: number): boolean {
  if (!isFree(sheet, at) || isBreak(sheet, at)) return false
  const before = /^(in|en|de)$/.test(sheet.words[at - 1] ?? "") ? at - 2 : at - 1
  const type = sheet.claims[before]?.thing.type ?? sheet.tokens[before]?.raw ?? ""
  return /^\[?ADDRESS/.test(type) && sheet.tokens[before]?.turn === sheet.tokens[at]?.turn
}

function isNumber({ words }: Sheet, at: number): boolean {
  const word = words[at] ?? ""
  return isNumberWord(word) || word === "oh" || repeatOf(word) !== undefined
}

/** A comma or the end of a sentence between two numbers. */
function isCut({ tokens }: Sheet, at: number, from: number): boolean {
  return at < from && /[,.!?;]/.test(tokens[at]?.gap ?? "")
}

function isAmongNumbers(sheet: Sheet, at: number): boolean {
  const word = sheet.words[at] ?? ""
  return isNumber(sheet, at) || isFiller(word) || soundsLikeDigit(word) !== undefined
}

function numberEnd(sheet: Sheet, from: number): number {
  let at = from
  while (isNumber(sheet, at)) at += 1
  return at
}

/** "4821 Maple Street apartment 3", "on Maple Street", "forty eight twenty one maple street". */
function claimStreetEndingAt(sheet: Sheet, at: number): void {
  let from = at
  const isPartOf = (word: string): boolean =>
    word !== "" && !grammarWords.has(word) && !notNames.has(word)
  const isFirst = sheet.tokens[at]?.turn !== sheet.tokens[at - 1]?.turn
  if (isFirst && /^(dr|st)$/.test(sheet.words[at] ?? "")) return
  while (at - from < MOST_STREET_WORDS && from > 0 && !isNumber(sheet, from - 1)) {
    if (isBreak(sheet, from) || !isPartOf(sheet.words[from - 1] ?? "")) break
    from -= 1
  }
  let begins = from
  while (begins > 0 && isAmongNumbers(sheet, begins - 1) && !isCut(sheet, begins, from)) begins -= 1
  while (begins < from && !isNumber(sheet, begins)) begins += 1
  const hasNumber = begins < from
  if (from === at) return
  const isStreet = hasNumber || (from < at && !doubtful.has(sheet.words[at] ?? ""))
  if (!isStreet) return
  claimAddress(sheet, hasNumber ? begins : from, unitEnd(sheet, at + 1))
}

function unitEnd(sheet: Sheet, from: number): number {
  let at = from
  while (streetParts.has(sheet.words[at] ?? "")) {
    const isUnit = units.has(sheet.words[at] ?? "")
    at = isUnit ? numberEnd(sheet, at + 1) : at + 1
    if (isUnit && /^[a-z]$/.test(sheet.words[at] ?? "")) at += 1
  }
  return at
}

/** "calle Olmo 4821", "avenida de los Pinos cuarenta y ocho". */
function claimStreetAfter(sheet: Sheet, at: number): void {
  let until = at + 1
  const particles = new Set(["de", "del", "la", "los", "las", "el"])
  while (until - at <= MOST_STREET_WORDS && until < sheet.tokens.length && !isBreak(sheet, until)) {
    const word = sheet.words[until] ?? ""
    if ((notNames.has(word) || grammarWords.has(word)) && !particles.has(word)) break
    until += 1
  }
  const begins = isNumber(sheet, at - 1) ? at - 1 : at
  claimAddress(sheet, begins, unitEnd(sheet, numberEnd(sheet, until)))
}

function claimAddress(sheet: Sheet, from: number, until: number): void {
  claimUnknown(sheet, { from, until }, { layer: "pattern", type: "ADDRESS" })
}

function claimPlaceFrom(sheet: Sheet, from: number): void {
  let until = from
  while (until - from < MOST_PLACE_WORDS && until < sheet.tokens.length) {
    const word = sheet.words[until] ?? ""
    const isEnd = isBreak(sheet, until) && until > from
    if (isEnd || grammarWords.has(word) || notNames.has(word)) break
    until += 1
  }
  if (until > from) claimUnknown(sheet, { from, until }, { layer: "pattern", type: "PLACE" })
}

/** A word of a known street, where it stands as one: beside a number, a street or a place. */
function claimKnownStreets(sheet: Sheet): void {
  for (const [at, word] of sheet.words.entries()) {
    const thing = sheet.known.streets.get(word)
    if (thing === undefined || !isFree(sheet, at)) continue
    const before = sheet.words[at - 1] ?? ""
    const after = sheet.words[at + 1] ?? ""
    const isBeside =
      isNumber(sheet, at - 1) || /^(on|at|en|of|in)$/.test(before) || streetSuffixes.has(after)
    const isNeighbour = sheet.known.streets.has(before) || sheet.known.streets.has(after)
    if (isBeside || isNeighbour) {
      claim(sheet, { from: at, until: at + 1 }, { layer: "known", thing })
    }
  }
}

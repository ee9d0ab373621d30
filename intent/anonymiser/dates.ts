/** Days and months, written or said, whole or in part. A year alone may stay (numbers.ts decides);
 * a month, a day or a weekday never does. */

import type { KnownDay, Thing } from "./known.ts"
import {
  besideWords,
  birthCues,
  months,
  nameCues,
  nameWords,
  ordinals,
  relatives,
  softOrdinals,
  weekdays,
} from "./lexicon.ts"
import { isAfter, phraseBefore } from "./phrases.ts"
import { digitPieces, isNumberWord } from "./said.ts"
import { claim, claimUnknown, isFree, type Sheet, type Span } from "./sheet.ts"

const connectors = new Set(
  "the of de del el la dia day and y year ano in en st nd rd th".split(" "),
)
const endings = new Set(["st", "nd", "rd", "th"])
/** "May" is a month after these, and a verb after others. */
const beforeMay = new Set(
  "in of on until by last next this since during early late mid for".split(" "),
)
const afterVerb = new Set("be have not i we you need want also".split(" "))
const BIRTH_CUE_WORDS = 6
const monthNumbers = new Map(
  [
    "january jan enero",
    "february feb febuary febrero",
    "march mar marzo",
    "april apr abril",
    "may mayo",
    "june jun junio",
    "july jul julio",
    "august aug agosto",
    "september sept sep septiembre setiembre",
    "october oct octubre",
    "november nov noviembre",
    "december dec diciembre",
  ].flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
)

export function claimDates(sheet: Sheet): void {
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    const word = sheet.words[at] ?? ""
    if (!isFree(sheet, at)) continue
    if (months.has(word) && isMonth(sheet, at)) claimDate(sheet, around(sheet, at))
    else if (weekdays.has(word)) claimDate(sheet, { from: at, until: at + 1 })
    else if (isDayAt(sheet, at)) claimDate(sheet, around(sheet, at))
    else if (isWrittenDate(sheet, at)) claimDate(sheet, { from: at, until: at + 3 })
  }
}

/** The known day that these digits, with a month or without, are a way of saying. */
export function knownDay(sheet: Sheet, digits: string, month?: number): Thing | undefined {
  return sheet.known.days.find((day) => isSaidAs(day, digits, month))?.thing
}

function isSaidAs(
  { year, month, day }: KnownDay,
  digits: string,
  said: number | undefined,
): boolean {
  const short = year.slice(2)
  const d = [String(day), String(day).padStart(2, "0")]
  if (said !== undefined) {
    const withDay = d.flatMap((one) => [one, one + year, one + short, year + one])
    return said === month && [...withDay, year, short].includes(digits)
  }
  const m = [String(month), String(month).padStart(2, "0")]
  const pairs = m.flatMap((a) => d.flatMap((b) => [a + b, b + a]))
  return pairs.some((pair) => [pair + year, pair + short, year + pair].includes(digits))
}

/** The known day whose year or day of month this is, where a birth is being told. */
export function knownBirthPart(sheet: Sheet, at: number, digits: string): Thing | undefined {
  if (!isAfter(sheet, at, { cues: birthCues, within: BIRTH_CUE_WORDS })) return undefined
  return sheet.known.days.find(
    ({ year, day }) => digits === year || digits === year.slice(2) || digits === String(day),
  )?.thing
}

function isMonth(sheet: Sheet, at: number): boolean {
  const from = /^(will|may)$/.test(sheet.words[at - 1] ?? "") ? at - 1 : at
  const isNamePlace =
    relatives.has(sheet.words[from - 1] ?? "") ||
    phraseBefore(sheet, from, nameCues) !== undefined ||
    (from < at && sheet.words[from - 1] === "is")
  const next = sheet.words[at + 1] ?? ""
  const isNameNext = besideWords.has(next) || nameWords.has(next)
  const isBesideName = isNameNext && !beforeMay.has(sheet.words[at - 1] ?? "")
  if (isBesideName) return false
  if (isNamePlace && !isPart(sheet, at + 1) && sheet.words[at + 1] !== "the") return false
  if (sheet.words[at] !== "may") return true
  const after = sheet.words[at + 1] ?? ""
  const isSameTurn = sheet.tokens[at + 1]?.turn === sheet.tokens[at]?.turn
  if (isSameTurn && afterVerb.has(after)) return false
  const isOdd = sheet.tokens[at]?.isCapital && !sheet.tokens[at]?.opensSentence
  const isBeside =
    isPart(sheet, at - 1) || isPart(sheet, at + 1) || (after === "the" && isPart(sheet, at + 2))
  return isBeside || isOdd === true || beforeMay.has(sheet.words[at - 1] ?? "")
}

function isPart(sheet: Sheet, at: number): boolean {
  const word = sheet.words[at] ?? ""
  if (!isFree(sheet, at)) return false
  return isNumberWord(word) || ordinals.has(word) || softOrdinals.has(word) || word === "oh"
}

/** A day by its ending: "the fourteenth", "14th", "twenty third". "The second one" is none. */
function isDayAt(sheet: Sheet, at: number): boolean {
  const { words, tokens } = sheet
  const word = words[at] ?? ""
  if (ordinals.has(word)) return true
  const isNumeral = tokens[at]?.kind === "digits" && endings.has(words[at + 1] ?? "")
  if (isNumeral && tokens[at + 1]?.gap === "") return true
  if (!softOrdinals.has(word)) {
    const isSpanishDay = /^(el|dia)$/.test(words[at - 1] ?? "") && isNumberWord(word)
    return isSpanishDay && (tokens[at + 1]?.turn !== tokens[at]?.turn || words[at + 1] === "de")
  }
  if (isNumberWord(words[at - 1] ?? "")) return true
  const isLast = tokens[at + 1]?.turn !== tokens[at]?.turn || /^(of|de)$/.test(words[at + 1] ?? "")
  return isLast && /^(the|el|on)$/.test(words[at - 1] ?? "")
}

function isWrittenDate({ tokens }: Sheet, at: number): boolean {
  const parts = tokens.slice(at, at + 3)
  return (
    parts.length === 3 &&
    parts.every(({ kind, word, gap }, index) => {
      const isJoined = index === 0 || /^\s?[/.-]\s?$/.test(gap)
      return kind === "digits" && isJoined && (word.length <= 2 || word.length === 4)
    })
  )
}

/** Everything beside a month or a day that belongs to the same date. */
function around(sheet: Sheet, at: number): Span {
  let until = at + 1
  for (let next = until; next < sheet.tokens.length && next - until < 3; next += 1) {
    if (!isFree(sheet, next) || isOtherDate(sheet, { from: at, until }, [next - 1, next])) break
    if (isPart(sheet, next) || isEnding(sheet, next) || isOtherMonth(sheet, next)) until = next + 1
    else if (!connectors.has(sheet.words[next] ?? "")) break
  }
  let from = at
  for (let before = at - 1; before >= 0 && from - before <= 3; before -= 1) {
    if (!isFree(sheet, before) || isOtherDate(sheet, { from, until }, [before, before + 1])) break
    if (isPart(sheet, before) || isOtherMonth(sheet, before)) from = before
    else if (!connectors.has(sheet.words[before] ?? "")) break
  }
  return { from, until }
}

/** In another turn, when this one has told a day, and a month besides or no month to come. */
function isOtherDate(sheet: Sheet, span: Span, [from, to]: readonly [number, number]): boolean {
  if (sheet.tokens[from]?.turn === sheet.tokens[to]?.turn) return false
  const last = sheet.words[from] ?? ""
  if (connectors.has(last) && !endings.has(last)) return false
  if (/^(de|del|of|mil|nineteen|(19|20)\d\d)$/.test(sheet.words[to] ?? "")) return false
  const inside = Array.from({ length: span.until - span.from }, (_, index) => span.from + index)
  const hasMonth = inside.some((at) => months.has(sheet.words[at] ?? ""))
  const isMonthNext = [from, to].some((at) => months.has(sheet.words[at] ?? ""))
  return (hasMonth || !isMonthNext) && inside.some((at) => isPart(sheet, at))
}

function isEnding({ words, tokens }: Sheet, at: number): boolean {
  return endings.has(words[at] ?? "") && tokens[at - 1]?.kind === "digits"
}

function isOtherMonth({ words }: Sheet, at: number): boolean {
  const word = words[at] ?? ""
  return months.has(word) && word !== "may"
}

function claimDate(sheet: Sheet, span: Span): void {
  const { digits, month } = read(sheet, span)
  const known =
    month === undefined && digits.length < 4
      ? knownBirthPart(sheet, span.from, digits)
      : knownDay(sheet, digits, month)
  if (known) claim(sheet, span, { layer: "known", thing: known })
  else claimUnknown(sheet, span, { layer: "pattern", type: "DATE" })
}

function read({ words }: Sheet, { from, until }: Span): { digits: string; month?: number } {
  let digits = ""
  let month: number | undefined
  for (let at = from; at < until; at += 1) {
    const word = words[at] ?? ""
    const pieces = digitPieces(words.slice(0, until), at).toSorted((a, b) => b.length - a.length)
    const [piece] = pieces
    month ??= monthNumbers.get(word)
    const ordinal = ordinalOf(word)
    if (ordinal !== undefined) {
      const isAfterTens = /[23]0$/.test(digits) && ordinal < 10
      digits = isAfterTens ? digits.slice(0, -1) + String(ordinal) : digits + String(ordinal)
    } else if (/^\d+$/.test(word)) {
      digits += word
    } else if (piece) {
      digits += piece.adds
      at += piece.length - 1
    }
  }
  return month === undefined ? { digits } : { digits, month }
}

const ordinalNumbers = new Map([
  ...(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth " +
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
  )
    .split(" ")
    .map((word, index) => [word, index + 1] as const),
  ["thirtieth", 30] as const,
  ["primero", 1] as const,
])

function ordinalOf(word: string): number | undefined {
  return ordinalNumbers.get(word)
}

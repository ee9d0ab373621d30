/** Dates of birth in every spoken form. Gives every reading that could be meant, the likeliest
 * first, and never one that is impossible: no 31 April, nobody from the future, nobody of 121. */

import { plain } from "../words.ts"
import { readPiece } from "./numbers.ts"

const MOST_READINGS = 3
const OLDEST_YEARS = 120

const monthNames = (
  "january jan enero ene|february feb febuary febrero|march mar marzo|april apr abril abr|" +
  "may mayo|june jun junio|july jul julio|august aug agosto ago|" +
  "september sept sep septiembre setiembre|october oct octubre|november nov noviembre|" +
  "december dec diciembre dic"
).split("|")

const months = new Map(
  monthNames.flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
)

const ordinals = new Map(
  (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth " +
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
  )
    .split(" ")
    .map((word, index) => [word, index + 1] as const)
    .concat([
      ["thirtieth", 30],
      ["primero", 1],
      ["twentyfirst", 21],
    ]),
)

const years = new Set(["nineteen", "twenty"])

/** One thing said in a date: a month by name, a day with its ending, or digits. */
type Part =
  | { readonly kind: "month"; readonly month: number }
  | { readonly kind: "day"; readonly day: number }
  | { readonly kind: "digits"; readonly digits: string }
  | { readonly kind: "year"; readonly year: number }

interface Reading {
  readonly month: number
  readonly day: number
  readonly year: number
  readonly unlikeliness: number
}

export interface DateQuestion {
  /** `YYYY-MM-DD`. */
  readonly today: string
  readonly dayFirst: boolean
  /** A date of birth was asked for, so bare digits are one. */
  readonly isAsked: boolean
}

/** The days a caller may have meant, the likeliest first. */
export function datesOfBirth(text: string, question: DateQuestion): string[] {
  const stretches = partsOf(text)
  const readings = stretches.flatMap((parts) => readParts(parts, question))
  const days = readings
    .filter((reading) => isPlausible(reading, question.today))
    .sort((a, b) => a.unlikeliness - b.unlikeliness)
    .map(dayOf)
  return [...new Set(days)].slice(0, MOST_READINGS)
}

function readParts(parts: readonly Part[], question: DateQuestion): Reading[] {
  const isNamed = parts.some((part) => part.kind === "month" || part.kind === "day")
  if (isNamed) return readNamed(parts, question.today)
  const digits = parts.flatMap((part) => {
    if (part.kind === "digits") return [part.digits]
    return part.kind === "year" ? [String(part.year)] : []
  })
  const hasFullYear =
    parts.some((part) => part.kind === "year") || /(19|20)\d\d$/.test(digits.join(""))
  return question.isAsked || (hasFullYear && digits.length === 3)
    ? readDigits(digits, question)
    : []
}

/**
 * Runs of words that could belong to one date, in order. Ears write "mil novecientos cincuenta y
 * dos" as "1950 y 2", which is one year.
 */
function partsOf(text: string): Part[][] {
  const words = plain(text)
    .replace(/\b((?:19|20)\d)0 y ([1-9])\b/g, "$1$2")
    .replace(/([a-z])-(?=[a-z])/g, "$1 ")
    .replace(/(\d)(st|nd|rd|th)\b/g, "$1 $2")
    .replace(/(\d)(ro|er|ero)\b/g, "$1")
    .replace(
      /(twenty|thirty)[ -]?(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)/g,
      "$1-$2",
    )
    .match(/[a-z0-9]+(?:-[a-z]+)?/g)
  const stretches: Part[][] = []
  let current: Part[] = []
  let gap = 0
  const list = words ?? []
  for (let at = 0; at < list.length; ) {
    const read = isSigh(list[at], current.at(-1)) ? undefined : readPart(list, at)
    if (read) {
      current.push(read.part)
      at += read.length
      gap = 0
    } else {
      at += 1
      if (!glue.has(list[at - 1] ?? "")) gap += 1
      if (gap > 1 && current.length > 0) {
        stretches.push(current)
        current = []
      }
    }
  }
  if (current.length > 0) stretches.push(current)
  return stretches
}

/** "July 1971, oh, that's my husband": after a whole year it is no zero. */
function isSigh(word: string | undefined, before: Part | undefined): boolean {
  if (word !== "oh" && word !== "o") return false
  return before?.kind === "year" || (before?.kind === "digits" && fullYear.test(before.digits))
}

const fullYear = /^(19|20)\d\d$/

const glue = new Set(
  (
    "the of de del in a um uh er and slash dash st nd rd th year month day el " +
    "y eh este dia mes ano diagonal raya guion"
  ).split(" "),
)

function readPart(
  words: readonly string[],
  at: number,
): { part: Part; length: number } | undefined {
  const word = words[at] ?? ""
  const month = months.get(word)
  if (month !== undefined && !isVerbMay(words, at))
    return { part: { kind: "month", month }, length: 1 }
  const day = ordinalDay(word)
  if (day !== undefined) return { part: { kind: "day", day }, length: 1 }
  if (/^\d+$/.test(word) && /^(st|nd|rd|th)$/.test(words[at + 1] ?? "")) {
    return { part: { kind: "day", day: Number(word) }, length: 2 }
  }
  const year = readYear(words, at)
  if (year) return year
  const piece = readPiece(words.slice(at, yearAfter(words, at)), 0, false)
  if (!piece) return undefined
  return { part: { kind: "digits", digits: piece.digits }, length: piece.length }
}

/** In "july thirty two thousand nine" the two belongs to the year, and the mil in "catorce mil
 * novecientos cincuenta y ocho": where that year begins, if one does. */
function yearAfter(words: readonly string[], at: number): number {
  const begin = words.findIndex((word, index) => {
    const next = words[index + 1] ?? ""
    const isThousand = (word === "two" && next === "thousand") || (word === "dos" && next === "mil")
    return index > at && (isThousand || (word === "mil" && next === "novecientos"))
  })
  return begin < 0 ? words.length : begin
}

/** "You may" is no month; a month has a number beside it. */
function isVerbMay(words: readonly string[], at: number): boolean {
  if (words[at] !== "may" && words[at] !== "mar" && words[at] !== "march") return false
  const after = words[at + 1] ?? ""
  const next = after === "the" ? (words[at + 2] ?? "") : after
  const hasNumberAfter = ordinalDay(next) !== undefined || readPiece([next], 0, false) !== undefined
  const before = words[at - 1] === "of" ? (words[at - 2] ?? "") : (words[at - 1] ?? "")
  const hasNumberBefore =
    ordinalDay(before) !== undefined ||
    /^(st|nd|rd|th)$/.test(before) ||
    readPiece([before], 0, false) !== undefined
  return !hasNumberAfter && !hasNumberBefore
}

function ordinalDay(word: string): number | undefined {
  const [ten, unit] = word.split("-")
  if (unit !== undefined) {
    const base = ten === "thirty" ? 30 : 20
    return base + (ordinals.get(unit) ?? 0)
  }
  return ordinals.get(word)
}

/** "Nineteen eighty five", "nineteen oh five", "two thousand and four", "mil novecientos ...". */
function readYear(
  words: readonly string[],
  at: number,
): { part: Part; length: number } | undefined {
  const year = readYearAt(words, at)
  const later = year && readYearAt(words, at + 1)
  // In "june twenty nineteen thirty three" the twenty is the day.
  const isDay = year && later && later.length + 1 > year.length
  return isDay ? undefined : year
}

function readYearAt(
  words: readonly string[],
  at: number,
): { part: Part; length: number } | undefined {
  const word = words[at] ?? ""
  if (
    (word === "two" || word === "dos" || word === "2") &&
    /^(thousand|mil)$/.test(words[at + 1] ?? "")
  ) {
    const skip = words[at + 2] === "and" ? 3 : 2
    const rest = readPiece(words, at + skip, false)
    const isPartOfYear = rest !== undefined && Number(rest.digits) < 100
    const year = 2_000 + (isPartOfYear ? Number(rest.digits) : 0)
    return { part: { kind: "year", year }, length: isPartOfYear ? skip + rest.length : 2 }
  }
  if (!years.has(word)) return undefined
  const century = word === "nineteen" ? 1_900 : 2_000
  if (words[at + 1] === "hundred") {
    const rest = readPiece(words, at + 2, false)
    return rest && rest.digits.length <= 2
      ? { part: { kind: "year", year: century + Number(rest.digits) }, length: 2 + rest.length }
      : { part: { kind: "year", year: century }, length: 2 }
  }
  const tail = readYearTail(words, at + 1)
  return tail && { part: { kind: "year", year: century + tail.value }, length: 1 + tail.length }
}

function readYearTail(
  words: readonly string[],
  at: number,
): { value: number; length: number } | undefined {
  const first = readPiece(words, at, false)
  if (!first) return undefined
  if (first.digits.length === 2) return { value: Number(first.digits), length: first.length }
  if (first.digits !== "0") return undefined
  const second = readPiece(words, at + first.length, false)
  if (second?.digits.length !== 1) return undefined
  return { value: Number(second.digits), length: first.length + second.length }
}

/** A month by name, or a day with an ending: the rest falls into place around it. */
function readNamed(parts: readonly Part[], today: string): Reading[] {
  const readings: Reading[] = []
  const monthAt = parts.findIndex((part) => part.kind === "month")
  const month = parts[monthAt]
  if (month?.kind === "month") {
    const after = parts.slice(monthAt + 1)
    const before = parts.slice(0, monthAt)
    for (const [day, rest] of splitDay(after)) {
      readings.push(...withYear(month.month, day, rest, today))
    }
    const lastBefore = before.at(-1)
    const day = lastBefore && dayValue(lastBefore)
    if (day !== undefined) readings.push(...withYear(month.month, day, after, today))
    return readings
  }
  // "The third of the third eighty five".
  const [first, second, ...rest] = parts
  if (first?.kind === "day" && second?.kind === "day") {
    readings.push(...withYear(second.day, first.day, rest, today))
    readings.push(...withYear(first.day, second.day, rest, today))
  } else if (first?.kind === "digits" && second?.kind === "day") {
    readings.push(...withYear(Number(first.digits), second.day, rest, today))
  }
  return readings
}

/** The day that follows a month, said in one or two pieces, and what is left for the year. */
function* splitDay(parts: readonly Part[]): Generator<[number, readonly Part[]]> {
  const [first, second] = parts
  if (!first) return
  const day = dayValue(first)
  if (day !== undefined) yield [day, parts.slice(1)]
  if (first.kind !== "digits") return
  if (second?.kind === "digits" && first.digits.length === 1 && second.digits.length === 1) {
    yield [Number(first.digits + second.digits), parts.slice(2)]
  }
  // "March 31985" is how a transcriber runs a day and a year together.
  if (first.digits.length >= 5) {
    const year = first.digits.slice(-4)
    yield [Number(first.digits.slice(0, -4)), [{ kind: "digits", digits: year }]]
  }
}

function dayValue(part: Part): number | undefined {
  if (part.kind === "day") return part.day
  return part.kind === "digits" && part.digits.length <= 2 ? Number(part.digits) : undefined
}

function withYear(month: number, day: number, rest: readonly Part[], today: string): Reading[] {
  const said = rest.find((part) => part.kind === "year")
  if (said?.kind === "year") return [{ month, day, year: said.year, unlikeliness: 0 }]
  const digits = rest.map((part) => (part.kind === "digits" ? part.digits : "")).join("")
  return yearsOf(digits, today).map((year, index) => ({
    month,
    day,
    year,
    unlikeliness: index * 3,
  }))
}

/** The years that two or four digits may stand for, the later century first. */
function yearsOf(digits: string, today: string): number[] {
  if (/^(19|20)\d\d$/.test(digits)) return [Number(digits)]
  if (!/^\d\d$/.test(digits)) return []
  const thisYear = Number(today.slice(0, 4))
  return [2_000 + Number(digits), 1_900 + Number(digits)].filter(
    (year) => year <= thisYear && year >= thisYear - OLDEST_YEARS,
  )
}

/** Digits only: every way to cut the pieces into month, day and year, the natural cut first. */
function readDigits(pieces: readonly string[], question: DateQuestion): Reading[] {
  const readings: Reading[] = []
  const flat = apart(pieces)
  for (const first of cuts(flat, 0)) {
    for (const second of cuts(flat, first.to)) {
      const year = flat.slice(second.to).join("")
      readings.push(...inBothOrders([first, second], year, question))
    }
  }
  const whole = flat.join("")
  if (/^(19|20)\d{6}$/.test(whole)) readings.push(...yearFirst(whole))
  return readings
}

/** Digits keyed or transcribed in a row are taken one by one; a year at the end stays whole. */
function apart(pieces: readonly string[]): string[] {
  return pieces.flatMap((piece, index) => {
    const isYear = index > 0 && index === pieces.length - 1 && piece.length === 4
    return piece.length <= 2 || isYear ? [piece] : [...piece]
  })
}

interface Cut {
  readonly value: number
  readonly to: number
  readonly joins: number
}

/** The number that begins at `from`: one piece, or two single digits read together. */
function cuts(pieces: readonly string[], from: number): Cut[] {
  const found: Cut[] = []
  const first = pieces[from] ?? ""
  const second = pieces[from + 1] ?? ""
  if (first.length <= 2 && first !== "" && first !== "0") {
    found.push({ value: Number(first), to: from + 1, joins: 0 })
  }
  if (first.length === 1 && second.length === 1) {
    // A leading zero belongs to what follows; two other digits only perhaps.
    found.push({ value: Number(first + second), to: from + 2, joins: first === "0" ? -1 : 1 })
  }
  return found
}

/** Month first is how it is written in the United States; the other order only if it must be. */
function inBothOrders(cut: readonly [Cut, Cut], year: string, question: DateQuestion): Reading[] {
  const [{ value: first }, { value: second }] = cut
  const joins = cut[0].joins + cut[1].joins
  const { dayFirst } = question
  const readings = yearsOf(year, question.today).flatMap((value, index) => {
    const unlikeliness = joins + index * 3
    return [
      { month: first, day: second, year: value, unlikeliness: unlikeliness + (dayFirst ? 2 : 0) },
      { month: second, day: first, year: value, unlikeliness: unlikeliness + (dayFirst ? 0 : 6) },
    ]
  })
  const mayBeDayFirst = first > 12 || dayFirst
  return mayBeDayFirst ? readings : readings.filter((reading) => reading.month === first)
}

function yearFirst(digits: string): Reading[] {
  return [
    {
      year: Number(digits.slice(0, 4)),
      month: Number(digits.slice(4, 6)),
      day: Number(digits.slice(6)),
      unlikeliness: 5,
    },
  ]
}

function isPlausible(reading: Reading, today: string): boolean {
  const { year, month, day } = reading
  if (month < 1 || month > 12 || day < 1 || day > daysIn(month, year)) return false
  const text = dayOf(reading)
  return text <= today && year >= Number(today.slice(0, 4)) - OLDEST_YEARS
}

function daysIn(month: number, year: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function dayOf({ year, month, day }: Reading): string {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`
}

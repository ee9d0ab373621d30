/** Every number goes, however it was written or said, but for doses, counts and years that stand in
 * the words that make them such. A number that nobody can place is not one of these. */
import { distance } from "fastest-levenshtein"
import { knownBirthPart, knownDay } from "./dates.ts"
import { squash, type Thing } from "./known.ts"
import {
  birthCues,
  codes,
  grammarWords,
  letterFriends,
  numberCues,
  strongUnits,
  units,
} from "./lexicon.ts"
import { isAfter } from "./phrases.ts"
import { digitPieces, isFiller, isNumberWord, piecesAt, repeatOf, soundsLikeDigit } from "./said.ts"
import { claim, claimUnknown, isFree, type Sheet, type Span } from "./sheet.ts"

/** No count and no dose is longer, but for round ones ("50,000 units"). */
const COUNT_DIGITS = 3
const DOSE_DIGITS = 4
const OLDEST_TOLD = 89
const CUE_WORDS = 6
const PART_OF_KNOWN = 4
const pronouns = new Set(["one", "uno", "una", "once", "mil"])
const clockWords = new Set(["am", "pm", "oclock"])
const endCues = new Set([
  "ends",
  "ending",
  "end",
  "termina",
  "terminan",
  "number",
  "numero",
  "four",
])
const yearCues = new Set("in since from until en desde hasta".split(" "))

export function claimNumbers(sheet: Sheet): void {
  allowCodes(sheet)
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    const until = runEnd(sheet, at)
    if (until === undefined) continue
    const span = { from: startOf(sheet, at), until }
    if (isHarmless(sheet, span)) {
      for (let word = span.from; word < until; word += 1) sheet.isAllowed[word] = true
    } else {
      claimNumber(sheet, span)
    }
    at = until - 1
  }
}

/** "B12", "vitamin D 3", "type 2", "covid 19". */
function allowCodes(sheet: Sheet): void {
  const { words, tokens } = sheet
  for (const [at, word] of words.entries()) {
    const joined = word + gluedAfter(sheet, at)
    for (let length = 2; length <= 3; length += 1) {
      const code = words.slice(at, at + length).join("")
      const isWhole = isFreestanding(tokens, at, at + length)
      if (joined.startsWith(code) && codes.has(code) && isWhole) allow(sheet, at, at + length)
    }
    const after = words[at + 1] ?? ""
    const isShort = /^([a-z]|\d|one|two|three|dos|uno)$/.test(after)
    if (!letterFriends.has(word) || !isShort || tokens[at + 1]?.turn !== tokens[at]?.turn) continue
    const isNumbered =
      /^[a-z]$/.test(after) && /^(\d\d?|twelve|six|three)$/.test(words[at + 2] ?? "")
    const until = at + (isNumbered ? 3 : 2)
    if (!isNumberish(sheet, until)) allow(sheet, at + 1, until)
  }
}

/** Nothing is written onto it: "d3", and not "d3an". */
function isFreestanding(tokens: Sheet["tokens"], from: number, until: number): boolean {
  return tokens[from]?.gap !== "" && tokens[until]?.gap !== ""
}

function allow(sheet: Sheet, from: number, until: number): void {
  for (let at = from; at < until; at += 1) if (isFree(sheet, at)) sheet.isAllowed[at] = true
}

function gluedAfter({ tokens }: Sheet, at: number): string {
  let text = ""
  for (let next = at + 1; next < at + 3 && tokens[next]?.gap === ""; next += 1) {
    text += tokens[next]?.word ?? ""
  }
  return text
}

function isNumberish(sheet: Sheet, at: number): boolean {
  if (!isFree(sheet, at) || sheet.isAllowed[at]) return false
  return sheet.tokens[at]?.kind === "digits" || isNumberWord(sheet.words[at] ?? "")
}

/** Where the run of digits, number words and what lies between them ends, if one begins here. */
function runEnd(sheet: Sheet, from: number): number | undefined {
  if (!isNumberish(sheet, from) && !isRepeat(sheet, from)) return undefined
  let until = from + 1
  for (let at = until; at < sheet.tokens.length; at += 1) {
    if (isNumberish(sheet, at) || isRepeat(sheet, at) || isZero(sheet, at)) until = at + 1
    else if (!isBetween(sheet, at)) break
  }
  return afterLetters(sheet, until)
}

/** "Oh" among digits. */
function isZero(sheet: Sheet, at: number): boolean {
  return /^(oh|o)$/.test(sheet.words[at] ?? "") && isFree(sheet, at)
}

function isRepeat(sheet: Sheet, at: number): boolean {
  return (
    repeatOf(sheet.words[at] ?? "") !== undefined && isFree(sheet, at) && isNumberish(sheet, at + 1)
  )
}

/** Fillers, homophones and letters between the digits of one number. */
function isBetween(sheet: Sheet, at: number): boolean {
  if (!isFree(sheet, at)) return false
  const word = sheet.words[at] ?? ""
  return (
    isFiller(word) ||
    soundsLikeDigit(word) !== undefined ||
    /^[a-z]$/.test(word) ||
    isGlued(sheet, at)
  )
}

/** Letters written onto digits belong to them: "AB1234", "1EG4-TE5". A unit does not. */
function isGlued({ tokens, words }: Sheet, at: number): boolean {
  const isShort = tokens[at]?.kind === "word" && /^[\p{L}]{1,4}$/u.test(tokens[at]?.raw ?? "")
  const isUnit = units.has(words[at] ?? "") || clockWords.has(words[at] ?? "")
  return isShort && !isUnit && /^-?$/.test(tokens[at]?.gap ?? " ")
}

function afterLetters(sheet: Sheet, from: number): number {
  let until = from
  while (isFree(sheet, until) && isGlued(sheet, until)) until += 1
  return isLoneLetter(sheet, until) ? until + 1 : until
}

/** "4592 K", but not "20 C as in cat". */
function isLoneLetter(sheet: Sheet, at: number): boolean {
  const { words, tokens } = sheet
  const isOwn = tokens[at]?.turn === tokens[at - 1]?.turn && isFree(sheet, at)
  const isLetter = /^[b-hj-np-tv-xz]$/.test(words[at] ?? "") && !units.has(words[at] ?? "")
  return isOwn && isLetter && !/^(as|like|de|como)$/.test(words[at + 1] ?? "")
}

/** Back over "oh" and over letters that the number begins with. */
function startOf(sheet: Sheet, at: number): number {
  let from = at
  while (from > 0 && isFree(sheet, from - 1) && !sheet.isAllowed[from - 1]) {
    const before = sheet.words[from - 1] ?? ""
    const isLetter = /^[a-z]$/.test(before) && !/^[aiyeou]$/.test(before)
    const isOnto =
      isGlued(sheet, from - 1) || sheet.tokens[from]?.gap === "" || sheet.tokens[from]?.gap === "-"
    const isShortWord = sheet.tokens[from - 1]?.kind === "word" && before.length <= 4
    if (!(before === "oh" || isLetter || (isOnto && isShortWord))) break
    from -= 1
  }
  return from
}

function isHarmless(sheet: Sheet, span: Span): boolean {
  const { words, tokens } = sheet
  const isWholeTurn =
    !isSpoken(sheet, span.from - 1, span.from) && !isSpoken(sheet, span.until, span.until - 1)
  if (span.until - span.from === 1 && pronouns.has(words[span.from] ?? "")) {
    return !isWholeTurn && !/^(el|dia)$/.test(words[span.from - 1] ?? "")
  }
  if (isYear(sheet, span)) return true
  const value = quantity(sheet, span)
  if (value === undefined) return false
  const unit =
    tokens[span.until]?.turn === tokens[span.until - 1]?.turn ? words[span.until] : undefined
  if (unit !== undefined && units.has(unit)) return isPlausible(value, unit)
  const isAfterDrug = sheet.isDrug[span.from - 1] === true && value.length <= COUNT_DIGITS
  return isAfterDrug && !clockWords.has(unit ?? "")
}

function isSpoken({ tokens, words }: Sheet, at: number, beside: number): boolean {
  return tokens[at]?.turn === tokens[beside]?.turn && !isFiller(words[at] ?? "")
}

function isPlausible(value: string, unit: string): boolean {
  const isTime = /^(year|years|ano|anos)$/.test(unit)
  if (isTime && Number(value) > OLDEST_TOLD) return false
  if (!strongUnits.has(unit)) return value.length <= COUNT_DIGITS
  return value.length <= DOSE_DIGITS || /^\d{2}000$/.test(value)
}

/** The longest number of a run that is one count or dose, "5 to 10" and "2.5" among them. */
function quantity({ words, tokens }: Sheet, { from, until }: Span): string | undefined {
  const spoken = words.slice(from, until)
  const numbers: string[] = []
  for (let at = 0; at < spoken.length; ) {
    const word = spoken[at] ?? ""
    const gap = tokens[from + at]?.gap ?? ""
    const isJoined =
      at === 0 || /^[.,/-]$/.test(gap) || /^(to|o|or|a|and|y)$/.test(spoken[at - 1] ?? "")
    const [piece] = digitPieces(spoken, at).toSorted((a, b) => b.length - a.length)
    const value = /^\d+$/.test(word) ? { adds: word, length: 1 } : piece
    if (at > 0 && /^(to|o|or|a|and|y|point|punto)$/.test(word) && at + 1 < spoken.length) {
      at += 1
    } else if (value && isJoined) {
      const isThousands = gap === "," && value.adds.length === 3
      const before = numbers.at(-1) ?? ""
      if (isThousands && before.length <= 2) numbers[numbers.length - 1] = before + value.adds
      else numbers.push(value.adds)
      at += value.length
    } else {
      return undefined
    }
  }
  const isWhole =
    numbers.length > 0 &&
    numbers.length <= 2 &&
    numbers.every((one) => /^(0|[1-9]\d*)$/.test(one) || one.length <= 2)
  return isWhole ? numbers.toSorted((a, b) => b.length - a.length)[0] : undefined
}

/** A year of our time after a word that takes one. Nobody's year of birth. */
function isYear(sheet: Sheet, { from, until }: Span): boolean {
  const year = sheet.words[from] ?? ""
  if (until - from !== 1 || !/^(199|20[0-3])\d$/.test(year)) return false
  const isBirth =
    sheet.known.days.some((day) => day.year === year) ||
    isAfter(sheet, from, { cues: birthCues, within: CUE_WORDS })
  const isOfNumber =
    knownNumber(sheet, year) !== undefined || isAfter(sheet, from, { cues: endCues, within: 2 })
  return !isBirth && !isOfNumber && yearCues.has(sheet.words[from - 1] ?? "")
}

function claimNumber(sheet: Sheet, span: Span): void {
  const digits = digitsOf(sheet, span)
  const thing =
    knownNumber(sheet, digits) ??
    knownDay(sheet, digits) ??
    knownBirthPart(sheet, span.from, digits)
  if (thing) claim(sheet, span, { layer: "known", thing })
  else claimUnknown(sheet, span, { layer: "pattern", type: typeOf(sheet, span, digits) })
}

function digitsOf({ words }: Sheet, { from, until }: Span): string {
  const spoken = words.slice(from, until)
  let digits = ""
  for (let at = 0; at < spoken.length; ) {
    const [piece] = piecesAt(spoken, at).filter(({ adds }) => /^\d+$/.test(adds))
    digits += piece?.adds ?? ""
    at += piece?.length ?? 1
  }
  return digits
}

/** Exactly, in part ("it ends in 2345") or with one digit misheard. */
function knownNumber({ known }: Sheet, digits: string): Thing | undefined {
  const exact = known.forms.get(digits)
  if (exact) return exact.thing
  if (digits.length < PART_OF_KNOWN) return undefined
  for (const { squashed, thing } of known.forms.values()) {
    if (!/\d{4}/.test(squashed)) continue
    const isPart = squashed.includes(digits)
    const isNear = digits.length > 5 && distance(squashed, digits) <= 1
    if (isPart || isNear) return thing
  }
  return undefined
}

function typeOf(sheet: Sheet, { from, until }: Span, digits: string): string {
  const { words, tokens } = sheet
  const isClock = clockWords.has(words[until] ?? "") || tokens[from + 1]?.gap === ":"
  if (isClock) return "TIME"
  if (/^(years?|anos?)$/.test(words[until] ?? "")) return "AGE"
  const shape = squash(words.slice(from, until).join(""))
  if (/[a-z]/.test(shape) && /^\w*\d\w*$/.test(shape) && !isNumberWord(words[from] ?? ""))
    return "ID"
  for (let back = 1; back <= CUE_WORDS; back += 1) {
    const word = words[from - back] ?? ""
    const cued = grammarWords.has(word) ? undefined : numberCues.find((cue) => cue.words.has(word))
    if (cued) return cued.type
  }
  if (isAfter(sheet, from, { cues: birthCues, within: CUE_WORDS })) return "DATE"
  if (digits.length === 10 || digits.length === 11) return "PHONE"
  return digits.length === 9 ? "SSN" : "NUMBER"
}

/** Numbers, days, times and money in words, English and Spanish, for a voice to say. */
import { DateTime } from "luxon"
import type { Language } from "../contract.ts"

interface Numerals {
  readonly small: readonly string[]
  readonly tens: readonly string[]
  readonly hundred: (n: number) => string
  readonly join: string
  readonly thousand: string
}

const english: Numerals = {
  small: (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen " +
    "fifteen sixteen seventeen eighteen nineteen"
  ).split(" "),
  tens: "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" "),
  hundred: (n) => `${english.small[n]} hundred`,
  join: " ",
  thousand: "thousand",
}

const spanishHundreds = (
  "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos " +
  "ochocientos novecientos"
).split(" ")

const spanish: Numerals = {
  small: (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince " +
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés " +
    "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
  ).split(" "),
  tens: "- - veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(" "),
  hundred: (n) => spanishHundreds[n] ?? "",
  join: " y ",
  thousand: "mil",
}

const numerals: Readonly<Record<Language, Numerals>> = { en: english, es: spanish }

/** A whole number from 0 to 999,999 in words. */
export function numberInWords(n: number, language: Language): string {
  const forms = numerals[language]
  const small = forms.small[n]
  if (small !== undefined) return small
  if (n < 100) {
    const tens = forms.tens[Math.floor(n / 10)] ?? ""
    return n % 10 === 0 ? tens : `${tens}${forms.join}${forms.small[n % 10]}`
  }
  if (n === 100 && language === "es") return "cien"
  if (n < 1_000) return withRest(forms.hundred(Math.floor(n / 100)), n % 100, language)
  const thousands = Math.floor(n / 1_000)
  const isPlainMil = thousands === 1 && language === "es"
  const head = isPlainMil
    ? forms.thousand
    : `${numberInWords(thousands, language)} ${forms.thousand}`
  return withRest(head, n % 1_000, language)
}

function withRest(head: string, rest: number, language: Language): string {
  return rest === 0 ? head : `${head} ${numberInWords(rest, language)}`
}

/** Digits one by one, with a breath between groups a listener can keep. */
export function digitsInWords(digits: string, language: Language): string {
  const groups = digits.length <= 4 ? [digits] : inGroups(digits)
  return groups
    .map((group) => [...group].map((digit) => numberInWords(Number(digit), language)).join(" "))
    .join(", ")
}

function inGroups(digits: string): string[] {
  const last = digits.slice(-4)
  const front = digits.slice(0, -4)
  return [...(front.match(/\d{1,3}/g) ?? []), last]
}

const englishOrdinals = (
  "- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth " +
  "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth " +
  "twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth " +
  "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split(" ")

/** A calendar day with its weekday, for people. */
export function dayInText(day: string, language: Language): string {
  return localDay(day, language).toFormat({ en: "cccc, MMMM d", es: "cccc d 'de' MMMM" }[language])
}

/** The same day for a voice. */
export function dayInWords(day: string, language: Language): string {
  const at = localDay(day, language)
  if (language === "es") {
    const number = at.day === 1 ? "primero" : numberInWords(at.day, "es")
    return `${at.toFormat("cccc")} ${number} de ${at.toFormat("MMMM")}`
  }
  return `${at.toFormat("cccc, MMMM")} ${englishOrdinals[at.day] ?? ""}`
}

function localDay(day: string, language: Language): DateTime {
  return DateTime.fromISO(day, { zone: "utc" }).setLocale({ en: "en-US", es: "es" }[language])
}

/** A time of day, given as HH:MM on a 24-hour clock. */
export function timeInText(time: string): string {
  const { hour12, minute, half } = clockParts(time)
  return minute === 0 ? `${hour12} ${half}` : `${hour12}:${String(minute).padStart(2, "0")} ${half}`
}

export function timeInWords(time: string, language: Language): string {
  const { hour12, minute, half } = clockParts(time)
  const hour = numberInWords(hour12, language)
  if (language === "es") {
    return `${hour12 === 1 ? "una" : hour}${spanishMinutes(minute)} ${spanishPartOfDay(time)}`
  }
  if (minute === 0) return `${hour} ${half}`
  const tail = minute < 10 ? `oh ${numberInWords(minute, "en")}` : numberInWords(minute, "en")
  return `${hour} ${tail} ${half}`
}

/** "La una", "las dos": Spanish hours have an article. */
export function spanishArticle(time: string): "la" | "las" {
  return clockParts(time).hour12 === 1 ? "la" : "las"
}

function spanishMinutes(minute: number): string {
  if (minute === 0) return ""
  return ` y ${{ 15: "cuarto", 30: "media" }[minute] ?? numberInWords(minute, "es")}`
}

const NOON = 12
const EVENING = 19

function spanishPartOfDay(time: string): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number)
  if (hour === NOON && minute === 0) return "del mediodía"
  if (hour === 0 || hour >= EVENING) return "de la noche"
  return hour < NOON ? "de la mañana" : "de la tarde"
}

function clockParts(time: string): { hour12: number; minute: number; half: "AM" | "PM" } {
  const [hour = 0, minute = 0] = time.split(":").map(Number)
  return { hour12: hour % 12 === 0 ? 12 : hour % 12, minute, half: hour < 12 ? "AM" : "PM" }
}

export function moneyInText(cents: number): string {
  return `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`
}

export function moneyInWords(cents: number, language: Language): string {
  const units = language === "es" ? spanishMoney : englishMoney
  const dollars = Math.floor(cents / 100)
  const rest = cents % 100
  const parts: string[] = []
  if (dollars > 0 || rest === 0) parts.push(amount(dollars, units.dollar, language))
  if (rest > 0) parts.push(amount(rest, units.cent, language))
  return parts.join(units.and)
}

const englishMoney = { dollar: ["dollar", "dollars"], cent: ["cent", "cents"], and: " and " }
const spanishMoney = { dollar: ["dólar", "dólares"], cent: ["centavo", "centavos"], and: " con " }

function amount(n: number, unit: readonly string[], language: Language): string {
  const said = numberInWords(n, language)
  const number =
    language === "es" ? said.replace(/veintiuno$/, "veintiún").replace(/uno$/, "un") : said
  return `${number} ${n === 1 ? unit[0] : unit[1]}`
}

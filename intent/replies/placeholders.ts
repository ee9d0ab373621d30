/** What may be filled into a reply: each placeholder has one kind, each kind one written and one
 * spoken form. A value that is not of its kind is refused; nothing is ever cut or mended. */
import { DateTime } from "luxon"
import type { Language } from "../contract.ts"
import {
  dayInText,
  dayInWords,
  digitsInWords,
  moneyInText,
  moneyInWords,
  numberInWords,
  spanishArticle,
  timeInText,
  timeInWords,
} from "./numerals.ts"
import { spokenForm } from "./spoken.ts"

type Value = string | number
export interface Filled {
  readonly text: string
  readonly spoken: string
}
/** What the pharmacy says of itself, by language. */
export type Facts = Readonly<Record<Language, ReadonlySet<string>>>
/** Undefined when the value is not of this kind. */
type Kind = (value: Value, language: Language, facts: Facts) => Filled | undefined

/** Names and labels: letters, digits and what labels hold. No sentence fits in. */
const label = /^[\p{L}\p{N}][\p{L}\p{N} .,'’()/%+&#-]*$/u
const LONGEST_LABEL = 80
const LONGEST_LIST = 400
const LARGEST_MONEY_CENTS = 99_999_999
const LARGEST_COUNT = 999

function textUpTo(longest: number): Kind {
  return (value, language) => {
    if (typeof value !== "string" || value.length > longest || !label.test(value)) return undefined
    return { text: value, spoken: spokenForm(value, language) }
  }
}

/** Opening hours and lists: labels with colons and semicolons between. */
const listing: Kind = (value, language) => {
  if (typeof value !== "string" || value.length > LONGEST_LIST) return undefined
  if (!label.test(value.replace(/[:;–]/g, " "))) return undefined
  return {
    text: value,
    spoken: spokenForm(value.replace(/–/g, { en: " to ", es: " a " }[language]), language),
  }
}

const nearDays: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  today: { en: "today", es: "hoy" },
  tomorrow: { en: "tomorrow", es: "mañana" },
  yesterday: { en: "yesterday", es: "ayer" },
}

const day: Kind = (value, language) => {
  const near = nearDays[String(value)]
  if (near) return { text: near[language], spoken: near[language] }
  if (!isDay(value)) return undefined
  const preposition = { en: "on ", es: "el " }[language]
  return {
    text: preposition + dayInText(value, language),
    spoken: preposition + dayInWords(value, language),
  }
}

function isDay(value: Value): value is string {
  return (
    typeof value === "string" &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    DateTime.fromISO(value, { zone: "utc" }).isValid
  )
}

const time: Kind = (value, language) => {
  if (typeof value !== "string" || !/^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return undefined
  const article = { en: "", es: `${spanishArticle(value)} ` }[language]
  return { text: article + timeInText(value), spoken: article + timeInWords(value, language) }
}

const money: Kind = (value, language) => {
  if (typeof value !== "number" || !Number.isInteger(value)) return undefined
  if (value < 0 || value > LARGEST_MONEY_CENTS) return undefined
  return { text: moneyInText(value), spoken: moneyInWords(value, language) }
}

const digits: Kind = (value, language) => {
  if (typeof value !== "string" || !/^\d{1,12}$/.test(value)) return undefined
  return { text: value, spoken: digitsInWords(value, language) }
}

const count: Kind = (value, language) => {
  if (typeof value !== "number" || !Number.isInteger(value)) return undefined
  if (value < 0 || value > LARGEST_COUNT) return undefined
  const spoken = numberInWords(value, language)
  // What is counted in any reply is a prescription: una receta.
  return { text: String(value), spoken: language === "es" ? spoken.replace(/uno$/, "una") : spoken }
}

/** English names what is left; the Spanish sentence has named it already. */
const refills: Kind = (value, language) => {
  if (typeof value !== "number" || !Number.isInteger(value)) return undefined
  if (value < 0 || value > LARGEST_COUNT) return undefined
  const noun = { en: value === 1 ? " refill" : " refills", es: "" }[language]
  const none = { en: "no", es: "ninguno" }[language]
  return {
    text: `${value === 0 ? none : value}${noun}`,
    spoken: `${value === 0 ? none : numberInWords(value, language)}${noun}`,
  }
}

const phone: Kind = (value, language) => {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(String(value))
  if (!parts) return undefined
  const text = parts.slice(1).join("-")
  return { text, spoken: spokenForm(text, language) }
}

/** The site's own sentence, word for word, and no other. */
const siteWords: Kind = (value, language, facts) => {
  if (typeof value !== "string" || !facts[language].has(value)) return undefined
  return { text: value, spoken: spokenForm(value, language) }
}

/** Every placeholder a reply may hold, and what it takes. */
export const placeholders: Readonly<Record<string, Kind>> = {
  pharmacy: textUpTo(LONGEST_LABEL),
  drug: textUpTo(LONGEST_LABEL),
  drugs: textUpTo(LONGEST_LIST),
  address: textUpTo(LONGEST_LIST),
  hours: listing,
  day,
  time,
  close: time,
  money,
  digits,
  digits1: digits,
  digits2: digits,
  count,
  refills,
  phone,
  fact: siteWords,
  greeting: siteWords,
}

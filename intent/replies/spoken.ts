/** Digits, times and symbols that stand in a written sentence, turned into words for a voice. */
import type { Language } from "../contract.ts"
import { digitsInWords, moneyInWords, numberInWords, timeInWords } from "./numerals.ts"

/** Longer numbers are read digit by digit: they are phone, street or prescription numbers. */
const LONGEST_COUNTED_DIGITS = 2

const units: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { mg: "milligrams", mcg: "micrograms", ml: "milliliters" },
  es: { mg: "miligramos", mcg: "microgramos", ml: "mililitros" },
}

/** Of the net or of a mailbox. */
const addresses = /\b[a-z][a-z0-9-]*(?:[.@][a-z0-9-]+)*[.@][a-z]{2,}\b/g

/** A written sentence as a voice should say it. */
export function spokenForm(text: string, language: Language): string {
  return text
    .replace(/\b(\d{1,2}):(\d{2})\s?(AM|PM|am|pm)\b/g, (_, hour, minute, half) =>
      timeInWords(onTwentyFourHours(hour, minute, half), language),
    )
    .replace(/\b(\d{1,2})\s?(AM|PM|am|pm)\b/g, (_, hour, half) =>
      timeInWords(onTwentyFourHours(hour, "00", half), language),
    )
    .replace(/\$(\d{1,5})(?:\.(\d\d))?(?!\d)/g, (_, dollars, cents = "0") =>
      moneyInWords(Number(dollars) * 100 + Number(cents), language),
    )
    .replace(addresses, (address) => addressInWords(address, language))
    .replace(/\+?\b\d+(?:-\d+)+\b/g, (phone) => phoneInWords(phone, language))
    .replace(/\b\d+\b/g, (digits) => plainNumber(digits, language))
    .replace(/\b(mg|mcg|ml)\b/gi, (unit) => units[language][unit.toLowerCase()] ?? unit)
    .replace(/\bZIP\b/g, "zip")
    .replace(/\s*&\s*/g, language === "es" ? " y " : " and ")
}

const marks = { en: { ".": " dot ", "@": " at " }, es: { ".": " punto ", "@": " arroba " } }

function addressInWords(address: string, language: Language): string {
  return address.replaceAll(".", marks[language]["."]).replaceAll("@", marks[language]["@"])
}

function onTwentyFourHours(hour: string, minute: string, half: string): string {
  const base = Number(hour) % 12
  return `${half.toUpperCase() === "PM" ? base + 12 : base}:${minute}`
}

function phoneInWords(phone: string, language: Language): string {
  return phone
    .replace("+", "")
    .split("-")
    .map((group) => digitsInWords(group, language))
    .join(", ")
}

function plainNumber(digits: string, language: Language): string {
  const isCounted = digits.length <= LONGEST_COUNTED_DIGITS && !digits.startsWith("0")
  return isCounted ? numberInWords(Number(digits), language) : digitsInWords(digits, language)
}

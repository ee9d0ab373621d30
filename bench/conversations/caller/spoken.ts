/** How people say dates, digits and the spelling of a name. Knows nobody; only turns into words. */
import type { Language } from "../task.ts"

const months = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
]
const ordinals = [
  ...["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"],
  ...["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"],
  ...["seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second"],
  ...["twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh"],
  ...["twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"],
]
const meses = [
  ...["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"],
  ...["septiembre", "octubre", "noviembre", "diciembre"],
]
const unidades = [
  ...["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"],
  ...["once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho"],
  ...["diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro"],
  ...["veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve", "treinta"],
  "treinta y uno",
]
const decenas = [
  ...["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta"],
  "noventa",
]
const units = [
  ...["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
  ...["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"],
  ...["eighteen", "nineteen"],
]
const tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

export const dateStyles = ["long", "ordinal", "words", "slashes", "day_first"] as const
export type DateStyle = (typeof dateStyles)[number]
export const digitStyles = ["together", "apart", "words", "oh"] as const
export type DigitStyle = (typeof digitStyles)[number]

/** A day that is written `YYYY-MM-DD`. */
export function spokenDate(day: string, style: DateStyle, language: Language = "en"): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number)
  if (language === "es") return spanishDate({ year, month, date }, style)
  const name = months[month - 1] ?? ""
  switch (style) {
    case "long":
      return `${name} ${date}, ${year}`
    case "ordinal":
      return `${name} ${date}${endingOf(date)} ${year}`
    case "words":
      return `${name} ${ordinals[date - 1]} ${spokenYear(year)}`
    case "slashes":
      return `${month}/${date}/${year}`
    case "day_first":
      return `the ${date}${endingOf(date)} of ${name}, ${year}`
  }
}

interface Day {
  readonly year: number
  readonly month: number
  readonly date: number
}

function spanishDate({ year, month, date }: Day, style: DateStyle): string {
  const name = meses[month - 1] ?? ""
  switch (style) {
    case "words":
    case "ordinal":
      return `${date === 1 ? "primero" : unidades[date]} de ${name} de ${spanishYear(year)}`
    case "slashes":
      return `${date}/${month}/${year}`
    case "long":
    case "day_first":
      return `${date} de ${name} de ${year}`
  }
}

function spanishYear(year: number): string {
  const rest = year % 100
  const unit = rest % 10 === 0 ? "" : ` y ${unidades[rest % 10]}`
  const tens = `${decenas[Math.floor(rest / 10)]}${unit}`
  const small = rest === 0 ? "" : (unidades[rest] ?? tens)
  return `${year >= 2000 ? "dos mil" : "mil novecientos"} ${small}`.trim()
}

function endingOf(date: number): string {
  if (date > 10 && date < 14) return "th"
  return ["th", "st", "nd", "rd"][date % 10] ?? "th"
}

function spokenYear(year: number): string {
  if (year >= 2000 && year < 2010) return `two thousand ${units[year - 2000] ?? ""}`
  const rest = year % 100
  const century = spokenTwo(Math.floor(year / 100))
  return `${century} ${rest < 10 ? `oh ${units[rest]}` : spokenTwo(rest)}`
}

function spokenTwo(number: number): string {
  const small = units[number]
  if (small !== undefined) return small
  const unit = number % 10
  return `${tens[Math.floor(number / 10)]}${unit === 0 ? "" : `-${units[unit]}`}`
}

export function spokenDigits(digits: string, style: DigitStyle, language: Language = "en"): string {
  const each = [...digits]
  if (style === "together") return digits
  if (style === "apart") return each.join(" ")
  if (language === "es") return each.map((digit) => unidades[Number(digit)] ?? digit).join(" ")
  const zero = style === "oh" ? "oh" : "zero"
  return each.map((digit) => (digit === "0" ? zero : (units[Number(digit)] ?? digit))).join(" ")
}

/** "C-A-R-T-E-R", as it is spelled over a telephone. */
export function spelled(name: string): string {
  return [...name.toUpperCase()].join("-")
}

/** Two digits for the month, two for the day, four for the year. */
export function keyedDate(day: string): string {
  return `${day.slice(5, 7)}${day.slice(8, 10)}${day.slice(0, 4)}`
}

/** "metformin, lisinopril and atorvastatin" */
export function listed(names: readonly string[], language: Language = "en"): string {
  const last = names.at(-1) ?? ""
  const and = language === "es" ? "y" : "and"
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} ${and} ${last}`
}

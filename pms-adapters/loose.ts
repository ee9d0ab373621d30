/**
 * Values that REST vendors write as text on one site and as numbers on another. What can't be read
 * is undefined; nothing is guessed.
 */
import { DateTime } from "luxon"
import { type Static, Type as t } from "typebox"

export const Loose = t.Optional(t.Union([t.String(), t.Number(), t.Null()]))
export type Loose = Static<typeof Loose> | undefined

const EMPTY_GUID = /^[0{}-]*$/
/** Vendors write the year one, or 9999, where they have no day. */
const YEARS = { first: 1900, last: 2200 }
const REJECT_CODES_MAX = 20

/** An id that names somebody: not empty, and not the empty GUID. */
export function isId(text: string): boolean {
  return text.length <= 64 && !EMPTY_GUID.test(text)
}

/** Text without the blanks around it, or undefined when nothing is left. */
export function textOf(value: Loose): string | undefined {
  const text = value === null || value === undefined ? "" : String(value).trim()
  return text === "" ? undefined : text
}

/** `30`, `"30"` and `"30.00000"` are thirty; half a tablet is no count. */
export function countOf(value: Loose): number | undefined {
  const digits = /^(\d{1,4})(?:\.0+)?$/.exec(textOf(value) ?? "")?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** `30`, `"30.000"` and `"0030"` are thirty, `"8.50"` is eight and a half, as text. */
export function quantityOf(value: Loose): string | undefined {
  const [, whole, part = ""] = /^0*(\d{1,7})(?:\.(\d{1,3})0*)?$/.exec(textOf(value) ?? "") ?? []
  const decimals = part.replace(/0+$/, "")
  return whole === undefined || decimals === "" ? whole : `${whole}.${decimals}`
}

/** What a fill takes from the shelf. Vendors write zero where nobody wrote a quantity down. */
export function dispensedOf(value: Loose): string | undefined {
  const quantity = quantityOf(value)
  return quantity === "0" ? undefined : quantity
}

/** What is on the books: below zero where more went out than was ever booked in. */
export function balanceOf(value: Loose): string | undefined {
  const [, sign, digits] = /^(-?)(\d.*)$/.exec(textOf(value) ?? "") ?? []
  const amount = quantityOf(digits)
  return sign && dispensedOf(amount) ? `-${amount}` : amount
}

/** `75` and `" 3w "` as payers write them. One nobody knows is kept, what can be none is not. */
export function rejectCodesOf(values: readonly Loose[]): string[] {
  const texts = values.map((value) => textOf(value) ?? "")
  const codes = texts.filter((text) => /^[0-9A-Za-z]{1,3}$/.test(text))
  return [...new Set(codes.map((code) => code.toUpperCase()))].slice(0, REJECT_CODES_MAX)
}

/** `12.5` and `"12.50"` to 1250, by their digits: money never passes through a fraction. */
export function centsOf(value: Loose): number | undefined {
  const parts = /^(\d{1,7})(?:\.(\d{1,2})0*)?$/.exec(textOf(value) ?? "")
  return parts ? Number(`${parts[1]}${(parts[2] ?? "").padEnd(2, "0")}`) : undefined
}

const dayFormats = ["yyyy-MM-dd", "M/d/yyyy", "yyyyMMdd"] as const

/** A day in any of the usual ways, as the pharmacy wrote it; a time behind it is not looked at. */
export function dayOf(value: Loose): string | undefined {
  const text = (textOf(value) ?? "").split(/[T ]/)[0] ?? ""
  for (const format of dayFormats) {
    const day = DateTime.fromFormat(text, format)
    if (day.isValid && day.year >= YEARS.first && day.year <= YEARS.last) return day.toISODate()
  }
  return undefined
}

/** What is no ten-digit number is absent. */
export function e164Of(value: Loose): string | undefined {
  const digits = (textOf(value) ?? "").replace(/\D/g, "").replace(/^1(?=\d{10}$)/, "")
  return /^[2-9]\d{9}$/.test(digits) ? `+1${digits}` : undefined
}

/** `CARTER` to `Carter`, `LA SALLE-ROSS` to `La Salle-Ross`: a voice reads it as a name. */
export function capitalised(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/(^|[\s'-])(\p{L})/gu, (letters) => letters.toUpperCase())
}

/** The entries that have a value, since an absent fact is a missing key and never `undefined`. */
export function present<T extends object>(
  entries: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known: { [K in keyof T]?: Exclude<T[K], undefined> } = { ...entries }
  for (const key in known) if (known[key] === undefined) delete known[key]
  return known
}

/**
 * Evens out how PioneerRx writes: keys begin small, and what stands for nothing is left out. It
 * changes no value that means something.
 */
import { DateTime } from "luxon"
import { type Static, Type as t } from "typebox"
import { type Loose, textOf } from "../loose.ts"

const EMPTY_GUID = /^\{?0{8}-(?:0{4}-){3}0{12}\}?$/
/** Written where there is no day. */
const YEARS = { first: 1900, last: 2200 }

/** `true`, `"true"` and `"1"`. */
export const Flag = t.Optional(t.Union([t.Boolean(), t.String(), t.Number()]))

/** A collection of one may be written as that one. */
export function evened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(evened).filter((item) => item !== undefined)
  if (typeof value === "object" && value !== null) return evenedObject(value)
  if (value === null) return undefined
  if (typeof value !== "string") return value
  const text = value.trim()
  return text === "" || EMPTY_GUID.test(text) ? undefined : text
}

function evenedObject(value: object): object {
  const entries = Object.entries(value).map(([key, entry]) => [small(key), evened(entry)] as const)
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined))
}

/** `RxNumber` to `rxNumber`, `NDC` to `ndc`. */
function small(key: string): string {
  if (key === key.toUpperCase()) return key.toLowerCase()
  return key.charAt(0).toLowerCase() + key.slice(1)
}

export function isTrue(flag: Static<typeof Flag> | undefined): boolean {
  return flag === true || /^(true|1|y|yes)$/i.test(String(flag ?? ""))
}

const utcFormats = [
  "M/d/yyyy h:mm:ss a",
  "M/d/yyyy h:mm a",
  "M/d/yyyy H:mm:ss",
  "M/d/yyyy",
  "yyyyMMdd",
] as const

/**
 * The pharmacy's own day of a moment in UTC. Midnight to the second is a day without a time, and
 * means that day wherever the pharmacy is.
 */
export function utcDayOf(value: Loose, timeZone: string): string | undefined {
  const text = textOf(value) ?? ""
  const moment = momentOf(text)
  if (!moment || moment.year < YEARS.first || moment.year > YEARS.last) return undefined
  const isBareDay = moment.toMillis() === moment.startOf("day").toMillis()
  return (isBareDay ? moment : moment.setZone(timeZone)).toISODate() ?? undefined
}

function momentOf(text: string): DateTime | undefined {
  const utc = { zone: "utc" } as const
  // The vendor writes up to seven digits of a second, and a blank for the T.
  const iso = text.replace(/(\.\d{3})\d+/, "$1").replace(/^(\d{4}-\d\d-\d\d) /, "$1T")
  const all = [
    DateTime.fromISO(iso, utc),
    ...utcFormats.map((format) => DateTime.fromFormat(text, format, { ...utc, locale: "en-US" })),
  ]
  return all.find(({ isValid }) => isValid)
}

/** Moments and days as HL7 writes them: digits as far as known, and an offset or none. */
import { DateTime } from "luxon"

const form = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})?(\d{2})?(?:\.(\d{1,4}))?)?([+-]\d{4})?$/

/** `19800214` to `1980-02-14`, whatever time follows; a day that does not exist is absent. */
export function dayOf(text: string | null | undefined): string | undefined {
  const [, year, month, day] = form.exec(text?.trim() ?? "") ?? []
  return DateTime.fromISO(`${year}-${month}-${day}`, { zone: "utc" }).toISODate() ?? undefined
}

/** Without an offset it is the sender's own time. A day alone is no moment. */
export function momentOf(text: string | null | undefined, timeZone: string): number | undefined {
  const parts = form.exec(text?.trim() ?? "")
  if (parts?.[4] === undefined) return undefined
  const [, year, month, day, hour, minute = "00", second = "00", fraction = "0", offset = ""] =
    parts
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}${offset}`
  const moment = DateTime.fromISO(iso, { zone: timeZone })
  return moment.isValid ? moment.toMillis() : undefined
}

/** `1980-02-14` to `19800214`. */
export function writtenDay(day: string): string {
  return day.replaceAll("-", "")
}

export function writtenMoment(atMs: number, timeZone: string): string {
  return DateTime.fromMillis(atMs, { zone: timeZone }).toFormat("yyyyMMddHHmmssZZZ")
}

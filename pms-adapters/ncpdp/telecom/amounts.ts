/**
 * Amounts, quantities, days and times as they stand in a field. Money is integer cents and never a
 * fraction of a computer's making; its sign is punched over the last digit (pharmacy.md 2.4).
 */

const PLUS = "{ABCDEFGHI"
const MINUS = "}JKLMNOPQR"

/** Cents of an overpunched amount; undefined when it is none. */
export function centsOf(text: string): number | undefined {
  const last = text.at(-1) ?? ""
  const leading = text.slice(0, -1)
  if (!/^\d{0,14}$/.test(leading)) return undefined
  const plus = PLUS.indexOf(last)
  if (last !== "" && plus >= 0) return Number(leading + plus)
  const minus = last === "" ? -1 : MINUS.indexOf(last)
  // Zero has no sign here, whatever the payer punched.
  return minus < 0 ? undefined : 0 - Number(leading + minus)
}

/** At least a unit and two decimals, so that nobody takes five cents for fifty. */
export function overpunched(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0")
  const punch = cents < 0 ? MINUS : PLUS
  return digits.slice(0, -1) + punch[Number(digits.at(-1))]
}

const DECIMALS = 3

/** `0000030000` is `30`, `0000002500` is `2.5`: three decimals, no sign, no overpunch. */
export function quantityOf(text: string): string | undefined {
  if (!/^\d{1,15}$/.test(text)) return undefined
  const digits = text.padStart(DECIMALS + 1, "0")
  const whole = digits.slice(0, -DECIMALS).replace(/^0+(?=\d)/, "")
  const part = digits.slice(-DECIMALS).replace(/0+$/, "")
  return part === "" ? whole : `${whole}.${part}`
}

/** Undefined for what is no quantity with three decimals at most. */
export function writtenQuantity(quantity: string, digitsMax: number): string | undefined {
  const [, whole, part = ""] = /^(\d+)(?:\.(\d{1,3}))?$/.exec(quantity) ?? []
  if (whole === undefined) return undefined
  const digits = (whole + part.padEnd(DECIMALS, "0")).replace(/^0+(?=\d)/, "")
  return digits.length > digitsMax ? undefined : digits.padStart(digitsMax, "0")
}

/** `20261124` is `2026-11-24`; undefined for a day that no calendar has. */
export function dayOf(text: string): string | undefined {
  const [, year = "", month = "", day = ""] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? []
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isReal = year > "0099" && at.getUTCMonth() === Number(month) - 1
  return isReal && at.getUTCDate() === Number(day) ? `${year}-${month}-${day}` : undefined
}

export function writtenDay(day: string): string | undefined {
  const text = day.replaceAll("-", "")
  return dayOf(text) === day ? text : undefined
}

/** `1358` is `13:58`; undefined for what no clock shows. */
export function timeOf(text: string): string | undefined {
  const [, hour, minute] = /^([01]\d|2[0-3])([0-5]\d)$/.exec(text) ?? []
  return hour === undefined ? undefined : `${hour}:${minute}`
}

export function writtenTime(time: string): string | undefined {
  const text = time.replace(":", "")
  return timeOf(text) === time ? text : undefined
}

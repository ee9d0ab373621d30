/** Amounts, numbers and words of the stock page. Pure. */
import type { MovementKind, Shelf } from "../../../../modules/inventory/contract.ts"
import type { OrderLine, OrderState } from "../../../../modules/reordering/contract.ts"
import { type English, locale } from "../say.ts"

/** As people of the reader's language write it. */
export function amountText(quantity: string): string {
  return Number(quantity).toLocaleString(locale(), { maximumFractionDigits: 3 })
}

/** 5-4-2, as it stands on the package. */
export function ndcText(ndc12: string): string {
  const labeler = ndc12.slice(0, 6).replace(/^0/, "")
  return `${labeler}-${ndc12.slice(6, 10)}-${ndc12.slice(10)}`
}

export function isControlled({ schedule }: Pick<Shelf, "schedule">): boolean {
  return schedule !== "none"
}

/** What a field takes for a quantity: up to three decimals, above zero or not at all. */
export function isQuantity(text: string): boolean {
  return /^\d{1,7}(\.\d{1,3})?$/.test(text)
}

/** `4.5` to 450; undefined for what is no amount of dollars. */
export function centsIn(text: string): number | undefined {
  const [, dollars, cents = ""] = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? []
  return dollars === undefined ? undefined : Number(dollars + cents.padEnd(2, "0"))
}

export function dollarsText(cents: number): string {
  return (cents / 100).toFixed(2)
}

/** Undefined while one of the costs is not known: a part would be read as the whole. */
export function costOf(lines: readonly OrderLine[]): number | undefined {
  let sum = 0
  for (const { packs, packCents } of lines) {
    if (packCents === undefined) return undefined
    sum += packs * packCents
  }
  return sum
}

export const kindWords: Readonly<Record<MovementKind, English>> = {
  receipt: "Received",
  count: "Counted",
  reservation: "Set aside",
  release: "No longer set aside",
  dispense: "Dispensed",
  return: "Returned",
  waste: "Wasted",
}

export const stateWords: Readonly<Record<OrderState, English>> = {
  draft: "Draft",
  waiting: "Waits for a manager",
  approved: "Approved",
  received: "Delivered",
  cancelled: "Given up",
}

/** What the demo pharmacy has on its shelves: plenty, little, none, less than none, out of date. */
import { plusDays } from "./days.ts"
import { type Drug, drugs } from "./drugs.ts"
import type { Promised } from "./records.ts"

export interface Shelf {
  readonly drug: Drug
  /** Tablets, millilitres or grams; below zero where a delivery was never booked in. */
  readonly onHand: number
  readonly lots: readonly Lot[]
  /** When the vendor last changed it. */
  readonly booked: Promised
}

export interface Lot {
  readonly lot: string
  readonly expiresOn: string
  readonly quantity: number
}

/** Shelves that show something. The rest have some hundreds that last for a year and more. */
const special: Readonly<Record<string, readonly (readonly [quantity: number, days: number])[]>> = {
  // Hardly any.
  amlodipine: [[10, 400]],
  pantoprazole: [[12, 300]],
  // Out of date in six weeks.
  buspirone: [[60, 45]],
  // One bottle is out of date.
  levothyroxine: [
    [30, -20],
    [90, 500],
  ],
  oxycodone: [[40, 300]],
  // None at all.
  rosuvastatin: [],
  sumatriptan: [],
}

/** The shop never had any, so the vendor leaves it out. */
const NOT_KEPT = "valsartan"
/** More went out than was ever booked in. */
const NEGATIVE = { drug: "metoprolol", onHand: -30 }
const BOOKED_AT = "07:45"

/** The shelves on that day, in the order of their codes. */
export function makeShelves(today: string): readonly Shelf[] {
  return drugs
    .filter(({ name }) => !name.startsWith(NOT_KEPT))
    .toSorted((a, b) => (a.ndc < b.ndc ? -1 : 1))
    .map((drug, index) => shelf(drug, index, today))
}

function shelf(drug: Drug, index: number, today: string): Shelf {
  const plenty = [[200 + 20 * (index % 9), 420 + 10 * index]] as const
  const [name = ""] = drug.name.split(" ")
  const lots = (special[name] ?? plenty).map(([quantity, days], at) => ({
    lot: `D${1000 + index}${"AB"[at] ?? "C"}`,
    expiresOn: plusDays(today, days),
    quantity,
  }))
  const booked = { day: today, time: BOOKED_AT }
  if (name === NEGATIVE.drug) return { drug, onHand: NEGATIVE.onHand, lots: [], booked }
  return { drug, onHand: lots.reduce((sum, { quantity }) => sum + quantity, 0), lots, booked }
}

/** The shelf after so much went from it, the oldest lot that is still good first. */
export function less(shelf: Shelf, quantity: number, today: string): Shelf {
  let left = quantity
  const lots = shelf.lots
    .toSorted((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1))
    .map((lot) => {
      const taken = lot.expiresOn < today ? 0 : Math.min(lot.quantity, left)
      left -= taken
      return { ...lot, quantity: lot.quantity - taken }
    })
  return { ...shelf, onHand: shelf.onHand - quantity, lots: lots.filter((one) => one.quantity > 0) }
}

/** One shelf as staff see it, from what is kept of it. Pure. */
import { thousandths, total, written } from "../../pms-adapters/ncpdp/thousandths.ts"
import type { Lot, Shelf } from "./contract.ts"
import type { Item } from "./needs.ts"

/** What is out of date is never counted as available, and neither is what is set aside. */
export function shelfOf(item: Item, today: string): Shelf {
  const { ndc, name, schedule, told, kept, countedAtMs, reserved, expected, discrepancy } = item
  const onHand = thousandths(told?.onHand ?? kept)
  const lots = (told?.lots ?? item.lots).toSorted(byExpiry)
  const good = lots.filter(({ expiresOn }) => !isOutOfDate(expiresOn, today))
  const bad = lots.filter(({ expiresOn }) => isOutOfDate(expiresOn, today))
  // Lots are noted by hand in places, and may come to more than there is.
  const expired = Math.min(total(bad.map(({ quantity }) => quantity)), Math.max(0, onHand))
  const [first] = good
  const knownAtMs = told?.readAtMs ?? countedAtMs
  return {
    ...{ ndc, name, schedule, reserved, expected },
    source: told ? "pms" : "counts",
    onHand: written(onHand),
    lots,
    expired: written(expired),
    available: written(onHand - expired - thousandths(reserved)),
    // Where nobody has counted yet the books begin at nothing, and tell nothing.
    isNegative: onHand < 0 && knownAtMs !== undefined,
    ...(knownAtMs === undefined ? {} : { knownAtMs }),
    ...(first && { nearestExpiry: first.expiresOn }),
    ...(discrepancy && { discrepancy }),
  }
}

interface Limits {
  readonly freshMinutes: number
  readonly freshCountHours: number
}

/** Whether what is known of a shelf is new enough for a caller's ears. */
export function isFresh({ told, countedAtMs }: Item, limits: Limits, nowMs: number): boolean {
  const oldMs = told ? limits.freshMinutes * MINUTE_MS : limits.freshCountHours * 60 * MINUTE_MS
  const knownAtMs = told ? told.readAtMs : countedAtMs
  return knownAtMs !== undefined && nowMs - knownAtMs <= oldMs
}

const MINUTE_MS = 60_000

/** A day that is over; on its last day a product may still be given. */
function isOutOfDate(expiresOn: string, today: string): boolean {
  return expiresOn < today
}

function byExpiry(one: Lot, other: Lot): number {
  return one.expiresOn < other.expiresOn ? -1 : one.expiresOn > other.expiresOn ? 1 : 0
}

/** The lots after a delivery; a second delivery of a lot adds to it. */
export function withLot(lots: readonly Lot[], arrived: Lot): Lot[] {
  const same = lots.find(({ lot }) => lot === arrived.lot)
  if (!same) return [...lots, arrived]
  const quantity = written(total([same.quantity, arrived.quantity]))
  return lots.map((one) => (one === same ? { ...arrived, quantity } : one))
}

interface Leaving {
  /** In thousandths. */
  readonly amount: number
  /** Which lot it left; the one that goes out of date first when left out, if it is still good. */
  readonly lot?: string
  readonly today: string
}

/** The lots after something left: first what goes out of date first, as shelves are emptied. */
export function withoutAmount(lots: readonly Lot[], { amount, lot, today }: Leaving): Lot[] {
  let left = amount
  return lots.toSorted(byExpiry).flatMap((one) => {
    const isMeant = lot === undefined ? !isOutOfDate(one.expiresOn, today) : one.lot === lot
    const taken = isMeant ? Math.min(left, thousandths(one.quantity)) : 0
    left -= taken
    const rest = thousandths(one.quantity) - taken
    return rest > 0 ? [{ ...one, quantity: written(rest) }] : []
  })
}

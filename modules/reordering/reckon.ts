/** When to order and how much, out of use. Pure. Quantities are in thousandths of a unit. */

/** Standard normal quantiles, by the share of order cycles in a hundred. */
const quantiles = { 90: 1.2816, 95: 1.6449, 98: 2.0537, 99: 2.3263 } as const
export type SafeCycles = keyof typeof quantiles

/** A whole unit: nobody orders a part of a tablet. */
const UNIT = 1_000

export interface Use {
  readonly mean: number
  readonly deviation: number
}

/** A moving average over whole days; a day on which nothing went counts as nothing. */
export function dailyUseOf(daily: readonly number[]): Use {
  const days = daily.length
  if (days === 0) return { mean: 0, deviation: 0 }
  const mean = daily.reduce((sum, amount) => sum + amount, 0) / days
  // Of a sample: divided by one less than the days.
  const squares = daily.reduce((sum, amount) => sum + (amount - mean) ** 2, 0)
  return { mean, deviation: days > 1 ? Math.sqrt(squares / (days - 1)) : 0 }
}

export interface Supply {
  /** Days from the order to the shelf. */
  readonly leadDays: number
  readonly serviceLevel: SafeCycles
}

/**
 * With a daily use of mean d and standard deviation s, and a lead time of L days:
 *
 *     reorder point = d × L + z × s × √L
 *
 * The first term is what goes while the order is on its way, the second the safety stock: z is the
 * standard normal quantile of the service level, the share of order cycles in which nothing runs
 * out. Silver, Pyke, Thomas: Inventory and Production Management in Supply Chains, 4th ed. (2017),
 * chapter 6, order-point systems with a known lead time.
 */
export function reorderPoint({ mean, deviation }: Use, { leadDays, serviceLevel }: Supply): number {
  const safety = quantiles[serviceLevel] * deviation * Math.sqrt(leadDays)
  return wholeUnits(mean * leadDays + safety)
}

export interface Need {
  readonly point: number
  readonly mean: number
  /** For how many days of use one order should last. */
  readonly coverDays: number
  /** Available, on its way and in drafts. */
  readonly position: number
  readonly packSize: number
}

/** Whole packages up to the point and the days that an order should last; none at the point. */
export function packsNeeded({ point, mean, coverDays, position, packSize }: Need): number {
  if (position >= point) return 0
  return Math.ceil((point + mean * coverDays - position) / packSize)
}

function wholeUnits(amount: number): number {
  return Math.max(0, Math.ceil(amount / UNIT - 1e-9)) * UNIT
}

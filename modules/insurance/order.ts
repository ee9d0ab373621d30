/** In which order payers are billed. Numbers run from 1 without a gap, whatever is ended. */
import type { Coverage } from "./contract.ts"

export type Order = Coverage["order"]

export const ORDERS: readonly Order[] = [1, 2, 3]

/** The coverage on file, first payer first. */
export function inOrder<T extends { readonly order: number; readonly addedAtMs: number }>(
  coverages: readonly T[],
): readonly T[] {
  return coverages.toSorted((a, b) => a.order - b.order || a.addedAtMs - b.addedAtMs)
}

/** The same coverage, numbered as it stands. */
export function renumbered<T extends object>(
  coverages: readonly T[],
): readonly (Omit<T, "order"> & { readonly order: Order })[] {
  return coverages.flatMap((one, at) => {
    const order = ORDERS[at]
    return order === undefined ? [] : [{ ...one, order }]
  })
}

/**
 * What a fill takes from the shelf: RXD-4 of what was dispensed, or RXE-10 of what is to be. Pure.
 * An amount in boxes or bottles is one nobody can compare with a claim's, and so it is none.
 */
import type { Order } from "../hl7/order.ts"
import type { Told } from "../hl7/value.ts"
import { dispensedOf } from "../loose.ts"

/** Undefined when nothing was said; null when it was deleted, or can't be read. */
export function quantityOf(
  { encoded, dispensed }: Pick<Order, "encoded" | "dispensed">,
  countedIn: readonly string[],
): Told {
  const said = dispensed?.quantity === undefined ? encoded : dispensed
  const { quantity, units, drug } = said ?? {}
  if (quantity === undefined || quantity === null) return quantity
  // Units may be left out where the drug's code implies them, as an NDC does.
  const isCounted = units ? countedIn.includes(units.toUpperCase()) : drug?.system === "NDC"
  return (isCounted && dispensedOf(plain(quantity))) || null
}

/** HL7's numbers may have a plus in front, or nothing on one side of the point. No number is 0. */
function plain(amount: string): string {
  const [, whole = "", part = ""] = /^\+?(\d*)(?:\.(\d*))?$/.exec(amount.trim()) ?? []
  return `${whole || "0"}.${part || "0"}`
}

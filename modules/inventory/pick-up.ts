/**
 * "Can I pick it up today?", as far as the shelf tells. It promises nothing: what is not known for
 * certain is unknown, and a controlled drug always is.
 */
import { Outage } from "#core/fault.ts"
import type { Prescription } from "#core/pms.ts"
import { thousandths } from "../../pms-adapters/ncpdp/thousandths.ts"
import { drugs } from "../drugs/contract.ts"
import { isControlled, strictSchedule } from "./controlled.ts"
import { ndcOf, openFill } from "./fills.ts"
import { dayHere, type Here, type Item, nowHere } from "./needs.ts"
import { readOne } from "./read-stock.ts"
import { isFresh, shelfOf } from "./shelf.ts"

export type Stock = "here" | "on_its_way" | "to_be_ordered" | "unknown"

export async function stockFor(prescription: Prescription, context: Here): Promise<Stock> {
  const { drugName: name, quantity, rxNumber } = prescription
  const ndc = ndcOf(prescription)
  if (ndc === undefined || quantity === undefined) return "unknown"
  const schedule = await strictSchedule({ name, schedule: prescription.schedule }, context)
  if (isControlled({ schedule })) return "unknown"
  const item = await shelfNow(ndc, context)
  if (!item || !isSure(item, context)) return "unknown"
  const own = (await openFill(rxNumber, context))?.doc.quantity ?? "0"
  const shelf = shelfOf(item, dayHere(context))
  const needed = thousandths(quantity)
  if (thousandths(shelf.available) + thousandths(own) >= needed) return "here"
  // Another maker's may do as well; that is for the pharmacy to say.
  if (await hasEqual(ndc, needed, context)) return "unknown"
  return thousandths(shelf.expected) >= needed ? "on_its_way" : "to_be_ordered"
}

/** Read anew; what was read before stands in where the pharmacy system does not answer. */
async function shelfNow(ndc: string, context: Here): Promise<Item | undefined> {
  try {
    await readOne(ndc, context)
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
  }
  return (await context.store.items.get(ndc))?.doc
}

/** Old numbers, numbers below zero and numbers that a count did not bear out tell nothing. */
function isSure(item: Item, context: Here): boolean {
  const { discrepancy, isNegative } = shelfOf(item, dayHere(context))
  return (
    !isControlled(item) &&
    !discrepancy &&
    !isNegative &&
    isFresh(item, context.config, nowHere(context))
  )
}

/** True also where nobody can tell: the directory does not know the product. */
async function hasEqual(ndc: string, needed: number, context: Here): Promise<boolean> {
  const found = await context.call(drugs, "alike", { ndc })
  if (!found.ok || found.value.ndcs.length === 0) return true
  for (const other of found.value.ndcs) {
    const item = (await context.store.items.get(other))?.doc
    if (!item || item.ndc === ndc) continue
    if (thousandths(shelfOf(item, dayHere(context)).available) >= needed) return true
  }
  return false
}

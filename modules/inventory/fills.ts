/**
 * Fills: what was asked for through Mortar is set aside on the shelf until it is fetched or put
 * back; whatever is fetched is use. A fill of which the quantity is not told changes nothing.
 */
import { inTurn } from "#core/in-turn.ts"
import { type FillStatus, type Prescription, pms } from "#core/pms.ts"
import { thousandths, written } from "../../pms-adapters/ncpdp/thousandths.ts"
import { strictSchedule } from "./controlled.ts"
import { book, shelfFor } from "./ledger.ts"
import { type Here, nowHere } from "./needs.ts"

const gone: readonly FillStatus[] = ["picked_up", "shipped", "delivered"]
const putBack: readonly FillStatus[] = ["cancelled", "returned_to_stock"]
const FILLS_MAX = 100

interface Taking {
  readonly rxNumber: string
  readonly patient: string
  readonly ndc: string
  readonly quantity: string
  readonly filledOn?: string
}

export function reserve(rxNumber: string, context: Here): Promise<void> {
  return inTurn(`rx:${rxNumber}`, async () => {
    const taking = await takingOf(rxNumber, context)
    if (!taking || (await openFill(rxNumber, context))) return
    const atMs = nowHere(context)
    await context.store.fills.put(context.newId(), { ...taking, state: "reserved", atMs }, 0)
    const { ndc, quantity } = taking
    await book({ ndc, kind: "reservation", quantity }, context)
  })
}

export function hearFill(rxNumber: string, fill: FillStatus, context: Here): Promise<void> {
  return inTurn(`rx:${rxNumber}`, async () => {
    if (gone.includes(fill)) await dispense(rxNumber, context)
    else if (putBack.includes(fill)) await release(rxNumber, context)
  })
}

async function dispense(rxNumber: string, context: Here): Promise<void> {
  const { newId, store } = context
  const open = await openFill(rxNumber, context)
  const taking = open?.doc ?? (await takingOf(rxNumber, context))
  if (!taking) return
  const { ndc, quantity } = taking
  const atMs = nowHere(context)
  if (open) {
    await store.fills.put(open.id, { ...open.doc, state: "dispensed", atMs }, open.version)
    await book({ ndc, kind: "release", quantity: negative(quantity) }, context)
  } else {
    // Shipped and then delivered, or told twice: one fill.
    const before = await store.fills.find({
      where: { rxNumber, state: "dispensed" },
      limit: FILLS_MAX,
    })
    if (before.some(({ doc }) => doc.filledOn === taking.filledOn)) return
    await store.fills.put(newId(), { ...taking, state: "dispensed", atMs }, 0)
  }
  await book({ ndc, kind: "dispense", quantity: negative(quantity) }, context)
}

async function release(rxNumber: string, context: Here): Promise<void> {
  const open = await openFill(rxNumber, context)
  if (!open) return
  const { ndc, quantity } = open.doc
  const closed = { ...open.doc, state: "released" as const, atMs: nowHere(context) }
  await context.store.fills.put(open.id, closed, open.version)
  await book({ ndc, kind: "release", quantity: negative(quantity) }, context)
}

export async function openFill(rxNumber: string, { store }: Here) {
  const [open] = await store.fills.find({ where: { rxNumber, state: "reserved" }, limit: 1 })
  return open
}

/** Undefined where the pharmacy system does not tell which product or how much. */
async function takingOf(rxNumber: string, context: Here): Promise<Taking | undefined> {
  const found = await context.call(pms, "getPrescription", { rxNumber })
  if (!found.ok) return undefined
  const { patient, drugName: name, quantity, lastFilledOn } = found.value
  const ndc = ndcOf(found.value)
  if (ndc === undefined || quantity === undefined) return undefined
  const schedule = await strictSchedule({ name, schedule: found.value.schedule }, context)
  await shelfFor({ ndc, name, schedule }, context)
  const filledOn = lastFilledOn === undefined ? {} : { filledOn: lastFilledOn }
  return { rxNumber, patient, ndc, quantity, ...filledOn }
}

/** Ten digits without hyphens could be three products, so they are none. */
export function ndcOf({ ndc = "" }: Pick<Prescription, "ndc">): string | undefined {
  return /^\d{11,12}$/.test(ndc) ? ndc.padStart(12, "0") : undefined
}

function negative(quantity: string): string {
  return written(-thousandths(quantity))
}

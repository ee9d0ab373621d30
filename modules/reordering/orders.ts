/** Orders from draft to shelf: one draft for each wholesaler, and never a controlled drug in it. */
import { assert } from "#core/fault.ts"
import { inTurn } from "#core/in-turn.ts"
import { thousandths, written } from "../../pms-adapters/ncpdp/thousandths.ts"
import { inventory } from "../inventory/contract.ts"
import type { Order, OrderLine, OrderState } from "./contract.ts"
import { type Here, todayHere } from "./needs.ts"

const ORDERS_MAX = 500

async function inState(state: OrderState, { store }: Here): Promise<readonly Order[]> {
  return (await store.orders.find({ where: { state }, limit: ORDERS_MAX })).map(({ doc }) => doc)
}

/** What of a product is in orders that nobody has approved yet, in thousandths. */
export async function openLines(ndc: string, context: Here): Promise<number> {
  const open = [...(await inState("draft", context)), ...(await inState("waiting", context))]
  return open
    .flatMap(({ lines }) => lines.filter((line) => line.ndc === ndc))
    .reduce((sum, line) => sum + unitsOf(line), 0)
}

function unitsOf({ packs, packSize }: OrderLine): number {
  return packs * thousandths(packSize)
}

/** Puts a line into the wholesaler's draft; a product that is in it gets so many packages more. */
export function putIntoDraft(wholesaler: string, line: OrderLine, context: Here): Promise<Order> {
  return inTurn(`draft:${wholesaler}`, async () => {
    const drafts = await inState("draft", context)
    const found = drafts.find((one) => one.wholesaler === wholesaler)
    const draft = found ?? (await begin(wholesaler, context))
    const { lines } = draft
    const same = lines.find(({ ndc }) => ndc === line.ndc)
    const after = same
      ? lines.map((one) => (one === same ? { ...one, packs: one.packs + line.packs } : one))
      : [...lines, line]
    return changed(draft.order, (order) => ({ ...order, lines: after }), context)
  })
}

async function begin(wholesaler: string, context: Here): Promise<Order> {
  const order = context.newId()
  const madeOn = todayHere(context)
  const draft = { order, wholesaler, state: "draft", lines: [], madeOn, revision: 0 } as const
  await context.store.orders.put(order, { ...draft, lines: [] }, 0)
  return { ...draft, lines: [] }
}

/** Changes an order that is there, and says so. */
export async function changed(
  id: string,
  edit: (order: Order) => Order,
  { emit, store }: Here,
): Promise<Order> {
  const stored = await store.orders.change(id, edit)
  assert(stored)
  const { order, state } = stored.doc
  emit("changed", { order, state })
  return stored.doc
}

/** Tells the inventory what is still on its way. */
export async function noteExpected({ order, state, lines }: Order, { call }: Here): Promise<void> {
  const coming = state === "approved" ? lines : []
  await call(inventory, "expect", {
    order,
    lines: coming.map((line) => {
      const left = Math.max(0, unitsOf(line) - thousandths(line.received))
      return { ndc: line.ndc, quantity: written(left) }
    }),
  })
}

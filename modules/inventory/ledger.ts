/**
 * The ledger: every movement is one line that is added and never changed, together with what it
 * makes of the shelf. No line names a patient.
 */
import { assert } from "#core/fault.ts"
import { inTurn } from "#core/in-turn.ts"
import { thousandths, total, written } from "../../pms-adapters/ncpdp/thousandths.ts"
import { workQueue } from "../work-queue/contract.ts"
import type { Movement } from "./contract.ts"
import { isControlled } from "./controlled.ts"
import { dayHere, type Here, type Item, nowHere } from "./needs.ts"
import { withLot, withoutAmount } from "./shelf.ts"

type Noted = Omit<Movement, "movement" | "by" | "atMs"> & { readonly expiresOn?: string }

/** Adds one line, and answers the shelf after it. The shelf must be there. */
export async function book({ expiresOn, ...noted }: Noted, context: Here): Promise<Item> {
  const { emit, newId, store } = context
  const [before, after] = await inTurn(noted.ndc, async () => {
    const stored = await store.items.get(noted.ndc)
    assert(stored)
    const item = moved(stored.doc, { ...noted, ...(expiresOn && { expiresOn }) }, context)
    const movement = newId()
    const line = { ...noted, movement, by: whoActs(context), atMs: nowHere(context) }
    await store.batch([
      { put: "items", id: noted.ndc, doc: item, version: stored.version },
      { put: "movements", id: movement, doc: line, version: 0 },
    ])
    return [stored.doc, item]
  })
  emit("changed", { ndc: noted.ndc, kind: noted.kind })
  const isOurs = !after.told && after.countedAtMs !== undefined
  if (isOurs && thousandths(after.kept) < 0 && thousandths(before.kept) >= 0)
    await report(after, "More left the shelf than was ever counted. Count it.", context)
  if (after.discrepancy && after.discrepancy.atMs !== before.discrepancy?.atMs)
    await report(after, differs(after), context)
  return after
}

/** The shelf after a movement. */
function moved(
  item: Item,
  { kind, counted, lot, expiresOn, ...noted }: Noted,
  context: Here,
): Item {
  const amount = thousandths(noted.quantity)
  const today = dayHere(context)
  const from = { today, ...(lot === undefined ? {} : { lot }) }
  switch (kind) {
    case "receipt": {
      assert(lot !== undefined && expiresOn !== undefined)
      const lots = withLot(item.lots, { lot, expiresOn, quantity: noted.quantity })
      return { ...item, lots, kept: sum(item.kept, amount) }
    }
    case "count":
      assert(counted !== undefined)
      return withCount(item, counted, nowHere(context))
    case "reservation":
    case "release":
      return { ...item, reserved: atLeastNothing(thousandths(item.reserved) + amount) }
    default: {
      const lots = withoutAmount(item.lots, { ...from, amount: -amount })
      return { ...item, lots, kept: sum(item.kept, amount) }
    }
  }
}

/** The books are set right where they are ours; elsewhere the difference is for a person. */
function withCount({ discrepancy: _, ...item }: Item, counted: string, atMs: number): Item {
  const booked = item.told?.onHand ?? item.kept
  const isFirst = !item.told && item.countedAtMs === undefined
  const isSame = isFirst || thousandths(booked) === thousandths(counted)
  const after = { ...item, kept: counted, countedAtMs: atMs }
  return isSame ? after : { ...after, discrepancy: { counted, booked, atMs } }
}

function differs({ told }: Item): string {
  return told
    ? "A count differs from the pharmacy system. Look why, and correct it there."
    : "A count differs from the books, which now say what was counted. Look why."
}

/** One task for each kind of trouble on a shelf and day: a pharmacist's for a controlled drug. */
export async function report(item: Item, willHappen: string, context: Here): Promise<void> {
  const tier = isControlled(item) ? 2 : 1
  const about = { willHappen, drugName: item.name }
  const rules = ["stock_discrepancy"]
  const task = { ...({ tier, row: "stock_keeping" } as const), rules, context: about }
  const key = `${item.ndc}:${willHappen}:${dayHere(context)}`
  await context.call(workQueue, "add", task, { key })
}

function whoActs({ actor }: Here): string {
  if (actor.kind === "staff") return actor.person
  return actor.kind === "system" ? actor.module : actor.kind
}

function sum(balance: string, amount: number): string {
  return written(thousandths(balance) + amount)
}

function atLeastNothing(amount: number): string {
  return written(Math.max(0, amount))
}

/** The shelf of a product, made anew when there is none. */
export async function shelfFor(
  { ndc, name, schedule }: Pick<Item, "ndc" | "name" | "schedule">,
  { store }: Here,
): Promise<Item> {
  return inTurn(ndc, async () => {
    const known = (await store.items.get(ndc))?.doc
    if (known) return known
    const empty = { kept: "0", lots: [], reserved: "0", expected: "0" }
    const item = { ndc, name, schedule, ...empty }
    await store.items.put(ndc, item, 0)
    return item
  })
}

/** Adds up what is on its way of a product, after an order changed. */
export async function sumExpected(ndc: string, { store }: Here): Promise<void> {
  await inTurn(ndc, async () => {
    const lines = await store.expected.find({ where: { ndc }, limit: LINES_MAX })
    const expected = written(total(lines.map(({ doc }) => doc.quantity)))
    await store.items.change(ndc, (item) => ({ ...item, expected }))
  })
}

const LINES_MAX = 1_000

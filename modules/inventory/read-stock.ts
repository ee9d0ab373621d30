/**
 * The pharmacy system's own stock, where it tells any: its word counts, with when it was read. What
 * it leaves out is not called none.
 */
import { inTurn } from "#core/in-turn.ts"
import { pms, type StockLevel } from "#core/pms.ts"
import { thousandths } from "../../pms-adapters/ncpdp/thousandths.ts"
import { strictSchedule } from "./controlled.ts"
import { report } from "./ledger.ts"
import type { Here, Item } from "./needs.ts"

const PAGES_MAX = 200
const ITEMS_AT_ONCE = 1_000

/** Reads everything, a page at a time. */
export async function readAll(context: Here): Promise<void> {
  const { call, offers } = context
  if (!(await offers(pms, "readStock"))) return
  const seen = new Set<string>()
  let after: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const read = await call(pms, "readStock", after === undefined ? {} : { after })
    if (!read.ok) return
    for (const level of read.value.stock) seen.add((await take(level, context)).ndc)
    after = read.value.next
    if (after === undefined) break
  }
  if (after !== undefined) return
  for (const { ndc, told } of await everyItem(context))
    if (told && !seen.has(ndc)) await forget(ndc, context)
}

/** Reads one product now, if the pharmacy system tells it. */
export async function readOne(ndc: string, context: Here): Promise<void> {
  const { call, offers } = context
  if (!(await offers(pms, "readStock"))) return
  const read = await call(pms, "readStock", { ndc: ndc.replace(/^0(?=\d{11}$)/, "") })
  const [level] = read.ok ? read.value.stock : []
  if (level) await take(level, context)
  else await forget(ndc, context)
}

async function take({ drugName: name, ...level }: StockLevel, context: Here): Promise<Item> {
  const { store } = context
  const ndc = level.ndc.padStart(12, "0")
  const { onHand, lots, readAtMs } = level
  const told = { onHand, readAtMs, ...(lots && { lots }) }
  const [before, after] = await inTurn(ndc, async () => {
    const stored = await store.items.get(ndc)
    const empty = { kept: "0", lots: [], reserved: "0", expected: "0" }
    const known = stored?.doc.name === name ? stored.doc.schedule : "none"
    const said = known === "none" ? level.schedule : known
    const schedule = await strictSchedule({ name, schedule: said }, context)
    const item = settled({ ndc, ...(stored?.doc ?? empty), name, schedule, told })
    await store.items.put(ndc, item, stored?.version ?? 0)
    return [stored?.doc, item]
  })
  const wasNegative = before?.told !== undefined && thousandths(before.told.onHand) < 0
  if (thousandths(onHand) < 0 && !wasNegative)
    await report(after, "The pharmacy system has less than nothing on hand. Count it.", context)
  return after
}

/** A difference is over when the pharmacy system says what was counted. */
function settled({ discrepancy, ...item }: Item): Item {
  const isOver = discrepancy && item.told && sameAs(discrepancy.counted, item.told.onHand)
  return discrepancy && !isOver ? { ...item, discrepancy } : item
}

function sameAs(one: string, other: string): boolean {
  return thousandths(one) === thousandths(other)
}

async function forget(ndc: string, { store }: Here): Promise<void> {
  await store.items.change(ndc, ({ told: _, ...item }) => item)
}

/** Every product there is, in the order of their numbers. */
export async function everyItem({ store }: Here): Promise<readonly Item[]> {
  const all: Item[] = []
  for (let from = ""; ; ) {
    const some = await store.items.find({
      from: { ndc: from },
      orderBy: "ndc",
      limit: ITEMS_AT_ONCE,
    })
    all.push(...some.map(({ doc }) => doc))
    const last = some.at(-1)
    if (!last || some.length < ITEMS_AT_ONCE) return all
    // Numbers have twelve digits, so this one comes right behind the last.
    from = `${last.id}~`
  }
}

/** What was dispensed, by product and day, out of the ledger. */
import { DateTime } from "luxon"
import { thousandths, written } from "../../pms-adapters/ncpdp/thousandths.ts"
import type { Movement } from "./contract.ts"
import { type Here, nowHere } from "./needs.ts"

const LINES_AT_ONCE = 1_000
const LINES_MAX = 200_000

/** Days end at midnight at the pharmacy; today is not over and does not count. */
export async function dailyUse(days: number, context: Here) {
  const { zone, today } = calendar(context)
  const first = today.minus({ days })
  const lines = await dispensed(first.toMillis(), today.toMillis(), context)
  const byProduct = new Map<string, number[]>()
  for (const { ndc, quantity, atMs } of lines) {
    const daily = byProduct.get(ndc) ?? Array.from({ length: days }, () => 0)
    const day = DateTime.fromMillis(atMs, { zone }).startOf("day")
    const at = Math.round(day.diff(first, "days").days)
    daily[at] = (daily[at] ?? 0) - thousandths(quantity)
    byProduct.set(ndc, daily)
  }
  const products = [...byProduct].map(([ndc, daily]) => ({ ndc, daily: daily.map(written) }))
  return { products }
}

function calendar(context: Here) {
  const zone = context.config.timeZone
  return { zone, today: DateTime.fromMillis(nowHere(context), { zone }).startOf("day") }
}

async function dispensed(
  fromMs: number,
  beforeMs: number,
  { store }: Here,
): Promise<readonly Movement[]> {
  const lines = new Map<string, Movement>()
  for (let from = fromMs; lines.size < LINES_MAX; ) {
    const some = await store.movements.find({
      where: { kind: "dispense" },
      from: { atMs: from },
      before: { atMs: beforeMs },
      orderBy: "atMs",
      limit: LINES_AT_ONCE,
    })
    const known = lines.size
    for (const { doc } of some) lines.set(doc.movement, doc)
    const last = some.at(-1)
    // More lines of one moment than fit would come again and again.
    if (!last || some.length < LINES_AT_ONCE || lines.size === known) break
    from = last.doc.atMs
  }
  return [...lines.values()]
}

/**
 * Every morning: reorder points from use, and what is below them into the drafts. A controlled drug
 * is never in a draft: it becomes a pharmacist's task.
 */
import type { DeaSchedule } from "#core/decision.ts"
import { thousandths, written } from "../../pms-adapters/ncpdp/thousandths.ts"
import { inventory } from "../inventory/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import type { Point } from "./contract.ts"
import { type Here, nowHere, todayHere } from "./needs.ts"
import { openLines, putIntoDraft } from "./orders.ts"
import { packSizeFor } from "./pack-size.ts"
import { dailyUseOf, packsNeeded, reorderPoint } from "./reckon.ts"

const SHOWN_DAYS = 28
const DAYS_A_WEEK = 7

interface Level {
  readonly ndc: string
  readonly name: string
  readonly schedule: DeaSchedule
  readonly available: string
  readonly expected: string
}

export type Kept = Omit<Point, "point">

export async function compute(context: Here): Promise<void> {
  const { call, config } = context
  await call(inventory, "look", {})
  const used = await call(inventory, "use", { days: config.windowDays })
  const levels = await call(inventory, "levels", {})
  if (!used.ok || !levels.ok) return
  const dailyOf = new Map(used.value.products.map(({ ndc, daily }) => [ndc, daily]))
  for (const level of levels.value.levels) {
    const point = await reckon(level.ndc, dailyOf.get(level.ndc), context)
    if (point) await orderIfBelow(level, point, context)
  }
}

/** Undefined where nothing was used, and nobody has set a point by hand. */
async function reckon(
  ndc: string,
  daily: readonly string[] = [],
  { config, store, ...context }: Here,
) {
  const stored = await store.points.get(ndc)
  if (daily.length === 0 && !stored) return undefined
  const { mean, deviation } = dailyUseOf(daily.map(thousandths))
  const [{ leadDays } = { leadDays: 1 }] = config.wholesalers
  const { serviceLevel } = config
  const override = stored?.doc.override
  const point: Kept = {
    ndc,
    reckoned: written(reorderPoint({ mean, deviation }, { leadDays, serviceLevel })),
    mean: written(Math.round(mean)),
    deviation: written(Math.round(deviation)),
    daily: daily.slice(-SHOWN_DAYS),
    reckonedAtMs: Math.round(context.clock.nowMs()),
    ...(override && { override }),
  }
  await store.points.put(ndc, point, stored?.version ?? 0)
  return point
}

async function orderIfBelow(level: Level, kept: Kept, context: Here): Promise<void> {
  const { available, expected, name, ndc, schedule } = level
  const drafted = await openLines(ndc, context)
  const { size, isKnown } = await packSizeFor(ndc, context)
  const packs = packsNeeded({
    point: thousandths(pointOf(kept)),
    mean: thousandths(kept.mean),
    coverDays: context.config.coverDays,
    position: thousandths(available) + thousandths(expected) + drafted,
    packSize: size,
  })
  if (packs === 0) return
  if (schedule !== "none") return askPharmacist(level, context)
  const [wholesaler] = context.config.wholesalers
  if (!wholesaler) return
  const line = { ndc, name, packs, packSize: written(size), isPackKnown: isKnown, received: "0" }
  await putIntoDraft(wholesaler.name, line, context)
}

export function pointOf({ override, reckoned }: Kept): string {
  return override?.point ?? reckoned
}

/** Once a week, for as long as it is below. */
async function askPharmacist({ ndc, name, schedule }: Level, context: Here): Promise<void> {
  const how =
    schedule === "CII"
      ? "Order it with DEA form 222 or CSOS (21 CFR 1305)."
      : "Order it yourself; it is in no draft."
  const willHappen = `Less is there than the reorder point. ${how}`
  const about = { willHappen, drugName: name }
  const week = Math.floor(Date.parse(todayHere(context)) / (DAYS_A_WEEK * 86_400_000))
  const item = { tier: 2 as const, row: "controlled_stock", rules: ["below_reorder_point"] }
  const task = { ...item, context: about }
  await context.call(workQueue, "add", task, { key: `${ndc}:${week}` })
}

/** A point of one's own, or the reckoned one again. */
export async function setOverride(
  ndc: string,
  given: { readonly point?: string; readonly reason: string; readonly by: string },
  context: Here,
): Promise<Kept> {
  const { store } = context
  const { point, reason, by } = given
  const atMs = nowHere(context)
  const nothing = { reckoned: "0", mean: "0", deviation: "0", daily: [], reckonedAtMs: atMs }
  const stored = await store.points.get(ndc)
  const { override: _, ...before } = { ...nothing, ...stored?.doc, ndc }
  const after = point === undefined ? before : { ...before, override: { point, reason, by, atMs } }
  await store.points.put(ndc, after, stored?.version ?? 0)
  return after
}

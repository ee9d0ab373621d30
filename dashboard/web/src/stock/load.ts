/** What the stock page shows, as the server has it now. */
import type { Shelf } from "../../../../modules/inventory/contract.ts"
import type { Order, Point } from "../../../../modules/reordering/contract.ts"
import { command } from "../api.ts"

export const views = ["all", "below", "near_expiry", "discrepancies", "orders"] as const
export type View = (typeof views)[number]

export interface Shelves {
  readonly shelves: readonly Shelf[]
  readonly found: number
  readonly isTold: boolean
  readonly points: ReadonlyMap<string, Point>
}

export async function loadShelves(view: View, text: string): Promise<Shelves> {
  const about = text.trim() === "" ? {} : { text: text.trim() }
  const listed = await command("inventory", "shelves", { ...about, ...(await onlyIn(view)) })
  const ndcs = listed.shelves.map(({ ndc }) => ndc)
  const { points } = await command("reordering", "points", { ndcs })
  return { ...listed, points: new Map(points.map((point) => [point.ndc, point])) }
}

async function onlyIn(view: View) {
  if (view === "near_expiry" || view === "discrepancies") return { only: view }
  return view === "below" ? await command("reordering", "below", {}) : {}
}

export async function loadShelf(ndc: string) {
  const [shown, { points }, { wholesalers }] = await Promise.all([
    command("inventory", "shelf", { ndc }),
    command("reordering", "points", { ndcs: [ndc] }),
    command("reordering", "wholesalers", {}),
  ])
  return { ...shown, point: points[0], wholesalers }
}

export async function loadOrders(): Promise<readonly Order[]> {
  return (await command("reordering", "orders", {})).orders
}

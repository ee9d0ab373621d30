/** One work item: who may touch it, and what it looks like after. Pure. */
import { type Static, Type as t } from "typebox"
import { Actor } from "#core/actor.ts"
import { Item } from "./contract.ts"

/** As it is kept: with the command that is held, which is shown to nobody. */
export const StoredItemSchema = t.Object({
  ...Item.properties,
  patient: t.Optional(t.String()),
  held: t.Optional(
    t.Object({
      name: t.String(),
      input: t.Unknown(),
      key: t.String(),
      requestedBy: Actor,
    }),
  ),
  /** Why it had been put before the tier, while another reason stands in its place. */
  before: t.Optional(t.String()),
  /** The host's seal that whoever decided may do this, for the act that waits. */
  warrant: t.Optional(t.String()),
})
export type StoredItem = Static<typeof StoredItemSchema>

/** The roles whose licence covers a tier. A manager is not a pharmacist. */
const rolesOf = {
  1: ["technician", "pharmacist", "manager"],
  2: ["pharmacist"],
  3: ["manager"],
} as const satisfies Record<1 | 2 | 3, readonly string[]>

export type Unfit = "above_role" | "unlicensed" | "prove_again"

/** Why somebody may not decide an item of a tier now; undefined when they may. */
export function unfitFor(tier: 1 | 2 | 3, actor: Actor): Unfit | undefined {
  const roles: readonly string[] = rolesOf[tier]
  if (actor.kind !== "staff" || !roles.includes(actor.role)) return "above_role"
  if (tier === 2 && actor.lacks?.includes("licence")) return "unlicensed"
  return tier > 1 && actor.lacks?.includes("proof") ? "prove_again" : undefined
}

/** Why a person may not change an item now; undefined when they may. */
export function isOpenFor(
  { state, claimedBy }: StoredItem,
  person: string,
): "already_decided" | "claimed_by_other" | undefined {
  if (state !== "open" && state !== "claimed") return "already_decided"
  return claimedBy !== undefined && claimedBy !== person ? "claimed_by_other" : undefined
}

interface Decision {
  readonly state: "approved" | "refused"
  readonly by: string
  readonly atMs: number
}

export function decided(doc: StoredItem, { state, by, atMs }: Decision): StoredItem {
  return { ...doc, state, decidedBy: by, decidedAtMs: atMs }
}

/** Decided, but acted on only when some seconds have passed. */
export function deciding(
  doc: StoredItem,
  { state, by, atMs, holdMs }: Decision & { readonly holdMs: number },
): StoredItem {
  const held = { willBe: state, actsAtMs: atMs + holdMs }
  return { ...doc, ...held, state: "deciding", decidedBy: by, decidedAtMs: atMs }
}

/** What was held for some seconds stands from now on. */
export function standing({ willBe, actsAtMs: _, ...doc }: StoredItem): StoredItem {
  if (willBe === undefined) return doc
  return willBe === "refused"
    ? { ...doc, state: willBe, outcome: "refused" }
    : { ...doc, state: willBe }
}

/** As it was before the decision: whoever had claimed it has it still. */
export function takenBack(doc: StoredItem): StoredItem {
  const { willBe: _is, actsAtMs: _at, warrant: _by, reason: _why, ...rest } = doc
  const { decidedBy: _who, decidedAtMs: _when, before, ...undecided } = rest
  const state = undecided.claimedBy === undefined ? "open" : "claimed"
  return { ...undecided, state, ...(before === undefined ? {} : { reason: before }) }
}

/** Put before a higher tier: nobody has it there yet. */
export function moved(
  { claimedBy: _, ...doc }: StoredItem,
  tier: 1 | 2 | 3,
  reason: string,
): StoredItem {
  return { ...doc, tier, state: "open", reason }
}

/** Nobody's again, as if it had not been decided. */
export function reopened({
  claimedBy: _claimed,
  decidedBy: _by,
  decidedAtMs: _at,
  warrant: _warrant,
  ...doc
}: StoredItem): StoredItem {
  return { ...doc, state: "open" }
}

export function shown(doc: StoredItem): Item {
  const { held: _held, patient: _patient, warrant: _warrant, before: _before, ...item } = doc
  return item
}

/** What the store keeps of a changed set-up: every revision, whole. It knows no handler. */
import { type Static, Type as t } from "typebox"
import { type Documents, defineCollection } from "#core/documents.ts"
import { SetUp, storeInfo } from "./contract.ts"

export const Change = t.Object({
  ...storeInfo.commands.history.output.properties.changes.items.properties,
  setUp: SetUp,
})
export type Change = Static<typeof Change>
export type Changes = Documents<Change>

export const changes = defineCollection({ schema: Change, indexes: { revision: "plain" } } as const)

export function idOf(revision: number): string {
  return `revision-${revision}`
}

/** How to ask for the newest. */
export const newest = { orderBy: "revision", descending: true, limit: 1 } as const

/** What the store keeps of a changed set-up: every revision, whole. It knows no handler. */
import { type Static, Type as t } from "typebox"
import { type Documents, defineCollection } from "#core/documents.ts"
import { SetUp, storeInfo } from "./contract.ts"

export const Change = t.Object({
  ...storeInfo.commands.history.output.properties.changes.items.properties,
  /** Revisions from before a part existed lack it: there the site file counts. */
  setUp: t.Evaluate(
    t.Intersect([
      t.Omit(SetUp, ["facts", "greeting"]),
      t.Partial(t.Pick(SetUp, ["facts", "greeting"])),
    ]),
  ),
})
export type Change = Static<typeof Change>
export type Changes = Documents<Change>

/** A revision with every part that there is today. */
export interface Whole extends Change {
  readonly setUp: SetUp
}

/** What a revision from before a part existed lacks, the site file says. */
export function whole(change: Change, file: Pick<SetUp, "facts" | "greeting">): Whole {
  const { facts, greeting } = file
  return { ...change, setUp: { facts, greeting, ...change.setUp } }
}

export const changes = defineCollection({ schema: Change, indexes: { revision: "plain" } } as const)

export function idOf(revision: number): string {
  return `revision-${revision}`
}

/** How to ask for the newest. */
export const newest = { orderBy: "revision", descending: true, limit: 1 } as const

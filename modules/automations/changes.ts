/** What people do to automations, each step kept in the history; and who did it. */
import { Conflict } from "#core/documents.ts"
import type { Automation, Change, Draft } from "./contract.ts"
import type { Here, Kept } from "./needs.ts"
import { noCounts } from "./tally.ts"

const CHANGES_LISTED_MAX = 200
const LISTED_MAX = 200

export async function all({ store }: Here): Promise<readonly Kept[]> {
  return (await store.automations.find({ limit: LISTED_MAX })).map(({ doc }) => doc)
}

/** What is kept, as it is shown: with its figures, and whether it may be switched on. */
export async function shown(kept: Kept, { store }: Here): Promise<Automation> {
  const { event: _event, onSinceMs: _since, testedRevision, ...told } = kept
  const tally = (await store.tallies.get(kept.automation))?.doc
  return {
    ...told,
    isTested: testedRevision === kept.revision,
    counts: tally?.counts ?? noCounts,
    ...(tally?.last ? { last: tally.last } : {}),
  }
}

export function draftOf({ name, when, holds, does, perHour }: Draft): Draft {
  return { name, when, holds, does, perHour }
}

/** Writes an automation and its history in one batch; false when somebody else was quicker. */
export async function wrote(
  kept: Kept,
  did: Change["did"],
  context: Here,
  version?: number,
): Promise<boolean> {
  const { automation } = kept
  const put = { put: "automations", id: automation, doc: kept }
  try {
    await context.store.batch([
      { ...put, ...(version === undefined ? {} : { version }) },
      step(kept, did, context),
    ])
  } catch (trouble) {
    if (trouble instanceof Conflict) return false
    throw trouble
  }
  context.emit("changed", { automation })
  return true
}

function step(kept: Kept, did: Change["did"], { clock, newId, actor }: Here) {
  const { automation, name, revision } = kept
  const atMs = Math.round(clock.nowMs())
  const doc: Change = {
    ...{ automation, name, revision, did, by: by(actor), atMs, draft: draftOf(kept) },
  }
  return { put: "changes", id: newId(), doc, version: 0 }
}

export async function removed(kept: Kept, version: number, context: Here): Promise<boolean> {
  const { automation } = kept
  try {
    await context.store.batch([
      { remove: "automations", id: automation, version },
      { remove: "tallies", id: automation },
      step(kept, "deleted", context),
    ])
  } catch (trouble) {
    if (trouble instanceof Conflict) return false
    throw trouble
  }
  context.emit("changed", { automation })
  return true
}

/** By a person, or by the guard that found a loop. */
export async function switchedOff(automation: string, context: Here): Promise<void> {
  const found = await context.store.automations.get(automation)
  if (!found?.doc.isOn) return
  const { onSinceMs: _, ...kept } = found.doc
  await wrote({ ...kept, isOn: false }, "switched_off", context)
}

export async function historyOf({ store }: Here): Promise<Change[]> {
  const found = await store.changes.find({
    orderBy: "atMs",
    descending: true,
    limit: CHANGES_LISTED_MAX,
  })
  return found.map(({ doc }) => doc)
}

export function by(actor: Here["actor"]): string {
  return actor.kind === "staff" ? actor.person : actor.kind
}

/** The figures of an automation, and the bound on what is kept of its past. */
import type { Documents } from "#core/documents.ts"
import type { Counts } from "./contract.ts"
import type { Here, Tally } from "./needs.ts"

export const noCounts: Counts = {
  ...{ heard: 0, held: 0, done: 0, waits: 0, refused: 0, failed: 0, capped: 0, loop: 0 },
}

export async function tallied(
  automation: string,
  edit: (tally: Tally) => Tally,
  { store }: Here,
): Promise<void> {
  const changed = await store.tallies.change(automation, edit)
  if (!changed) await store.tallies.put(automation, edit({ counts: noCounts }))
}

export function counted(
  automation: string,
  what: readonly (keyof Counts)[],
  context: Here,
): Promise<void> {
  const more = ({ counts, ...tally }: Tally): Tally => {
    const sum = { ...counts }
    for (const one of what) sum[one]++
    return { ...tally, counts: sum }
  }
  return tallied(automation, more, context)
}

/** Lets the oldest go, beyond `most`. Documents carry `atMs`. */
export async function trim(
  documents: Documents<unknown>,
  where: Readonly<Record<string, string>>,
  most: number,
): Promise<void> {
  const over = (await documents.count({ where })) - most
  if (over <= 0) return
  for (const { id } of await documents.find({ where, orderBy: "atMs", limit: over }))
    await documents.remove(id)
}

/** Removes what has had its time from a collection of the host's own, a bounded piece at a time. */
import type { Store } from "./store.ts"

const PRUNED_AT_ONCE_MAX = 1_000

/** Removes documents whose plainly indexed `field` lies before a moment. */
export async function prune(
  store: Store,
  { collection, field, beforeMs }: { collection: string; field: string; beforeMs: number },
): Promise<void> {
  const query = { before: { [field]: beforeMs }, orderBy: field, limit: PRUNED_AT_ONCE_MAX }
  const old = store.collection(`host.${collection}`).find(query)
  if (old.length === 0) return
  await store.write(
    "host",
    old.map(({ id }) => ({ remove: collection, id })),
  )
}

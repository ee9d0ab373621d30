/** What of the documents can be counted without opening one: how many of whom, and how much. */
import { openDatabase } from "#core/database.ts"

export interface Holdings {
  readonly bytes: number
  /** By module, the largest first. */
  readonly modules: readonly { readonly module: string; readonly documents: number }[]
  readonly committedAtMs?: number
}

const simple = { simple: true } as const
const counting = `
  SELECT c.name AS name, count(d.number) AS documents
  FROM collections c LEFT JOIN documents d ON d.collection = c.number GROUP BY c.number`

/** Reads beside the writer, from a connection of its own. */
export function holdingsOf(file: string): Holdings {
  using open = new DisposableStack()
  const db = openDatabase(file)
  open.defer(() => db.close())
  const counts = new Map<string, number>()
  for (const { name, documents } of db.prepare<[], Counted>(counting).all()) {
    const [module = ""] = name.split(".")
    counts.set(module, (counts.get(module) ?? 0) + documents)
  }
  const modules = [...counts]
    .map(([module, documents]) => ({ module, documents }))
    .toSorted((one, other) => other.documents - one.documents)
  const bytes = Number(db.pragma("page_count", simple)) * Number(db.pragma("page_size", simple))
  const last = "SELECT at_ms FROM journal ORDER BY seq DESC LIMIT 1"
  const committedAtMs = db.prepare<[], number>(last).pluck().get()
  return { bytes, modules, ...(committedAtMs !== undefined && { committedAtMs }) }
}

interface Counted {
  readonly name: string
  readonly documents: number
}

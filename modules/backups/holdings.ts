/** What of the documents can be counted without opening one: how many of whom, and how much. */
import { stat } from "node:fs/promises"
import { openDatabase } from "#core/database.ts"

export interface Holdings {
  readonly bytes: number
  /** By module, the largest first. */
  readonly modules: readonly { readonly module: string; readonly documents: number }[]
  readonly committedAtMs?: number
}

const counting = `
  SELECT c.name AS name, count(d.number) AS documents
  FROM collections c LEFT JOIN documents d ON d.collection = c.number GROUP BY c.number`

/** Reads beside the writer, from a connection of its own. */
export async function holdingsOf(file: string): Promise<Holdings> {
  const { size: bytes } = await stat(file)
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
  const last = "SELECT at_ms FROM journal ORDER BY seq DESC LIMIT 1"
  const committedAtMs = db.prepare<[], number>(last).pluck().get()
  return { bytes, modules, ...(committedAtMs !== undefined && { committedAtMs }) }
}

interface Counted {
  readonly name: string
  readonly documents: number
}

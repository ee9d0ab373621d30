/** The rows behind the collections. Every change of a document or its index goes through here. */
import type { Collection } from "./collection.ts"
import type { Connection, Statement } from "./database.ts"
import type { Change, Entry, Remove } from "./journal.ts"
import { keyIdOf } from "./seal.ts"
import type { Indexed } from "./store-query.ts"

interface CollectionRow {
  readonly number: number
  /** The indexes that the entries were built for, as JSON. */
  readonly indexes: string
}

export class DocumentTable {
  readonly #db: Connection
  readonly #numbers = new Map<string, number>()
  readonly #collection: Statement<[string], CollectionRow>
  readonly #version: Statement<[number, string], number>
  readonly #underKey: Statement<[number], Remove>
  readonly #entries: Statement<[number, string], string>
  readonly #upsert: Statement<[number, string, number, number, Buffer, string]>
  readonly #remove: Statement<[number, string]>
  readonly #addEntry: Statement<[number, string, Indexed, string]>
  readonly #removeEntry: Statement<[number, string, Indexed, string]>

  constructor(db: Connection) {
    this.#db = db
    this.#collection = db.prepare("SELECT number, indexes FROM collections WHERE name = ?")
    const here = "FROM documents WHERE collection = ? AND id = ?"
    this.#version = db.prepare<[number, string], number>(`SELECT version ${here}`).pluck()
    this.#entries = db.prepare<[number, string], string>(`SELECT entries ${here}`).pluck()
    this.#remove = db.prepare(`DELETE ${here}`)
    this.#underKey = db.prepare(
      `SELECT c.name AS remove, d.id FROM documents d
       JOIN collections c ON c.number = d.collection WHERE d.key = ?`,
    )
    this.#upsert = db.prepare(
      `INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (collection, id) DO UPDATE SET version = excluded.version,
       key = excluded.key, sealed = excluded.sealed, entries = excluded.entries`,
    )
    this.#addEntry = db.prepare("INSERT INTO entries VALUES (?, ?, ?, ?)")
    this.#removeEntry = db.prepare(
      "DELETE FROM entries WHERE collection = ? AND field = ? AND value = ? AND id = ?",
    )
  }

  /** The number of a collection, given at its first mention. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name) ?? this.#collection.get(name)?.number
    const number = known ?? this.#addCollection(name)
    if (!this.#db.inTransaction) this.#numbers.set(name, number)
    return number
  }

  /** The version that stands there; 0 when there is none. */
  version(name: string, id: string): number {
    return this.#version.get(this.numberOf(name), id) ?? 0
  }

  /** What would remove the documents sealed under a key. */
  underKey(key: number): readonly Remove[] {
    return this.#underKey.all(key)
  }

  apply(change: Change): void {
    const number = this.numberOf("put" in change ? change.put : change.remove)
    this.#changeEntries(number, change.id, "put" in change ? change.entries : [])
    if ("remove" in change) {
      this.#remove.run(number, change.id)
      return
    }
    const { id, version, sealed, entries } = change
    this.#upsert.run(number, id, version, keyIdOf(sealed), sealed, JSON.stringify(entries))
  }

  /** Builds the entries of a collection anew when its indexes are other than they were. */
  reindex(collection: Collection): void {
    const indexes = JSON.stringify(collection.spec.indexes ?? {})
    if (this.#collection.get(collection.name)?.indexes === indexes) return
    const { number } = collection
    const update = this.#db.prepare(
      "UPDATE documents SET entries = ? WHERE collection = ? AND id = ?",
    )
    const build = this.#db.transaction(() => {
      for (const { id, doc } of collection.all()) {
        const entries = collection.entriesOf(doc)
        this.#changeEntries(number, id, entries)
        update.run(JSON.stringify(entries), number, id)
      }
      const sql = "UPDATE collections SET indexes = ? WHERE number = ?"
      this.#db.prepare(sql).run(indexes, number)
    })
    build.immediate()
  }

  /** Touches only what is other than before: most writes leave most of the index as it is. */
  #changeEntries(number: number, id: string, entries: readonly Entry[]): void {
    const known: readonly Entry[] = JSON.parse(this.#entries.get(number, id) ?? "[]")
    const isIn = (list: readonly Entry[], entry: Entry): boolean => {
      const text = JSON.stringify(entry)
      return list.some((other) => JSON.stringify(other) === text)
    }
    for (const entry of known) {
      if (!isIn(entries, entry))
        this.#removeEntry.run(number, entry.field, indexed(entry.value), id)
    }
    for (const entry of entries) {
      if (!isIn(known, entry)) this.#addEntry.run(number, entry.field, indexed(entry.value), id)
    }
  }

  #addCollection(name: string): number {
    const sql = "INSERT INTO collections (name, indexes) VALUES (?, '{}')"
    return Number(this.#db.prepare(sql).run(name).lastInsertRowid)
  }
}

function indexed(value: Entry["value"]): Indexed {
  return typeof value === "object" ? Buffer.from(value.blind, "base64") : value
}

/** The rows behind the collections. Every change of a document or its index goes through `apply`. */
import type { Collection } from "./collection.ts"
import type { Connection, Statement } from "./database.ts"
import type { Change, Put, Remove } from "./journal.ts"
import { keyIdOf } from "./seal.ts"

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
  readonly #upsert: Statement<[number, string, number, number, Buffer]>
  readonly #remove: Statement<[number, string]>
  readonly #addEntry: Statement<[number, string, string | number | Buffer, string]>
  readonly #removeEntries: Statement<[number, string]>

  constructor(db: Connection) {
    this.#db = db
    this.#collection = db.prepare("SELECT number, indexes FROM collections WHERE name = ?")
    this.#version = db
      .prepare<[number, string], number>(
        "SELECT version FROM documents WHERE collection = ? AND id = ?",
      )
      .pluck()
    this.#underKey = db.prepare(
      `SELECT c.name AS remove, d.id FROM documents d
       JOIN collections c ON c.number = d.collection WHERE d.key = ?`,
    )
    this.#upsert = db.prepare(
      `INSERT INTO documents (collection, id, version, key, sealed) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (collection, id) DO UPDATE
       SET version = excluded.version, key = excluded.key, sealed = excluded.sealed`,
    )
    this.#remove = db.prepare("DELETE FROM documents WHERE collection = ? AND id = ?")
    this.#addEntry = db.prepare("INSERT INTO entries VALUES (?, ?, ?, ?)")
    this.#removeEntries = db.prepare("DELETE FROM entries WHERE collection = ? AND id = ?")
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
    this.#removeEntries.run(number, change.id)
    if ("remove" in change) {
      this.#remove.run(number, change.id)
      return
    }
    const sealed = Buffer.from(change.sealed, "base64")
    this.#upsert.run(number, change.id, change.version, keyIdOf(sealed), sealed)
    this.#addEntries(number, change.id, change.entries)
  }

  /** Builds the entries of a collection anew when its indexes are other than they were. */
  reindex(collection: Collection): void {
    const indexes = JSON.stringify(collection.spec.indexes ?? {})
    if (this.#collection.get(collection.name)?.indexes === indexes) return
    const { number } = collection
    this.#db
      .transaction(() => {
        this.#db.prepare("DELETE FROM entries WHERE collection = ?").run(number)
        for (const { id, doc } of collection.all()) {
          this.#addEntries(number, id, collection.entriesOf(doc))
        }
        const sql = "UPDATE collections SET indexes = ? WHERE number = ?"
        this.#db.prepare(sql).run(indexes, number)
      })
      .immediate()
  }

  #addCollection(name: string): number {
    const sql = "INSERT INTO collections (name, indexes) VALUES (?, '{}')"
    return Number(this.#db.prepare(sql).run(name).lastInsertRowid)
  }

  #addEntries(number: number, id: string, entries: Put["entries"]): void {
    for (const { field, value } of entries) {
      const stored = typeof value === "object" ? Buffer.from(value.blind, "base64") : value
      this.#addEntry.run(number, field, stored, id)
    }
  }
}

/** The rows behind the collections. Every change of a document or its index goes through here. */
import type { Collection } from "./collection.ts"
import type { Connection, Statement } from "./database.ts"
import { assert } from "./fault.ts"
import type { Change, Entries, Put, Remove } from "./journal.ts"
import { keyIdOf } from "./seal.ts"
import type { Indexed } from "./store-query.ts"

interface CollectionRow {
  readonly number: number
  /** The indexes that the entries were built for, as JSON. */
  readonly indexes: string
}

/** What of a document can be seen without opening it. */
export interface Standing {
  readonly number: number
  readonly version: number
  /** As JSON, in the order of the indexes. */
  readonly entries: string
}

type Row = [version: number, key: number, sealed: Buffer, entries: string]
type EntryRow = [collection: number, field: string, value: Indexed, document: number]

const NO_ENTRIES = "{}"

export class DocumentTable {
  readonly #db: Connection
  readonly #numbers = new Map<string, number>()
  readonly #collection: Statement<[string], CollectionRow>
  readonly #standing: Statement<[number, string], Standing>
  readonly #underKey: Statement<[number], Remove>
  readonly #add: Statement<[number, string, ...Row]>
  readonly #update: Statement<[...Row, number]>
  readonly #remove: Statement<[number]>
  readonly #addEntry: Statement<EntryRow>
  readonly #removeEntry: Statement<EntryRow>

  constructor(db: Connection) {
    this.#db = db
    this.#collection = db.prepare("SELECT number, indexes FROM collections WHERE name = ?")
    this.#standing = db.prepare(
      "SELECT number, version, entries FROM documents WHERE collection = ? AND id = ?",
    )
    this.#underKey = db.prepare(
      `SELECT c.name AS remove, d.id FROM documents d
       JOIN collections c ON c.number = d.collection WHERE d.key = ?`,
    )
    this.#add = db.prepare("INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?)")
    this.#update = db.prepare(
      "UPDATE documents SET version = ?, key = ?, sealed = ?, entries = ? WHERE number = ?",
    )
    this.#remove = db.prepare("DELETE FROM documents WHERE number = ?")
    this.#addEntry = db.prepare("INSERT INTO entries VALUES (?, ?, ?, ?)")
    this.#removeEntry = db.prepare(
      "DELETE FROM entries WHERE collection = ? AND field = ? AND value = ? AND document = ?",
    )
  }

  /** The number of a collection, given at its first mention. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const number = this.#collection.get(name)?.number ?? this.#addCollection(name)
    if (!this.#db.inTransaction) this.#numbers.set(name, number)
    return number
  }

  /** What stands there now. */
  standing(name: string, id: string): Standing | undefined {
    return this.#standing.get(this.numberOf(name), id)
  }

  /** What would remove the documents sealed under a key. */
  underKey(key: number): readonly Remove[] {
    return this.#underKey.all(key)
  }

  /** Makes a change, knowing what stands there now. */
  apply(change: Change, standing: Standing | undefined): void {
    const isPut = "put" in change
    const collection = this.numberOf(isPut ? change.put : change.remove)
    if (isPut) this.#put(collection, change, standing)
    else if (standing) {
      this.#changeEntries([collection, standing.number], standing.entries, NO_ENTRIES)
      this.#remove.run(standing.number)
    }
  }

  /** Builds the entries of a collection anew when its indexes are other than they were. */
  reindex(collection: Collection): void {
    const indexes = JSON.stringify(collection.spec.indexes ?? {})
    if (this.#collection.get(collection.name)?.indexes === indexes) return
    const { name, number } = collection
    const update = this.#db.prepare("UPDATE documents SET entries = ? WHERE number = ?")
    const build = this.#db.transaction(() => {
      for (const { id, doc } of collection.all()) {
        const standing = this.standing(name, id)
        assert(standing)
        const entries = JSON.stringify(collection.entriesOf(doc))
        this.#changeEntries([number, standing.number], standing.entries, entries)
        update.run(entries, standing.number)
      }
      const sql = "UPDATE collections SET indexes = ? WHERE number = ?"
      this.#db.prepare(sql).run(indexes, number)
    })
    build.immediate()
  }

  #put(collection: number, put: Put, standing: Standing | undefined): void {
    const entries = JSON.stringify(put.entries)
    const row: Row = [put.version, keyIdOf(put.sealed), put.sealed, entries]
    if (standing) {
      this.#update.run(...row, standing.number)
      this.#changeEntries([collection, standing.number], standing.entries, entries)
      return
    }
    const number = Number(this.#add.run(collection, put.id, ...row).lastInsertRowid)
    this.#changeEntries([collection, number], NO_ENTRIES, entries)
  }

  /** Touches only what is other than before: most writes leave most of the index as it is. */
  #changeEntries([collection, document]: readonly [number, number], from: string, to: string) {
    if (from === to) return
    const before = rowsOf(from)
    const after = rowsOf(to)
    for (const [field, value] of before)
      if (!isSame(after.get(field), value))
        this.#removeEntry.run(collection, field, value, document)
    for (const [field, value] of after)
      if (!isSame(before.get(field), value)) this.#addEntry.run(collection, field, value, document)
  }

  #addCollection(name: string): number {
    const sql = "INSERT INTO collections (name, indexes) VALUES (?, '{}')"
    return Number(this.#db.prepare(sql).run(name).lastInsertRowid)
  }
}

function rowsOf(entries: string): ReadonlyMap<string, Indexed> {
  const rows = Object.entries(JSON.parse(entries) as Entries)
  return new Map(rows.map(([field, value]) => [field, indexed(value)]))
}

function indexed(value: Entries[string]): Indexed {
  return typeof value === "object" ? Buffer.from(value.blind, "base64") : value
}

function isSame(one: Indexed | undefined, other: Indexed): boolean {
  return Buffer.isBuffer(one) && Buffer.isBuffer(other) ? one.equals(other) : one === other
}

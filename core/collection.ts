/**
 * One declared collection: it checks, seals and indexes what goes in, and opens what comes out. A
 * read gives exactly what was written, nothing for an erased patient, or an error with the place.
 */
import type { Validator } from "typebox/compile"
import { type Connection, guarded, type Statement } from "./database.ts"
import type { CollectionSpec, Query, Stored } from "./documents.ts"
import { assert, OutageAt } from "./fault.ts"
import type { Entries, Put } from "./journal.ts"
import { isRecord, validatorOf } from "./json.ts"
import type { KeyRing } from "./keys.ts"
import { isTampered, keyIdOf, open, seal } from "./seal.ts"
import { countDocuments, type Indexed, selectDocuments } from "./store-query.ts"

/** A document on its way in. Sealed with the patient's key once it names a patient. */
export interface Draft {
  readonly id: string
  readonly patient: string | undefined
  readonly plain: Buffer
  readonly entries: Entries
}

interface Row {
  readonly version: number
  readonly sealed: Buffer
}

interface NamedRow extends Row {
  readonly id: string
}

export interface CollectionOptions {
  readonly db: Connection
  readonly keys: KeyRing
  readonly name: string
  readonly number: number
  readonly spec: CollectionSpec
}

const ID_CHARACTERS_MAX = 200
const STATEMENTS_MAX = 100

export class Collection {
  readonly name: string
  readonly number: number
  readonly spec: CollectionSpec
  readonly #db: Connection
  readonly #keys: KeyRing
  readonly #validator: Validator
  readonly #select: Statement<[number, string], Row>
  readonly #statements = new Map<string, Statement<unknown[]>>()

  constructor({ db, keys, name, number, spec }: CollectionOptions) {
    this.name = name
    this.number = number
    this.spec = spec
    this.#db = db
    this.#keys = keys
    this.#validator = validatorOf(spec.schema)
    this.#select = db.prepare(
      "SELECT version, sealed FROM documents WHERE collection = ? AND id = ?",
    )
  }

  /** Checks a document and takes a copy of it, so that what is written is what was checked. */
  draft(id: string, doc: unknown): Draft {
    assert(id.length > 0 && id.length <= ID_CHARACTERS_MAX, "invalid_document")
    assert(this.#validator.Check(doc), "invalid_document")
    const { patientField } = this.spec
    const patient = patientField === undefined ? undefined : fieldOf(doc, patientField)
    assert(patient === undefined || typeof patient === "string", "invalid_document")
    const plain = Buffer.from(JSON.stringify(doc))
    return { id, patient, plain, entries: this.entriesOf(doc) }
  }

  /** A document as it will stand in the database and in the journal. */
  sealed({ id, patient, plain, entries }: Draft, version: number): Put {
    const key =
      patient === undefined ? this.#keys.forCollection(this.name) : this.#keys.forPatient(patient)
    const sealed = seal(key, plain, this.#contextOf(id, version))
    return { put: this.name, id, version, sealed, entries }
  }

  entriesOf(doc: unknown): Entries {
    const entries: Entries = {}
    for (const field of Object.keys(this.spec.indexes ?? {})) {
      const value = fieldOf(doc, field)
      if (value === undefined) continue
      const indexed = this.#toIndexed(field, value)
      entries[field] = Buffer.isBuffer(indexed) ? { blind: indexed.toString("base64") } : indexed
    }
    return entries
  }

  get(id: string): Stored<unknown> | undefined {
    const row = guarded(() => this.#select.get(this.number, id))
    return row && this.#opened(id, row)
  }

  find(query: Query): readonly Stored<unknown>[] {
    const { sql, parameters } = selectDocuments(query, this, this.#toIndexed)
    const rows = guarded(() => this.#prepared(sql).all(...parameters)) as NamedRow[]
    return rows.flatMap((row) => this.#opened(row.id, row) ?? [])
  }

  count(query: Query): number {
    const { sql, parameters } = countDocuments(query, this, this.#toIndexed)
    const row = guarded(() => this.#prepared(sql).get(...parameters))
    return (row as { readonly count: number }).count
  }

  /** Every document, one at a time, for building an index anew. */
  *all(): Generator<Stored<unknown>> {
    const next = this.#db.prepare<[number, string], NamedRow>(
      `SELECT id, version, sealed FROM documents
       WHERE collection = ? AND id > ? ORDER BY id LIMIT 1`,
    )
    for (let row = next.get(this.number, ""); row; row = next.get(this.number, row.id)) {
      const stored = this.#opened(row.id, row)
      if (stored) yield stored
    }
  }

  #opened(id: string, { version, sealed }: Row): Stored<unknown> | undefined {
    try {
      const key = this.#keys.byId(keyIdOf(sealed))
      if (!key) return undefined
      const plain = open(key, sealed, this.#contextOf(id, version))
      return { id, version, doc: JSON.parse(plain.toString()) }
    } catch (error) {
      throw isTampered(error) ? new OutageAt("tampered", `${this.name} ${id}`) : error
    }
  }

  readonly #toIndexed = (field: string, value: unknown): Indexed => {
    const isScalar =
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    assert(isScalar, "invalid_document")
    if (this.spec.indexes?.[field] === "blind")
      return this.#keys.blindIndex(this.name, field, value)
    return typeof value === "boolean" ? Number(value) : value
  }

  /** The statement of a query, kept: a module asks the same few questions again and again. */
  #prepared(sql: string): Statement<unknown[]> {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= STATEMENTS_MAX) this.#statements.clear()
    const made = this.#db.prepare<unknown[]>(sql)
    this.#statements.set(sql, made)
    return made
  }

  #contextOf(id: string, version: number): string {
    return JSON.stringify([this.name, id, version])
  }
}

/** Null counts as absent. */
function fieldOf(doc: unknown, field: string): unknown {
  return isRecord(doc) ? (doc[field] ?? undefined) : undefined
}

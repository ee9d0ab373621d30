/** A module's collections in memory, for a year that is played in seconds. Checks no schema. */
import assert from "node:assert/strict"
import type { CollectionSpec, Query, Stored } from "#core/documents.ts"

type Doc = Readonly<Record<string, unknown>>

export function memoryStore(collections: Readonly<Record<string, CollectionSpec>>) {
  return Object.fromEntries(
    Object.entries(collections).map(([name, { indexes = {} }]) => [
      name,
      new MemoryCollection(Object.keys(indexes)),
    ]),
  )
}

class MemoryCollection {
  readonly #docs = new Map<string, Stored<Doc>>()
  /** Field to value to ids. */
  readonly #indexes: ReadonlyMap<string, Map<unknown, Set<string>>>

  constructor(fields: readonly string[]) {
    this.#indexes = new Map(fields.map((field) => [field, new Map()]))
  }

  async get(id: string): Promise<Stored<Doc> | undefined> {
    return this.#docs.get(id)
  }

  async put(id: string, doc: Doc, expected?: number): Promise<number> {
    const version = this.#docs.get(id)?.version ?? 0
    assert.ok(expected === undefined || expected === version)
    await this.remove(id)
    this.#docs.set(id, { id, doc, version: version + 1 })
    for (const [field, byValue] of this.#indexes) {
      const ids = byValue.get(doc[field]) ?? new Set()
      byValue.set(doc[field], ids.add(id))
    }
    return version + 1
  }

  async remove(id: string): Promise<void> {
    const known = this.#docs.get(id)
    if (!known) return
    this.#docs.delete(id)
    for (const [field, byValue] of this.#indexes) {
      const ids = byValue.get(known.doc[field])
      ids?.delete(id)
      if (ids?.size === 0) byValue.delete(known.doc[field])
    }
  }

  async change(id: string, edit: (doc: Doc) => Doc): Promise<Stored<Doc> | undefined> {
    const known = this.#docs.get(id)
    if (!known) return undefined
    await this.put(id, edit(known.doc))
    return this.#docs.get(id)
  }

  async find(query: Query): Promise<readonly Stored<Doc>[]> {
    const { where = {}, from = {}, before = {}, orderBy, descending = false, limit = 100 } = query
    const equals = Object.entries(where)
    const least = Object.entries(from)
    const ends = Object.entries(before)
    const found = this.#likely(where).filter(
      ({ doc }) =>
        equals.every(([field, value]) => doc[field] === value) &&
        least.every(([field, first]) => Number(doc[field]) >= Number(first)) &&
        ends.every(([field, end]) => Number(doc[field]) < Number(end)),
    )
    if (orderBy === undefined || found.length < 2) return found.slice(0, limit)
    const sign = descending ? -1 : 1
    const order = (a: Stored<Doc>, b: Stored<Doc>) =>
      sign * (Number(a.doc[orderBy]) - Number(b.doc[orderBy]))
    // The first alone is found without putting all the others in order.
    if (limit === 1) return [found.reduce((first, one) => (order(one, first) < 0 ? one : first))]
    return found.sort(order).slice(0, limit)
  }

  /** The documents that share the rarest value asked for. */
  #likely(where: NonNullable<Query["where"]>): Stored<Doc>[] {
    const sets = Object.entries(where).map(
      ([field, value]) => this.#indexes.get(field)?.get(value) ?? new Set<string>(),
    )
    const [smallest] = sets.toSorted((a, b) => a.size - b.size)
    if (!smallest) return [...this.#docs.values()]
    return [...smallest].flatMap((id) => this.#docs.get(id) ?? [])
  }
}

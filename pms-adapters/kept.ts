/**
 * What an adapter keeps of what its vendor told by itself, sealed and found by blind keys. For
 * vendors that push and can't be asked; whoever can ask keeps nothing.
 */
import { type Static, type TSchema, Type as t } from "typebox"
import { type Documents, defineCollection, type Stored, type Write } from "#core/documents.ts"
import { newId } from "#core/id.ts"
import { parseJson } from "#core/json.ts"

const Kept = t.Object({
  kind: t.String(),
  name: t.String(),
  group: t.Optional(t.String()),
  patient: t.Optional(t.String()),
  /** Grows with every write: microseconds since 1970, or one more than the last. */
  order: t.Integer(),
  /** JSON of the value, which each shelf has a schema for. */
  text: t.String(),
})
type Kept = Static<typeof Kept>

export const keptCollection = defineCollection({
  schema: Kept,
  indexes: { kind: "plain", name: "blind", group: "blind", order: "plain" },
  patientField: "patient",
})

/** The part of an adapter's store that shelves stand on. */
export interface KeptStore {
  readonly kept: Documents<Kept>
  batch(writes: readonly Write[]): Promise<void>
}

/** Where a value can be found again, and whose it is. */
export interface Label {
  readonly name: string
  readonly group?: string
  readonly patient?: string
  readonly nowMs: number
}

export interface Shelved<T> {
  readonly id: string
  readonly version: number
  readonly order: number
  readonly value: T
}

/** How people are looked up: their last name in capitals, and their birthday. */
export function groupOf(lastName: string, dateOfBirth: string): string {
  return `${lastName.normalize("NFC").trim().toUpperCase()} ${dateOfBirth}`
}

const GROUP_MAX = 500
let lastOrder = 0

function nextOrder(nowMs: number): number {
  lastOrder = Math.max(lastOrder + 1, nowMs * 1_000)
  return lastOrder
}

/** Values of one kind, each under a name of its own. */
export class Shelf<S extends TSchema> {
  readonly #kind: string
  readonly #schema: S
  readonly #store: KeptStore

  constructor(store: KeptStore, kind: string, schema: S) {
    this.#store = store
    this.#kind = kind
    this.#schema = schema
  }

  async get(name: string): Promise<Shelved<Static<S>> | undefined> {
    const [found] = await this.#store.kept.find({ where: { name: this.#named(name) }, limit: 1 })
    return found && this.#open(found)
  }

  async inGroup(group: string): Promise<readonly Shelved<Static<S>>[]> {
    const where = { group: this.#named(group) }
    const found = await this.#store.kept.find({ where, limit: GROUP_MAX })
    return found.map((one) => this.#open(one))
  }

  /** What was put after that order, oldest first. */
  async after(order: number, limit: number): Promise<readonly Shelved<Static<S>>[]> {
    const found = await this.#store.kept.find({
      where: { kind: this.#kind },
      from: { order: order + 1 },
      orderBy: "order",
      limit,
    })
    return found.map((one) => this.#open(one))
  }

  /** The order of what was put last; 0 when there is nothing. */
  async lastOrder(): Promise<number> {
    const where = { kind: this.#kind }
    const [last] = await this.#store.kept.find({
      where,
      orderBy: "order",
      descending: true,
      limit: 1,
    })
    return last?.doc.order ?? 0
  }

  /** A write for a batch. `before` is what `get` found under that name. */
  putting(value: Static<S>, label: Label, before?: Shelved<Static<S>>): Write {
    const { name, group, patient, nowMs } = label
    const doc: Kept = {
      kind: this.#kind,
      name: this.#named(name),
      order: nextOrder(nowMs),
      text: JSON.stringify(value),
      ...(group !== undefined && { group: this.#named(group) }),
      ...(patient !== undefined && { patient }),
    }
    return { put: "kept", id: before?.id ?? newId(nowMs), doc, version: before?.version ?? 0 }
  }

  removing({ id }: Shelved<Static<S>>): Write {
    return { remove: "kept", id }
  }

  /** Forgets what was put before a moment, a bounded piece at a time. */
  async prune(beforeMs: number): Promise<void> {
    const old = await this.#store.kept.find({
      where: { kind: this.#kind },
      before: { order: beforeMs * 1_000 },
      orderBy: "order",
      limit: GROUP_MAX,
    })
    if (old.length > 0) await this.#store.batch(old.map(({ id }) => ({ remove: "kept", id })))
  }

  #named(name: string): string {
    return `${this.#kind} ${name}`
  }

  #open({ id, version, doc }: Stored<Kept>): Shelved<Static<S>> {
    return { id, version, order: doc.order, value: parseJson(doc.text, this.#schema) }
  }
}

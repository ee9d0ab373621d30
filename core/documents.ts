/** Collections of documents, as a module declares them and as its handlers see them. */
import type { Static, TSchema } from "typebox"

/** Plain indexes can be ordered and ranged; blind ones are keyed hashes: equality only, for PHI. */
export type IndexKind = "plain" | "blind"

export interface CollectionSpec {
  readonly schema: TSchema
  /** Top-level fields to look documents up by. */
  readonly indexes?: Readonly<Record<string, IndexKind>>
  /** The field that names the patient. Documents are sealed with that patient's key. */
  readonly patientField?: string
}

export function defineCollection<const C extends CollectionSpec>(collection: C): C {
  return Object.freeze(collection)
}

export interface Stored<T> {
  readonly id: string
  /** Starts at 1, grows by one with every write. */
  readonly version: number
  readonly doc: T
}

/** Equality on indexed fields; ranges and order on plain ones only. */
export interface Query {
  readonly where?: Readonly<Record<string, string | number | boolean>>
  readonly from?: Readonly<Record<string, string | number>>
  readonly before?: Readonly<Record<string, string | number>>
  readonly orderBy?: string
  readonly descending?: boolean
  /** At most 1,000; 100 unless told. */
  readonly limit?: number
}

/**
 * One write of a batch. `version` is the version that is expected to be there; 0 means none yet.
 */
export type Write =
  | {
      readonly put: string
      readonly id: string
      readonly doc: unknown
      readonly version?: number
    }
  | { readonly remove: string; readonly id: string; readonly version?: number }

export interface Documents<T> {
  get(id: string): Promise<Stored<T> | undefined>
  find(query: Query): Promise<readonly Stored<T>[]>
  count(query: Query): Promise<number>
  /** Writes, and answers the new version. Throws `Conflict` when `version` is not the one there. */
  put(id: string, doc: T, version?: number): Promise<number>
  remove(id: string, version?: number): Promise<void>
  /** Reads, changes, writes; again when somebody wrote between. At most 5 times. */
  change(id: string, edit: (doc: T) => T): Promise<Stored<T> | undefined>
}

export type StoreOf<S extends Readonly<Record<string, CollectionSpec>>> = {
  readonly [C in keyof S]: Documents<Static<S[C]["schema"]>>
} & {
  /** All or nothing. Collections are named without the module's prefix. */
  batch(writes: readonly Write[]): Promise<void>
}

/** Somebody else wrote this document first. */
export class Conflict extends Error {
  constructor() {
    super("conflict")
    this.name = "Conflict"
  }
}

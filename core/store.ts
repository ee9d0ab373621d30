/**
 * The store: one database, owned by the host. Writes wait for a moment and are committed together;
 * each batch holds or fails alone, and is acknowledged once it is on the disk and in the journal.
 */
import type { Clock } from "./clock.ts"
import { Collection, type Draft } from "./collection.ts"
import { type Connection, guarded, openDatabase, type Transaction } from "./database.ts"
import { DocumentTable, type Standing } from "./document-table.ts"
import { type CollectionSpec, Conflict, type Write } from "./documents.ts"
import { assert, Outage } from "./fault.ts"
import { type Change, Journal, type JournalEntry } from "./journal.ts"
import type { KeyRing } from "./keys.ts"
import { prepareSchema } from "./store-schema.ts"

export interface StoreOptions {
  readonly file: string
  readonly keys: KeyRing
  readonly clock: Clock
  /** The most pages of 4 KiB the file may grow to; the whole disk when left out. */
  readonly maxPages?: number
}

/** What one write did, and the version that stands after it; 0 when nothing stands. */
interface Performed {
  readonly version: number
  readonly change?: Change
}

type Work = () => readonly Performed[]
type Outcome = { readonly versions: readonly number[] } | { readonly error: unknown }

interface Batch {
  readonly work: Work
  readonly settle: (outcome: Outcome) => void
}

const MAX_WAITING_BATCHES = 8_192
const MAX_BATCHES_A_COMMIT = 512

export class Store {
  readonly #db: Connection
  readonly #keys: KeyRing
  readonly #clock: Clock
  readonly #journal: Journal
  readonly #documents: DocumentTable
  readonly #collections = new Map<string, Collection>()
  readonly #attempt: Transaction<(work: Work) => readonly number[]>
  readonly #attemptAll: Transaction<(group: readonly Work[]) => readonly Outcome[]>
  readonly #waiting: Batch[] = []
  #isCommitDue = false

  private constructor(db: Connection, { keys, clock }: StoreOptions) {
    this.#db = db
    this.#keys = keys
    this.#clock = clock
    this.#journal = new Journal(db, keys.forPurpose("journal"))
    this.#documents = new DocumentTable(db)
    this.#attempt = db.transaction((work) => this.#perform(work))
    this.#attemptAll = db.transaction((group) => group.map((work) => this.#outcomeOf(work)))
  }

  /** Opens or makes the database. Throws an outage when it is not for this program or keys. */
  static open(options: StoreOptions): Store {
    const db = openDatabase(options.file, options)
    try {
      guarded(() => prepareSchema(db, options.keys))
      const store = guarded(() => new Store(db, options))
      store.#finishErasures()
      return store
    } catch (error) {
      db.close()
      throw error
    }
  }

  /** Makes a module's collections known; builds indexes anew when they are other than before. */
  declare(module: string, collections: Readonly<Record<string, CollectionSpec>>): void {
    this.#commitAll()
    for (const [shortName, spec] of Object.entries(collections)) {
      const name = `${module}.${shortName}`
      const number = guarded(() => this.#documents.numberOf(name))
      const collection = new Collection({ db: this.#db, keys: this.#keys, name, number, spec })
      guarded(() => this.#documents.reindex(collection))
      this.#collections.set(name, collection)
    }
  }

  /** A declared collection by its whole name, `module.collection`, to read from. */
  collection(name: string): Collection {
    const collection = this.#collections.get(name)
    assert(collection, "undeclared_collection")
    return collection
  }

  /**
   * Writes a batch, all or nothing, and answers the version after each write: 0 for a removed one.
   * Rejects with `Conflict` or an `Outage`.
   */
  async write(module: string, writes: readonly Write[]): Promise<readonly number[]> {
    const steps = writes.map((write) => this.#stepOf(module, write))
    return this.#enqueue(() => steps.map((step) => step()))
  }

  /** Destroys the patient's key, and so every copy of the documents; then removes them here. */
  async erasePatient(patient: string): Promise<void> {
    this.#keys.erasePatient(patient)
    await this.#enqueue(() => this.#removeErased())
  }

  /** Committed batches from a number on, for replication. */
  journalFrom(seq: number, limit: number): readonly JournalEntry[] {
    return this.#journal.from(seq, limit)
  }

  /** Takes over what another node committed. Throws an outage unless it follows exactly. */
  applyJournal(entries: readonly JournalEntry[]): void {
    const adopt = this.#db.transaction(() => {
      for (const entry of entries)
        for (const change of this.#journal.adopt(entry)) this.#replay(change)
    })
    this.#inTransaction(() => adopt.immediate())
  }

  /** Copies the database while it is in use. The key ring is copied apart. */
  async backup(file: string): Promise<void> {
    this.#commitAll()
    await this.#db.backup(file)
  }

  /** Commits what waits, and closes. */
  close(): void {
    this.#commitAll()
    this.#db.close()
  }

  #stepOf(module: string, write: Write): () => Performed {
    const { id, version } = write
    if ("remove" in write) {
      const collection = this.collection(`${module}.${write.remove}`)
      return () => this.#remove(collection, id, version)
    }
    const collection = this.collection(`${module}.${write.put}`)
    const draft = collection.draft(id, write.doc)
    return () => this.#put(collection, draft, version)
  }

  #put(collection: Collection, draft: Draft, expected: number | undefined): Performed {
    const standing = this.#standing(collection, draft.id, expected)
    const version = (standing?.version ?? 0) + 1
    const change = collection.sealed(draft, version)
    this.#documents.apply(change, standing)
    return { version, change }
  }

  #remove(collection: Collection, id: string, expected: number | undefined): Performed {
    const standing = this.#standing(collection, id, expected)
    if (!standing) return { version: 0 }
    const change = { remove: collection.name, id }
    this.#documents.apply(change, standing)
    return { version: 0, change }
  }

  #standing({ name }: Collection, id: string, expected: number | undefined): Standing | undefined {
    const standing = this.#documents.standing(name, id)
    if (expected !== undefined && expected !== (standing?.version ?? 0)) throw new Conflict()
    return standing
  }

  #replay(change: Change): void {
    const name = "put" in change ? change.put : change.remove
    this.#documents.apply(change, this.#documents.standing(name, change.id))
  }

  #removeErased(): readonly Performed[] {
    const rows = this.#keys.erased().flatMap((key) => this.#documents.underKey(key))
    return rows.map((change) => {
      this.#replay(change)
      return { version: 0, change }
    })
  }

  /** An erasure that a crash cut short is completed when the store opens. */
  #finishErasures(): void {
    const [outcome] = this.#commit([() => this.#removeErased()])
    if (outcome && "error" in outcome) throw outcome.error
  }

  #enqueue(work: Work): Promise<readonly number[]> {
    if (this.#waiting.length >= MAX_WAITING_BATCHES) throw new Outage("overloaded")
    return new Promise((resolve, reject) => {
      const settle = (outcome: Outcome): void =>
        "error" in outcome ? reject(outcome.error) : resolve(outcome.versions)
      this.#waiting.push({ work, settle })
      this.#scheduleCommit()
    })
  }

  #scheduleCommit(): void {
    if (this.#isCommitDue) return
    this.#isCommitDue = true
    setImmediate(() => {
      this.#isCommitDue = false
      this.#commitSome()
      if (this.#waiting.length > 0) this.#scheduleCommit()
    })
  }

  #commitAll(): void {
    while (this.#waiting.length > 0) this.#commitSome()
  }

  #commitSome(): void {
    const group = this.#waiting.splice(0, MAX_BATCHES_A_COMMIT)
    const outcomes = this.#commit(group.map(({ work }) => work))
    for (const [n, { settle }] of group.entries()) settle(outcomes[n]!)
  }

  /** One transaction. Nobody learns an outcome, even of a conflict, before all of it is durable. */
  #commit(group: readonly Work[]): readonly Outcome[] {
    if (group.length === 0) return []
    try {
      return this.#inTransaction(() => this.#attemptAll.immediate(group))
    } catch (error) {
      return group.map(() => ({ error }))
    }
  }

  /** A savepoint: a batch that fails takes back its own writes; a failing disk fails them all. */
  #outcomeOf(work: Work): Outcome {
    try {
      return { versions: this.#inTransaction(() => this.#attempt(work)) }
    } catch (error) {
      if (error instanceof Outage && error.retryable) throw error
      return { error }
    }
  }

  #perform(work: Work): readonly number[] {
    const performed = work()
    const changes = performed.flatMap(({ change }) => change ?? [])
    if (changes.length > 0) this.#journal.append(changes, this.#clock.nowMs())
    return performed.map(({ version }) => version)
  }

  #inTransaction<T>(transaction: () => T): T {
    try {
      return guarded(transaction)
    } catch (error) {
      this.#journal.forgetTip()
      throw error
    }
  }
}

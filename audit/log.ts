/**
 * The audit log as the host writes it. What `append` answered is on the disk and in order; nothing
 * is ever changed or taken out. Signs a checkpoint every 256 entries or every second.
 */
import { createPublicKey, type KeyObject } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import type { Clock, Timer } from "#core/clock.ts"
import { type Connection, guarded, openDatabase } from "#core/database.ts"
import { assert, Outage } from "#core/fault.ts"
import type { Log } from "#core/log.ts"
import type { AuditEntry, AuditFilter, AuditVerdict } from "#core/ports.ts"
import type { SealingKey } from "#core/seal.ts"
import { type EntryKeys, encodeEntry, entryBytes, entryKeys, type NewEntry } from "./entry.ts"
import { leafHash } from "./merkle.ts"
import { Publisher, readPublished } from "./publisher.ts"
import { queryEntries } from "./query.ts"
import { type AuditStanding, auditStanding } from "./standing.ts"
import {
  type AuditRow,
  chainHash,
  chainStart,
  createTable,
  DATABASE_FILE,
  nextSeq,
  partsOf,
  prepareInsert,
  rowsFrom,
} from "./table.ts"
import { TILE_WIDTH, TileTree } from "./tiles.ts"
import { verifyLog } from "./verify.ts"

const LOCK_FILE = "writer.lock"

/** Entries that may wait for a commit. */
const WAITING_MAX = 10_000
/** Entries that share one commit. */
const GROUP_MAX = 1_024
/** Entries that may stand without a checkpoint before new ones wait for it. */
const UNSIGNED_MAX = 16_384
const CHECKPOINT_ENTRIES = 256
const CHECKPOINT_PERIOD_MS = 1_000

export interface AuditLogOptions {
  readonly folder: string
  readonly key: SealingKey
  /** Ed25519, private. */
  readonly signingKey: KeyObject
  /** Names the log in its checkpoints, such as `pharmacy.example/audit`. No spaces, no plus. */
  readonly origin: string
  readonly clock: Clock
  readonly log?: Log
  /** The most pages of 4 KiB the database may grow to; the whole disk when left out. */
  readonly maxPages?: number
}

/** The log on the disk is not what was written. Whoever sees this must look before going on. */
export class AuditTampered extends Error {
  readonly code = "audit_tampered"

  constructor() {
    super("audit_tampered")
    this.name = "AuditTampered"
  }
}

/** An act that was announced in the log, to be completed there. */
export type Act = Omit<NewEntry, "phase" | "outcome">

interface Waiting {
  readonly entry: NewEntry
  readonly resolve: (seq: number) => void
  readonly reject: (error: unknown) => void
}

export class AuditLog {
  readonly #options: AuditLogOptions
  readonly #keys: EntryKeys
  readonly #db: Connection
  readonly #lock: Connection
  readonly #insert: (rows: readonly AuditRow[]) => void
  readonly #publisher: Publisher
  readonly #timer: Timer
  #chain: Buffer
  #waiting: Waiting[] = []
  #publishing: Promise<unknown> = Promise.resolve()
  #isPublishing = false
  #isClosed = false

  private constructor(options: AuditLogOptions, files: Files, state: State) {
    this.#options = options
    this.#keys = entryKeys(options.key)
    this.#db = files.db
    this.#lock = files.lock
    this.#insert = prepareInsert(files.db)
    this.#publisher = state.publisher
    this.#chain = state.chain
    this.#timer = options.clock.every(CHECKPOINT_PERIOD_MS, () => this.#publishSoon())
  }

  /** Opens or makes a log. Throws `AuditTampered` when what is there was not written by it. */
  static async open(options: AuditLogOptions): Promise<AuditLog> {
    await mkdir(options.folder, { recursive: true, mode: 0o700 })
    const files = openFiles(options)
    try {
      const log = new AuditLog(options, files, await restore(options, files.db))
      await log.checkpoint()
      return log
    } catch (error) {
      closeFiles(files)
      throw error
    }
  }

  /** Adds an entry; answers its number once it is on the disk. */
  append(entry: NewEntry): Promise<number> {
    assert(!this.#isClosed)
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= WAITING_MAX) return reject(new Outage("overloaded"))
      this.#waiting.push({ entry, resolve, reject })
      if (this.#waiting.length === 1) this.#commitSoon()
    })
  }

  /** Announces an act. Nothing is done before this answers. */
  async before(act: Act): Promise<void> {
    await this.append({ ...act, phase: "before" })
  }

  /** Says what became of an act. */
  async after(act: Act, outcome: string): Promise<void> {
    await this.append({ ...act, phase: "after", outcome })
  }

  /** The newest entries that fit, oldest first. */
  query(filter: AuditFilter): readonly AuditEntry[] {
    return queryEntries(this.#db, filter, this.#keys)
  }

  /** Signs for all entries so far, and answers the note. */
  checkpoint(): Promise<string> {
    const note = this.#publishing.then(() => this.#publisher.publish())
    this.#publishing = note.catch(() => {})
    return note
  }

  /** Checks every byte as a stranger with the public key would. */
  async verify(kept: readonly string[] = []): Promise<AuditVerdict> {
    const { folder, origin, signingKey } = this.#options
    return await verifyLog({ folder, origin, publicKey: createPublicKey(signingKey), kept })
  }

  standing(): Promise<AuditStanding> {
    return auditStanding(this.#options.folder)
  }

  /** Commits what waits, signs for it, and lets go of the files. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#timer.cancel()
    while (this.#waiting.length > 0) this.#commit()
    try {
      await this.checkpoint()
    } finally {
      closeFiles({ db: this.#db, lock: this.#lock })
    }
  }

  /** After this turn of the event loop, so that all who come in it share one commit. */
  #commitSoon(): void {
    setImmediate(() => {
      if (this.#publisher.unsigned < UNSIGNED_MAX) return this.#commit()
      this.#publishSoon()
      void this.#publishing.finally(() => this.#commit())
    })
  }

  #commit(): void {
    const group = this.#waiting.splice(0, GROUP_MAX)
    if (group.length === 0) return
    if (this.#waiting.length > 0) this.#commitSoon()
    const first = this.#publisher.size
    let rows: readonly AuditRow[]
    try {
      rows = this.#rowsOf(group)
      guarded(() => this.#insert(rows))
    } catch (error) {
      for (const { reject } of group) reject(error)
      return
    }
    for (const row of rows) {
      this.#publisher.add(row.leaf_hash, entryBytes(partsOf(row)))
      this.#chain = row.chain_hash
    }
    group.forEach(({ resolve }, at) => {
      resolve(first + at)
    })
    if (this.#publisher.unsigned >= CHECKPOINT_ENTRIES) this.#publishSoon()
  }

  #rowsOf(group: readonly Waiting[]): readonly AuditRow[] {
    const atMs = Math.trunc(this.#options.clock.nowMs())
    let chain = this.#chain
    return group.map(({ entry }, at) => {
      const seq = this.#publisher.size + at
      const parts = encodeEntry(entry, { seq, atMs }, this.#keys)
      const leaf = leafHash(entryBytes(parts))
      chain = chainHash(chain, leaf)
      const { patient, person, conversation, sealed } = parts
      const hashes = { leaf_hash: leaf, chain_hash: chain }
      const kid = this.#keys.sealing.id
      return { seq, at_ms: atMs, kid, patient, person, conversation, ...hashes, sealed }
    })
  }

  /** Signs beside the work. When it fails, the next turn of the timer tries again. */
  #publishSoon(): void {
    if (this.#isPublishing || this.#publisher.unsigned === 0) return
    this.#isPublishing = true
    void this.checkpoint()
      .catch(() => this.#options.log?.error("audit checkpoint could not be written"))
      .finally(() => {
        this.#isPublishing = false
      })
  }
}

interface Files {
  readonly db: Connection
  /** Held while the log is open: two writers would sign two histories. */
  readonly lock: Connection
}

function openFiles({ folder, maxPages }: AuditLogOptions): Files {
  const lock = openDatabase(join(folder, LOCK_FILE))
  try {
    guarded(() =>
      lock.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE"),
    )
    const db = openDatabase(join(folder, DATABASE_FILE), maxPages === undefined ? {} : { maxPages })
    guarded(() => createTable(db))
    return { db, lock }
  } catch (error) {
    lock.close()
    throw error
  }
}

function closeFiles({ db, lock }: Files): void {
  db.close()
  lock.close()
}

interface State {
  readonly publisher: Publisher
  readonly chain: Buffer
}

/** Goes on from the last checkpoint; from the first entry when the tiles behind it were lost. */
async function restore(options: AuditLogOptions, db: Connection): Promise<State> {
  const { folder, origin, signingKey } = options
  const published = await readPublished(folder, {
    origin,
    publicKey: createPublicKey(signingKey),
  })
  const entries = nextSeq(db)
  const signed = published?.checkpoint
  if (signed ? entries < signed.size : entries > 0) throw new AuditTampered()

  const start = published?.tree ? published.tree.size : 0
  const bundleStart = start - (start % TILE_WIDTH)
  const bundle = rowsFrom(db, bundleStart, start - bundleStart).map((row) =>
    entryBytes(partsOf(row)),
  )
  const publisher = new Publisher(options, published?.tree ?? new TileTree(), bundle)
  let chain = start === 0 ? chainStart : rowsFrom(db, start - 1, 1)[0]?.chain_hash
  while (chain && publisher.size < entries) {
    for (const row of rowsFrom(db, publisher.size, TILE_WIDTH)) {
      chain = replay(row, publisher, chain)
      if (publisher.size !== signed?.size) continue
      if (!publisher.root().equals(signed.root)) throw new AuditTampered()
    }
    await publisher.writeFull()
  }
  if (!chain) throw new AuditTampered()
  return { publisher, chain }
}

function replay(row: AuditRow, publisher: Publisher, chain: Buffer): Buffer {
  const entry = entryBytes(partsOf(row))
  const isWhole =
    row.seq === publisher.size &&
    row.leaf_hash.equals(leafHash(entry)) &&
    row.chain_hash.equals(chainHash(chain, row.leaf_hash))
  if (!isWhole) throw new AuditTampered()
  publisher.add(row.leaf_hash, entry)
  return row.chain_hash
}

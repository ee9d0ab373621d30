/**
 * The journal: every committed batch, numbered and chained by hash, never changed and never cut. It is
 * what replication ships. Documents in it are sealed with their own keys, so an erased patient is
 * erased here too.
 */
import { createHash } from "node:crypto"
import { type Static, Type as t } from "typebox"
import { type Connection, guarded, type Statement } from "./database.ts"
import { OutageAt } from "./fault.ts"
import { parseJson } from "./json.ts"
import { open, type SealingKey, seal } from "./seal.ts"

/** A blind entry is the keyed hash in base64; a plain one is the value. */
const Entry = t.Object({
  field: t.String(),
  value: t.Union([t.String(), t.Number(), t.Object({ blind: t.String() })]),
})

const Put = t.Object({
  put: t.String(),
  id: t.String(),
  version: t.Integer(),
  /** The sealed document in base64. */
  sealed: t.String(),
  entries: t.Array(Entry),
})
const Remove = t.Object({ remove: t.String(), id: t.String() })

/** One change as it happened. Names are those of whole collections, `module.collection`. */
export const Change = t.Union([Put, Remove])
export type Change = Static<typeof Change>
export type Put = Static<typeof Put>
export type Remove = Static<typeof Remove>

const Changes = t.Array(Change)

export interface JournalEntry {
  readonly seq: number
  readonly atMs: number
  readonly batch: Buffer
  readonly prevHash: Buffer
  readonly hash: Buffer
}

const columns = "seq, at_ms AS atMs, batch, prev_hash AS prevHash, hash"
const beginning = { seq: 0, hash: Buffer.alloc(32) }

export class Journal {
  readonly #key: SealingKey
  readonly #last: Statement<[], JournalEntry>
  readonly #insert: Statement<[number, number, Buffer, Buffer, Buffer]>
  readonly #from: Statement<[number, number], JournalEntry>

  constructor(db: Connection, key: SealingKey) {
    this.#key = key
    this.#last = db.prepare(`SELECT ${columns} FROM journal ORDER BY seq DESC LIMIT 1`)
    this.#insert = db.prepare("INSERT INTO journal VALUES (?, ?, ?, ?, ?)")
    this.#from = db.prepare(`SELECT ${columns} FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?`)
  }

  /** Writes down a batch, inside the transaction that makes it true. */
  append(changes: readonly Change[], atMs: number): void {
    const last = this.#last.get() ?? beginning
    const seq = last.seq + 1
    const batch = seal(this.#key, Buffer.from(JSON.stringify(changes)), contextOf(seq))
    const entry = { seq, atMs, batch, prevHash: last.hash }
    this.#write({ ...entry, hash: hashOf(entry) })
  }

  /** Takes over the next entry of another node's journal and answers what it changed. */
  adopt(entry: JournalEntry): readonly Change[] {
    const last = this.#last.get() ?? beginning
    const isNext = entry.seq === last.seq + 1 && last.hash.equals(entry.prevHash)
    const isWhole = hashOf(entry).equals(entry.hash)
    if (!isNext || !isWhole) throw new OutageAt("journal_broken", `journal ${entry.seq}`)
    this.#write(entry)
    return parseJson(open(this.#key, entry.batch, contextOf(entry.seq)).toString(), Changes)
  }

  from(seq: number, limit: number): readonly JournalEntry[] {
    return guarded(() => this.#from.all(seq, limit))
  }

  #write({ seq, atMs, batch, prevHash, hash }: JournalEntry): void {
    this.#insert.run(seq, atMs, batch, prevHash, hash)
  }
}

function hashOf({ seq, atMs, batch, prevHash }: Omit<JournalEntry, "hash">): Buffer {
  const numbers = Buffer.alloc(16)
  numbers.writeBigUInt64BE(BigInt(seq), 0)
  numbers.writeBigUInt64BE(BigInt(atMs), 8)
  return createHash("sha256").update(prevHash).update(numbers).update(batch).digest()
}

function contextOf(seq: number): string {
  return `journal|${seq}`
}

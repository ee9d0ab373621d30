/**
 * The journal: every committed batch, numbered and chained by hash, never changed, never cut. It is
 * what replication ships. Documents in it are sealed with their own keys, so an erased patient is
 * erased here too.
 */
import { createHash } from "node:crypto"
import { type Static, Type as t } from "typebox"
import { type Connection, guarded, type Statement } from "./database.ts"
import { OutageAt } from "./fault.ts"
import { parseJson } from "./json.ts"
import { open, type SealingKey, seal } from "./seal.ts"

/** What the indexes hold of a document, by field. A blind value is the keyed hash in base64. */
export const Entries = t.Record(
  t.String(),
  t.Union([t.String(), t.Number(), t.Object({ blind: t.String() })]),
)
export type Entries = Static<typeof Entries>

const Remove = t.Object({ remove: t.String(), id: t.String() })
/** As it stands in a batch. The sealed documents follow the heads, in the same order. */
const PutHead = t.Object({
  put: t.String(),
  id: t.String(),
  version: t.Integer(),
  entries: Entries,
  sealedBytes: t.Integer({ minimum: 0 }),
})
const Heads = t.Array(t.Union([PutHead, Remove]))

/** One change as it happened. Names are those of whole collections, `module.collection`. */
export type Remove = Static<typeof Remove>
export interface Put {
  readonly put: string
  readonly id: string
  readonly version: number
  readonly entries: Entries
  readonly sealed: Buffer
}
export type Change = Put | Remove

export interface JournalEntry {
  readonly seq: number
  readonly atMs: number
  readonly batch: Buffer
  readonly prevHash: Buffer
  readonly hash: Buffer
}

/** Where the journal ends. */
type Tip = Pick<JournalEntry, "seq" | "hash">

const columns = "seq, at_ms AS atMs, batch, prev_hash AS prevHash, hash"
const beginning: Tip = { seq: 0, hash: Buffer.alloc(32) }

export class Journal {
  readonly #key: SealingKey
  readonly #last: Statement<[], Tip>
  readonly #insert: Statement<[number, number, Buffer, Buffer, Buffer]>
  readonly #from: Statement<[number, number], JournalEntry>

  #tip: Tip | undefined

  constructor(db: Connection, key: SealingKey) {
    this.#key = key
    this.#last = db.prepare("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
    this.#insert = db.prepare("INSERT INTO journal VALUES (?, ?, ?, ?, ?)")
    this.#from = db.prepare(`SELECT ${columns} FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?`)
  }

  /** Writes down a batch, inside the transaction that makes it true. */
  append(changes: readonly Change[], atMs: number): void {
    const last = this.#end()
    const seq = last.seq + 1
    const batch = seal(this.#key, encode(changes), contextOf(seq))
    const entry = { seq, atMs, batch, prevHash: last.hash }
    this.#write({ ...entry, hash: hashOf(entry) })
  }

  /** Takes over the next entry of another node's journal and answers what it changed. */
  adopt(entry: JournalEntry): readonly Change[] {
    const last = this.#end()
    const isNext = entry.seq === last.seq + 1 && last.hash.equals(entry.prevHash)
    const isWhole = hashOf(entry).equals(entry.hash)
    if (!isNext || !isWhole) throw new OutageAt("journal_broken", `journal ${entry.seq}`)
    this.#write(entry)
    return decode(open(this.#key, entry.batch, contextOf(entry.seq)))
  }

  /** To be called when a transaction fails that may have held an entry. */
  forgetTip(): void {
    this.#tip = undefined
  }

  from(seq: number, limit: number): readonly JournalEntry[] {
    return guarded(() => this.#from.all(seq, limit))
  }

  #end(): Tip {
    return this.#tip ?? this.#last.get() ?? beginning
  }

  #write({ seq, atMs, batch, prevHash, hash }: JournalEntry): void {
    this.#insert.run(seq, atMs, batch, prevHash, hash)
    this.#tip = { seq, hash }
  }
}

const SIZE_BYTES = 4

function encode(changes: readonly Change[]): Buffer {
  const heads = changes.map((change) => {
    if ("remove" in change) return change
    const { sealed, ...head } = change
    return { ...head, sealedBytes: sealed.length }
  })
  const head = Buffer.from(JSON.stringify(heads))
  const size = Buffer.alloc(SIZE_BYTES)
  size.writeUInt32BE(head.length)
  return Buffer.concat([size, head, ...changes.flatMap((it) => ("put" in it ? it.sealed : []))])
}

function decode(batch: Buffer): readonly Change[] {
  let end = SIZE_BYTES + batch.readUInt32BE(0)
  return parseJson(batch.toString("utf8", SIZE_BYTES, end), Heads).map((change) => {
    if ("remove" in change) return change
    const { sealedBytes, ...head } = change
    const start = end
    end += sealedBytes
    return { ...head, sealed: batch.subarray(start, end) }
  })
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

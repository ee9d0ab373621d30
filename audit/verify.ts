/**
 * Checks a log as a stranger would: with its files and its public key, and without the key that
 * opens entries. Names the first entry that is not as it was written. Changes nothing.
 */
import type { KeyObject } from "node:crypto"
import { join } from "node:path"
import { Outage } from "#core/fault.ts"
import type { AuditVerdict } from "#core/ports.ts"
import { type Checkpoint, verifyCheckpoint } from "./checkpoint.ts"
import { entryBytes, nobody } from "./entry.ts"
import { leafHash } from "./merkle.ts"
import {
  type AuditRow,
  chainHash,
  chainStart,
  DATABASE_FILE,
  nextSeq,
  openReadOnly,
  partsOf,
  rowsFrom,
} from "./table.ts"
import { CHECKPOINT_PATH, readBundle, readTile, readWhole } from "./tile-files.ts"
import { decodeBundle, TILE_WIDTH, type Tile, TileTree } from "./tiles.ts"

export interface VerifyOptions {
  readonly folder: string
  readonly origin: string
  readonly publicKey: KeyObject
  /** Checkpoints that were kept elsewhere. They catch a log that was rolled back as a whole. */
  readonly kept?: readonly string[]
}

const whys = {
  no_checkpoint: "The checkpoint is missing or is not signed by this key for this log.",
  bad_kept: "A checkpoint that was kept elsewhere is not signed by this key for this log.",
  no_database: "The database is missing or cannot be opened.",
  unreadable: "The database cannot be read from here on.",
  missing: "An entry is missing here.",
  misshapen: "The entry's columns are not of the right form.",
  changed: "The entry is not what its hash was made of.",
  wrong_key_id: "The entry does not name the key that sealed it.",
  unchained: "The entry does not follow the one before it.",
  tile_missing: "The tile that holds this entry's hash is missing or cut short.",
  tile_differs: "The tile holds another hash than the entry has.",
  bundle_missing: "The bundle that holds this entry is missing or cut short.",
  bundle_differs: "The bundle holds another entry than the database.",
  root_differs: "The entries up to here are not those the checkpoint was signed for.",
  cut_off: "The checkpoint was signed for more entries. The log was cut off here.",
} as const

type Why = keyof typeof whys

/** Rows between two pauses, so that a check beside live work does not hold it up. */
const SLICE_ROWS = 2_048
const SEALED_BYTES_MIN = 33

/** Verifies the whole log: rows, chain, tiles, bundles, root and signature. */
export async function verifyLog(options: VerifyOptions): Promise<AuditVerdict> {
  const note = (await readWhole(options.folder, CHECKPOINT_PATH))?.toString()
  const signed = note === undefined ? undefined : verifyCheckpoint(note, options)
  if (!signed) return bad(0, { at: 0, why: "no_checkpoint" })

  const marks = [signed]
  for (const text of options.kept ?? []) {
    const mark = verifyCheckpoint(text, options)
    if (!mark) return bad(0, { at: 0, why: "bad_kept" })
    marks.push(mark)
  }
  return await verifyEntries(options.folder, signed, marks)
}

async function verifyEntries(
  folder: string,
  signed: Checkpoint,
  marks: readonly Checkpoint[],
): Promise<AuditVerdict> {
  const db = openReadOnly(join(folder, DATABASE_FILE))
  if (!db) return bad(0, { at: 0, why: "no_database" })
  try {
    const walk = new Walk(folder, signed, marks)
    // A log in use grows while it is read. What comes after now is for the next time.
    const end = readable(() => nextSeq(db)) ?? 0
    let finding = await walk.atMark()
    for (let slice = SLICE_ROWS, next = Number.MIN_SAFE_INTEGER; !finding; ) {
      const rows = readable(() => rowsFrom(db, next, slice))?.filter(({ seq }) => seq < end)
      if (!rows && slice === 1) finding = { at: walk.size, why: "unreadable" }
      slice = rows ? slice : 1
      if (rows?.length === 0) break
      for (const row of rows ?? []) {
        finding = await walk.step(row)
        if (finding) break
        next = row.seq + 1
      }
      await new Promise(setImmediate)
    }
    finding ??= walk.end()
    if (finding) return bad(walk.size, finding)
    return { ok: true, entries: walk.size, root: walk.root().toString("base64") }
  } finally {
    db.close()
  }
}

interface Finding {
  readonly at: number
  readonly why: Why
}

function bad(entries: number, { at, why }: Finding): AuditVerdict {
  return { ok: false, entries, firstBad: at, why: whys[why] }
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Outage) return undefined
    throw error
  }
}

/** Goes over the entries one by one and builds the tree again. */
class Walk {
  readonly #folder: string
  readonly #signed: Checkpoint
  readonly #marks: readonly Checkpoint[]
  readonly #tree = new TileTree()
  #chain: Buffer = chainStart
  #hashes: readonly Buffer[] | undefined
  #entries: readonly Buffer[] | undefined

  constructor(folder: string, signed: Checkpoint, marks: readonly Checkpoint[]) {
    this.#folder = folder
    this.#signed = signed
    this.#marks = marks
  }

  get size(): number {
    return this.#tree.size
  }

  root(): Buffer {
    return this.#tree.root()
  }

  /** Checks the next row against itself, the row before, and what the tiles hold. */
  async step(row: AuditRow): Promise<Finding | undefined> {
    const at = this.#tree.size
    if (row.seq !== at) return { at: Math.max(0, Math.min(row.seq, at)), why: "missing" }
    if (!isWellFormed(row)) return { at, why: "misshapen" }
    const entry = entryBytes(partsOf(row))
    const leaf = leafHash(entry)
    const chain = chainHash(this.#chain, leaf)
    if (!leaf.equals(row.leaf_hash)) return { at, why: "changed" }
    if (row.kid !== row.sealed.readUInt32BE(1)) return { at, why: "wrong_key_id" }
    if (!chain.equals(row.chain_hash)) return { at, why: "unchained" }
    const isSigned = at < this.#signed.size
    if (isSigned) {
      if (at % TILE_WIDTH === 0) await this.#load(at)
      const why = this.#whyTilesDiffer(at % TILE_WIDTH, leaf, entry)
      if (why) return { at, why }
    }
    this.#chain = chain
    const full = this.#tree.add(leaf)
    return (isSigned ? await this.#checkUpper(full) : undefined) ?? (await this.atMark())
  }

  /** Where a checkpoint was signed, the root must be the one it was signed for. */
  async atMark(): Promise<Finding | undefined> {
    const here = this.#marks.filter(({ size }) => size === this.#tree.size)
    if (here.length === 0) return undefined
    if (here.includes(this.#signed)) {
      const finding = await this.#checkUpper(this.#tree.partials())
      if (finding) return finding
    }
    const root = this.#tree.root()
    if (here.every((mark) => mark.root.equals(root))) return undefined
    return { at: this.#trusted(), why: "root_differs" }
  }

  end(): Finding | undefined {
    const isCut = this.#marks.some(({ size }) => size > this.#tree.size)
    return isCut ? { at: this.#tree.size, why: "cut_off" } : undefined
  }

  /** How far an earlier checkpoint vouches. What was changed stands behind it. */
  #trusted(): number {
    const before = this.#marks.map(({ size }) => size).filter((size) => size < this.#tree.size)
    return Math.max(0, ...before)
  }

  async #load(at: number): Promise<void> {
    const width = Math.min(TILE_WIDTH, this.#signed.size - at)
    const place = { index: at / TILE_WIDTH, width }
    this.#hashes = await readTile(this.#folder, { ...place, level: 0 })
    const bundle = await readBundle(this.#folder, place)
    this.#entries = bundle && decodeBundle(bundle)
  }

  #whyTilesDiffer(at: number, leaf: Buffer, entry: Buffer): Why | undefined {
    const [hash, bundled] = [this.#hashes?.[at], this.#entries?.[at]]
    if (!hash) return "tile_missing"
    if (!hash.equals(leaf)) return "tile_differs"
    if (!bundled) return "bundle_missing"
    return bundled.equals(entry) ? undefined : "bundle_differs"
  }

  /** Tiles above the leaves, where one hash stands for many entries. */
  async #checkUpper(tiles: readonly Tile[]): Promise<Finding | undefined> {
    for (const tile of tiles.filter(({ level }) => level > 0)) {
      const written = await readTile(this.#folder, tile)
      const differs = tile.hashes.findIndex((hash, at) => !written?.[at]?.equals(hash))
      if (differs < 0) continue
      const at = (tile.index * TILE_WIDTH + differs) * TILE_WIDTH ** tile.level
      return { at, why: written ? "tile_differs" : "tile_missing" }
    }
    return undefined
  }
}

function isWellFormed(row: AuditRow): boolean {
  const blinded = [row.patient, row.person, row.conversation]
  return (
    Number.isSafeInteger(row.at_ms) &&
    row.at_ms >= 0 &&
    blinded.every(({ length }) => length === nobody.length) &&
    row.sealed.length >= SEALED_BYTES_MIN
  )
}

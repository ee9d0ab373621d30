/**
 * Puts the log's tree on the disk: full tiles and bundles as they fill, the right edge and a signed
 * checkpoint when asked. The checkpoint comes last, so it never speaks of what is not there.
 */
import type { KeyObject } from "node:crypto"
import { type Checkpoint, signCheckpoint, verifyCheckpoint } from "./checkpoint.ts"
import {
  CHECKPOINT_PATH,
  type LogFile,
  readTile,
  readWhole,
  removeFile,
  writeAll,
  writeWhole,
} from "./tile-files.ts"
import {
  bundlePath,
  encodeBundle,
  partialPlaces,
  TILE_WIDTH,
  type Tile,
  TileTree,
  tilePath,
} from "./tiles.ts"

export interface PublisherOptions {
  readonly folder: string
  readonly origin: string
  readonly signingKey: KeyObject
}

/** What a log on the disk says about itself. */
export interface Published {
  readonly note: string
  readonly checkpoint: Checkpoint
  /** The tree at the checkpoint, or undefined when the tiles do not make up its root. */
  readonly tree: TileTree | undefined
}

/** Reads the checkpoint and the right edge. Undefined when no valid checkpoint is there. */
export async function readPublished(
  folder: string,
  key: { readonly origin: string; readonly publicKey: KeyObject },
): Promise<Published | undefined> {
  const note = (await readWhole(folder, CHECKPOINT_PATH))?.toString()
  const checkpoint = note === undefined ? undefined : verifyCheckpoint(note, key)
  if (note === undefined || !checkpoint) return undefined

  const edge: (readonly Buffer[])[] = []
  for (const place of partialPlaces(checkpoint.size)) {
    edge[place.level] = (await readTile(folder, place)) ?? []
  }
  const tree = new TileTree(
    checkpoint.size,
    Array.from(edge, (hashes) => hashes ?? []),
  )
  return { note, checkpoint, tree: tree.root().equals(checkpoint.root) ? tree : undefined }
}

export class Publisher {
  readonly #options: PublisherOptions
  #tree: TileTree
  /** The entries of the bundle that is not full yet. */
  #bundle: Buffer[]
  #full: LogFile[] = []
  #edgePaths: readonly string[] = []
  #signedSize = -1
  #note = ""

  constructor(options: PublisherOptions, tree: TileTree, bundle: readonly Buffer[]) {
    this.#options = options
    this.#tree = tree
    this.#bundle = [...bundle]
    this.#edgePaths = this.#edge().map(({ path }) => path)
  }

  get size(): number {
    return this.#tree.size
  }

  root(): Buffer {
    return this.#tree.root()
  }

  /** Entries that no checkpoint covers yet. */
  get unsigned(): number {
    return this.#tree.size - Math.max(this.#signedSize, 0)
  }

  add(leaf: Buffer, entry: Buffer): void {
    this.#bundle.push(entry)
    for (const tile of this.#tree.add(leaf)) {
      this.#full.push({ path: tilePath(tile), bytes: Buffer.concat(tile.hashes) })
      if (tile.level > 0) continue
      this.#full.push({ path: bundlePath(tile), bytes: encodeBundle(this.#bundle) })
      this.#bundle = []
    }
  }

  /** Writes the tiles that are full and were not written yet. */
  async writeFull(): Promise<void> {
    const full = this.#full
    this.#full = []
    try {
      await writeAll(this.#options.folder, full)
    } catch (error) {
      this.#full = [...full, ...this.#full]
      throw error
    }
  }

  /** Signs for all entries so far, and answers the note. One at a time. */
  async publish(): Promise<string> {
    const { folder, origin, signingKey } = this.#options
    const size = this.#tree.size
    if (size === this.#signedSize) return this.#note

    const note = signCheckpoint({ origin, size, root: this.#tree.root() }, signingKey)
    const edge = this.#edge()
    await Promise.all([this.writeFull(), writeAll(folder, edge)])
    await writeWhole(folder, { path: CHECKPOINT_PATH, bytes: Buffer.from(note) })

    const paths = edge.map(({ path }) => path)
    for (const path of this.#edgePaths) if (!paths.includes(path)) await removeFile(folder, path)
    this.#edgePaths = paths
    this.#signedSize = size
    this.#note = note
    return note
  }

  #edge(): readonly LogFile[] {
    const tiles = this.#tree
      .partials()
      .map((tile: Tile): LogFile => ({ path: tilePath(tile), bytes: Buffer.concat(tile.hashes) }))
    const width = this.#bundle.length
    if (width === 0) return tiles
    const index = Math.floor(this.#tree.size / TILE_WIDTH)
    return [...tiles, { path: bundlePath({ index, width }), bytes: encodeBundle(this.#bundle) }]
  }
}

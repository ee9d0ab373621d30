/**
 * The tree cut into tiles of 256 hashes, as C2SP's tlog-tiles lays it out: where each file stands,
 * what is in it, and the right edge of a growing tree. Touches no disk.
 */
import { emptyRoot, HASH_BYTES, nodeHash } from "./merkle.ts"

export const TILE_WIDTH = 256

/** Where a tile stands: level 0 holds leaf hashes, level 1 the roots of those tiles, and on. */
export interface Place {
  readonly level: number
  readonly index: number
  /** Fewer than 256 at the right edge of the tree. */
  readonly width: number
}

export interface Tile extends Place {
  readonly hashes: readonly Buffer[]
}

/** The path of a tile below the log's folder. */
export function tilePath({ level, index, width }: Place): string {
  return `tile/${level}/${pathOf(index, width)}`
}

/** The path of the bundle that holds the entries under a tile of level 0. */
export function bundlePath({ index, width }: Omit<Place, "level">): string {
  return `tile/entries/${pathOf(index, width)}`
}

/** Groups of three digits, all but the last with an x before; `.p/` and the width if partial. */
function pathOf(index: number, width: number): string {
  const groups: string[] = []
  let rest = index
  do {
    groups.unshift(String(rest % 1000).padStart(3, "0"))
    rest = Math.floor(rest / 1000)
  } while (rest > 0)
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/")
  return width === TILE_WIDTH ? path : `${path}.p/${width}`
}

/** The tiles at the right edge of a tree of this size that are not full, lowest level first. */
export function partialPlaces(size: number): readonly Place[] {
  const places: Place[] = []
  for (let count = size, level = 0; count > 0; count = Math.floor(count / TILE_WIDTH), level++) {
    const width = count % TILE_WIDTH
    if (width > 0) places.push({ level, index: Math.floor(count / TILE_WIDTH), width })
  }
  return places
}

/** Reads a tile's bytes into its hashes, or undefined when they cannot be a tile of this width. */
export function decodeTile(bytes: Buffer, width: number): readonly Buffer[] | undefined {
  if (bytes.length < width * HASH_BYTES) return undefined
  return Array.from({ length: width }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  )
}

export const ENTRY_BYTES_MAX = 65_535

/** Entries one after the other, each with its length in two bytes before it. */
export function encodeBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(entry.length)
      return [length, entry]
    }),
  )
}

/** The entries of a bundle as far as it can be read. */
export function decodeBundle(bytes: Buffer): readonly Buffer[] {
  const entries: Buffer[] = []
  for (let at = 0; at + 2 <= bytes.length; ) {
    const end = at + 2 + bytes.readUInt16BE(at)
    if (end > bytes.length) break
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries
}

/** The right edge of a growing tree: all that is needed to add entries and to know the root. */
export class TileTree {
  #size: number
  /** Of each level the tile that is not full yet. */
  readonly #edge: Buffer[][]

  constructor(size = 0, edge: readonly (readonly Buffer[])[] = []) {
    this.#size = size
    this.#edge = edge.map((hashes) => [...hashes])
  }

  get size(): number {
    return this.#size
  }

  /** Adds one leaf, and answers the tiles that became full with it, lowest level first. */
  add(leaf: Buffer): readonly Tile[] {
    const full: Tile[] = []
    let hashed = leaf
    let index = this.#size++
    for (let level = 0; ; level++) {
      const hashes = this.#edge[level] ?? []
      this.#edge[level] = hashes
      hashes.push(hashed)
      if (hashes.length < TILE_WIDTH) return full
      index = Math.floor(index / TILE_WIDTH)
      full.push({ level, index, width: TILE_WIDTH, hashes })
      hashed = wholeRoot(hashes)
      this.#edge[level] = []
    }
  }

  /** The tiles that are not full, with what is in them so far. */
  partials(): readonly Tile[] {
    return partialPlaces(this.#size).map((place) => ({
      ...place,
      hashes: [...(this.#edge[place.level] ?? [])],
    }))
  }

  /** The root as RFC 6962 defines it for this many entries. */
  root(): Buffer {
    let root: Buffer | undefined
    for (const hashes of this.#edge) root = joinLeft(hashes, root)
    return root ?? emptyRoot
  }
}

/** Joins what stands left of `right` to it, the smallest whole subtree first. */
function joinLeft(hashes: readonly Buffer[], right: Buffer | undefined): Buffer | undefined {
  let joined = right
  for (let end = hashes.length; end > 0; ) {
    const width = end & -end
    const subtree = wholeRoot(hashes.slice(end - width, end))
    joined = joined ? nodeHash(subtree, joined) : subtree
    end -= width
  }
  return joined
}

/** The root over a number of hashes that is a power of two. */
function wholeRoot(hashes: readonly Buffer[]): Buffer {
  const [first, second] = hashes
  if (!first || !second) return first ?? emptyRoot
  const parents: Buffer[] = []
  for (let at = 0; at < hashes.length; at += 2) {
    parents.push(nodeHash(hashes[at] ?? first, hashes[at + 1] ?? second))
  }
  return wholeRoot(parents)
}

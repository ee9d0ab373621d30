/**
 * The Merkle tree of RFC 6962, section 2.1: hashes, roots and the two kinds of proof. Pure. A leaf
 * and a node are hashed with different first bytes, so that neither can be passed off as the other.
 */
import { hash } from "node:crypto"

export const HASH_BYTES = 32

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

/** The hash of one entry. */
export function leafHash(entry: Uint8Array): Buffer {
  return sha256(Buffer.concat([LEAF, entry]))
}

/** The hash of two subtrees side by side. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([NODE, left, right]))
}

/** The root of a tree without entries. */
export const emptyRoot = sha256(Buffer.alloc(0))

export function sha256(bytes: Uint8Array): Buffer {
  return hash("sha256", bytes, "buffer")
}

/** The root over leaves `from` up to, not including, `to`. Asked for whole subtrees only. */
export type SubtreeRoot = (from: number, to: number) => Buffer

/** The root over a list of leaf hashes. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  return leaves.length === 0 ? emptyRoot : subtreeRootOf(leaves)(0, leaves.length)
}

/** Answers roots of subtrees out of a list of leaf hashes. */
export function subtreeRootOf(leaves: readonly Buffer[]): SubtreeRoot {
  return function subtreeRoot(from: number, to: number): Buffer {
    const only = leaves[from]
    if (to - from === 1 && only) return only
    const middle = from + leftWidth(to - from)
    return nodeHash(subtreeRoot(from, middle), subtreeRoot(middle, to))
  }
}

/** The hashes that lead from the leaf at `index` up to the root of a tree of `size`. */
export function inclusionProof(index: number, size: number, root: SubtreeRoot): readonly Buffer[] {
  return path(index, 0, size)

  function path(at: number, from: number, to: number): readonly Buffer[] {
    if (to - from === 1) return []
    const middle = from + leftWidth(to - from)
    return at < middle
      ? [...path(at, from, middle), root(middle, to)]
      : [...path(at, middle, to), root(from, middle)]
  }
}

/** Whether `proof` shows that `leaf` stands at `index` in the tree of `size` with this root. */
export function isIncluded(
  { leaf, index }: { readonly leaf: Buffer; readonly index: number },
  { size, root }: Tree,
  proof: readonly Buffer[],
): boolean {
  if (index < 0 || index >= size) return false
  let hashed = leaf
  let at = index
  let last = size - 1
  for (const sibling of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hashed = nodeHash(sibling, hashed)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      hashed = nodeHash(hashed, sibling)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && hashed.equals(root)
}

export interface Tree {
  readonly size: number
  readonly root: Buffer
}

/** The hashes that show that the tree of `oldSize` is how the tree of `size` began. */
export function consistencyProof(
  oldSize: number,
  size: number,
  root: SubtreeRoot,
): readonly Buffer[] {
  return oldSize === 0 ? [] : path({ old: oldSize, from: 0, to: size, isWhole: true })

  function path({ old, from, to, isWhole }: Span): readonly Buffer[] {
    if (old === to) return isWhole ? [] : [root(from, to)]
    const middle = from + leftWidth(to - from)
    return old <= middle
      ? [...path({ old, from, to: middle, isWhole }), root(middle, to)]
      : [...path({ old, from: middle, to, isWhole: false }), root(from, middle)]
  }
}

interface Span {
  readonly old: number
  readonly from: number
  readonly to: number
  /** The old tree is one whole subtree here, so that its root is known to who asks. */
  readonly isWhole: boolean
}

/** Whether `proof` shows that nothing of the older tree was changed in the newer one. */
export function isConsistent(older: Tree, newer: Tree, proof: readonly Buffer[]): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root)
  if (older.size === 0) return proof.length === 0 && older.root.equals(emptyRoot)
  const hashes = isPowerOfTwo(older.size) ? [older.root, ...proof] : [...proof]
  const first = hashes.shift()
  if (!first) return false
  let at = older.size - 1
  let last = newer.size - 1
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  let old = first
  let fresh = first
  for (const hashed of hashes) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      old = nodeHash(hashed, old)
      fresh = nodeHash(hashed, fresh)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      fresh = nodeHash(fresh, hashed)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && old.equals(older.root) && fresh.equals(newer.root)
}

/** Numbers of entries may pass 2^31, so these are divisions and not shifts. */
const half = (value: number): number => Math.floor(value / 2)

const isPowerOfTwo = (value: number): boolean => leftWidth(value * 2) === value

/** The largest power of two that is smaller than `size`. */
function leftWidth(size: number): number {
  let width = 1
  while (width * 2 < size) width *= 2
  return width
}

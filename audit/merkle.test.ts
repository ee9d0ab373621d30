/**
 * The tree against the vectors that every implementation of RFC 6962 is checked with, and its
 * proofs against trees of many sizes and against forgeries.
 */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  rootOf,
  subtreeRootOf,
} from "./merkle.ts"
import { bundlePath, TILE_WIDTH, TileTree, tilePath } from "./tiles.ts"

const entries = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
]
const leaves = entries.map((hex) => leafHash(Buffer.from(hex, "hex")))

const roots = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

const hex = (hashes: readonly Buffer[]): string[] => hashes.map((each) => each.toString("hex"))

test("trees of no entry to eight have the roots that everybody agrees on", () => {
  assert.deepEqual(hex(roots.map((_, size) => rootOf(leaves.slice(0, size)))), roots)
})

test("the known proofs of inclusion and consistency come out the same", () => {
  const subtree = subtreeRootOf(leaves)
  const upFromFirst = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
  ]
  assert.deepEqual(hex(inclusionProof(0, 8, subtree)), upFromFirst)
  assert.deepEqual(hex(consistencyProof(1, 8, subtree)), upFromFirst)
  assert.deepEqual(hex(consistencyProof(6, 8, subtree)), [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  ])
})

const manyLeaves = Array.from({ length: 600 }, (_, at) => leafHash(Buffer.from(`entry ${at}`)))
const anySize = fc.integer({ min: 1, max: manyLeaves.length })

test("every leaf can be proved, and a proof that was tampered with fails", () => {
  const property = fc.property(anySize, fc.nat(), fc.nat(), (size, pick, flip) => {
    const index = pick % size
    const list = manyLeaves.slice(0, size)
    const tree = { size, root: rootOf(list) }
    const leaf = manyLeaves[index]!
    const proof = inclusionProof(index, size, subtreeRootOf(list))
    assert.ok(isIncluded({ leaf, index }, tree, proof))
    assert.ok(!isIncluded({ leaf: leafHash(leaf), index }, tree, proof))
    assert.ok(!isIncluded({ leaf, index }, tree, [...proof, leaf]))
    assert.ok(!isIncluded({ leaf, index: size }, tree, proof))
    if (proof.length === 0) return
    assert.ok(!isIncluded({ leaf, index }, tree, proof.slice(1)))
    const forged = proof.map((hash, at) => (at === flip % proof.length ? leafHash(hash) : hash))
    assert.ok(!isIncluded({ leaf, index }, tree, forged))
  })
  fc.assert(property)
})

test("every tree is proved to grow out of its beginnings, and no other tree is", () => {
  const property = fc.property(anySize, fc.nat(), (size, pick) => {
    const oldSize = pick % (size + 1)
    const [before, now] = [manyLeaves.slice(0, oldSize), manyLeaves.slice(0, size)]
    const older = { size: oldSize, root: rootOf(before) }
    const newer = { size, root: rootOf(now) }
    const proof = consistencyProof(oldSize, size, subtreeRootOf(now))
    assert.ok(isConsistent(older, newer, proof))
    const other = { size: oldSize, root: leafHash(older.root) }
    assert.ok(!isConsistent(other, newer, proof))
    assert.ok(!isConsistent(older, { size, root: leafHash(newer.root) }, proof) || oldSize === 0)
    assert.ok(!isConsistent(newer, older, proof) || oldSize === size)
  })
  fc.assert(property)
})

test("tiles and bundles stand where the public format says", () => {
  assert.equal(tilePath({ level: 0, index: 0, width: 256 }), "tile/0/000")
  assert.equal(tilePath({ level: 2, index: 1_234_067, width: 256 }), "tile/2/x001/x234/067")
  assert.equal(tilePath({ level: 1, index: 1_000, width: 7 }), "tile/1/x001/000.p/7")
  assert.equal(bundlePath({ index: 999, width: 255 }), "tile/entries/999.p/255")
})

test("a tree cut into tiles has the same root at every size", () => {
  const tree = new TileTree()
  assert.ok(tree.root().equals(emptyRoot))
  const sizes = new Set([1, 2, 3, 255, 256, 257, 511, 512, 513, 600])
  manyLeaves.forEach((leaf, at) => {
    tree.add(leaf)
    if (sizes.has(at + 1)) assert.ok(tree.root().equals(rootOf(manyLeaves.slice(0, at + 1))))
  })
})

test("a tree of more than two levels of tiles has the same root, also when taken up again", () => {
  const count = TILE_WIDTH * TILE_WIDTH + TILE_WIDTH + 1
  const list = Array.from({ length: count }, (_, at) => leafHash(Buffer.from(`${at}`)))
  const tree = new TileTree()
  for (const leaf of list.slice(0, -1)) tree.add(leaf)
  const edge: (readonly Buffer[])[] = [[], [], []]
  for (const { level, hashes } of tree.partials()) edge[level] = hashes
  const again = new TileTree(tree.size, edge)
  again.add(list[count - 1]!)
  assert.ok(again.root().equals(rootOf(list)))
})

/**
 * Chance that can be had again: the same keys give the same draw, whatever was drawn before. So a
 * caller says its name in the same words even when the agent took another way to ask for it.
 */

type Key = string | number

const HASH_START = 0x811c9dc5
const HASH_PRIME = 0x01000193

/** 32 bits of what the keys spell. */
export function hashOf(...keys: readonly Key[]): number {
  let hash = HASH_START
  for (const unit of keys.join("\u0000")) hash = Math.imul(hash ^ unit.charCodeAt(0), HASH_PRIME)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Between 0 and 1. */
export function drawn(...keys: readonly Key[]): number {
  return hashOf(...keys) / 2 ** 32
}

/** One of a list that is not empty. */
export function chosen<T>(list: readonly [T, ...T[]], ...keys: readonly Key[]): T {
  return list[hashOf(...keys) % list.length] ?? list[0]
}

/** The list in another order. */
export function shuffled<T>(list: readonly T[], ...keys: readonly Key[]): readonly T[] {
  return list
    .map((item, at) => ({ item, order: hashOf(...keys, at) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item)
}

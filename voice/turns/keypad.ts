/** Digits from the keypad: when they are complete, and when a lone 0 asks for a person. */
import type { Expect } from "../../intent/contract.ts"

/** Nobody presses more than this in one answer. */
export const KEYS_MAX = 32
const BETWEEN_MS = 3_500
/** A 0 that nothing follows is a call for a person. */
const LONE_ZERO_MS = 1_500

/** How many digits answer a question, where that is known. */
const LENGTHS: Readonly<Partial<Record<Expect, number>>> = {
  yes_no: 1,
  request: 1,
  which_drug: 1,
  date_of_birth: 8,
  zip: 5,
  code: 6,
}

/** What to do after a key: take what is there now, or wait for another one. */
export function afterKey(
  keys: string,
  expect: Expect,
): { readonly isComplete: true } | { readonly isComplete: false; readonly waitMs: number } {
  const length = LENGTHS[expect]
  if (keys.endsWith("#") || keys.length >= KEYS_MAX) return { isComplete: true }
  if (length !== undefined && keys.length >= length) return { isComplete: true }
  if (keys === "0") {
    // Where no number is due, 0 can only mean a person.
    const mayBeNumber = length !== undefined ? length > 1 : expect === "rx_number"
    return mayBeNumber ? { isComplete: false, waitMs: LONE_ZERO_MS } : { isComplete: true }
  }
  return { isComplete: false, waitMs: BETWEEN_MS }
}

/** The keys as a text for the conversation, the end key taken off. */
export function keysText(keys: string): string {
  return keys.length > 1 ? keys.replace(/#$/, "") : keys
}

/** Ids that sort by the moment they were made: 48 bits of milliseconds, 80 of chance, base 32. */
import { randomBytes } from "node:crypto"

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

export function newId(nowMs: number): string {
  let id = ""
  for (let rest = nowMs, i = 0; i < 10; i++) {
    id = ALPHABET[rest % 32]! + id
    rest = Math.floor(rest / 32)
  }
  for (const byte of randomBytes(16)) id += ALPHABET[byte % 32]!
  return id
}

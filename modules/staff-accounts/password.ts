/**
 * Passwords and PINs as Argon2id hashes in the usual text form. The cost is the least that OWASP's
 * Password Storage Cheat Sheet gives for it: 19 MiB, two passes, one lane.
 */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"

const derive = promisify(argon2)

const SALT_BYTES = 16
const HASH_BYTES = 32

interface Cost {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const written = ({ memory, passes, parallelism }: Cost) =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$`

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await hashOf(password, salt, COST)
  const text = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "")
  return `${written(COST)}${text(salt)}$${text(hash)}`
}

/** True when the password made this hash. Takes the same time for any password. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [salt = "", hash = ""] = stored.split("$").slice(-2)
  const made = await hashOf(password, Buffer.from(salt, "base64"), costOf(stored))
  const kept = Buffer.from(hash, "base64")
  return made.length === kept.length && timingSafeEqual(made, kept)
}

/** True when a hash was made at another cost than new ones are, so that it is worth making anew. */
export function isDated(stored: string): boolean {
  return !stored.startsWith(written(COST))
}

function costOf(stored: string): Cost {
  const [, memory, passes, parallelism] = /\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored) ?? []
  if (!memory || !passes || !parallelism) return COST
  return { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
}

async function hashOf(password: string, nonce: Buffer, cost: Cost): Promise<Buffer> {
  const message = Buffer.from(password.normalize("NFKC"))
  return derive("argon2id", { message, nonce, tagLength: HASH_BYTES, ...cost })
}

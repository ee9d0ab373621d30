/** Passwords as Argon2id hashes in the usual text form, with OWASP's least parameters for it. */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"

const derive = promisify(argon2)

const SALT_BYTES = 16
const HASH_BYTES = 32
const MEMORY_KIB = 19_456
const PASSES = 2

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await hashOf(password, salt)
  const text = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "")
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${text(salt)}$${text(hash)}`
}

/** True when the password made this hash. Takes the same time for any password. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [salt = "", hash = ""] = stored.split("$").slice(-2)
  const made = await hashOf(password, Buffer.from(salt, "base64"))
  const kept = Buffer.from(hash, "base64")
  return made.length === kept.length && timingSafeEqual(made, kept)
}

async function hashOf(password: string, nonce: Buffer): Promise<Buffer> {
  const message = Buffer.from(password.normalize("NFKC"))
  const cost = { parallelism: 1, tagLength: HASH_BYTES, memory: MEMORY_KIB, passes: PASSES }
  return derive("argon2id", { message, nonce, ...cost })
}

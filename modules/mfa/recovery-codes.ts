/**
 * Ten codes for the day a telephone is lost: shown once, kept as hashes, good once each. A code has
 * fifty bits, so it is hashed as a password is, with one salt a set (NIST SP 800-63B, look-up
 * secrets).
 */
import { argon2, randomBytes, randomInt, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"
import { type Static, Type as t } from "typebox"

const derive = promisify(argon2)

export const CODES = 10
const CODE_LENGTH = 10
/** Crockford's thirty-two: none is taken for another when it is read from paper. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
const SALT_BYTES = 16
/** The least that OWASP's Password Storage Cheat Sheet gives for Argon2id. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

export const RecoverySet = t.Object({ salt: t.String(), hashes: t.Array(t.String()) })
export type RecoverySet = Static<typeof RecoverySet>

export interface Fresh {
  readonly codes: string[]
  readonly set: RecoverySet
}

export async function freshCodes(): Promise<Fresh> {
  const plain = Array.from({ length: CODES }, () =>
    Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(""),
  )
  const salt = randomBytes(SALT_BYTES).toString("base64")
  const hashes = await Promise.all(plain.map((code) => hashOf(code, salt)))
  return {
    codes: plain.map((code) => code.replace(/.{5}(?=.)/, "$&-")),
    set: { salt, hashes: hashes.map((hash) => hash.toString("base64")) },
  }
}

/** What is left of a set once a code is used; undefined when the code is none of it. */
export async function withoutCode(
  { salt, hashes }: RecoverySet,
  typed: string,
): Promise<RecoverySet | undefined> {
  const plain = asRead(typed)
  if (plain.length !== CODE_LENGTH) return undefined
  const made = await hashOf(plain, salt)
  const left = hashes.filter((hash) => !timingSafeEqual(Buffer.from(hash, "base64"), made))
  return left.length === hashes.length ? undefined : { salt, hashes: left }
}

function asRead(typed: string): string {
  const plain = typed.toLowerCase().replaceAll(/[^0-9a-z]/g, "")
  return plain.replaceAll("o", "0").replaceAll(/[il]/g, "1")
}

function hashOf(code: string, salt: string): Promise<Buffer> {
  const nonce = Buffer.from(salt, "base64")
  return derive("argon2id", { message: Buffer.from(code), nonce, ...COST })
}

/**
 * Sealed bytes: AES-256-GCM with the context bound in. A seal opens to exactly what was sealed,
 * under the same key and the same context, or it does not open. It never gives garbage.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from "node:crypto"
import { Outage } from "./fault.ts"

/** A key that tells its number to every seal made with it. */
export interface SealingKey {
  readonly id: number
  readonly secret: KeyObject
}

const FORMAT = 1
const CIPHER = "aes-256-gcm"
const HEADER_BYTES = 5
const IV_BYTES = 12
const TAG_BYTES = 16
const IV_END = HEADER_BYTES + IV_BYTES
const OVERHEAD_BYTES = IV_END + TAG_BYTES
export const KEY_BYTES = 32

const tagLength = { authTagLength: TAG_BYTES } as const

/** Nonces are drawn so many at a time: to ask the system for each costs as much as the cipher. */
const NONCES_DRAWN = 256
const nonces = Buffer.alloc(NONCES_DRAWN * IV_BYTES)
let noncesUsed = NONCES_DRAWN

/** A nonce nobody had. It is to be copied before the next is asked for. */
function nextNonce(): Buffer {
  if (noncesUsed === NONCES_DRAWN) {
    randomFillSync(nonces)
    noncesUsed = 0
  }
  const start = noncesUsed++ * IV_BYTES
  return nonces.subarray(start, start + IV_BYTES)
}

const UTF8_BYTES_MAX = 3

/** Room for what is bound, used again: a cipher takes it in before it gives back. */
const bound = Buffer.alloc(4_096)

/** What is authenticated beside the text: the header of the seal, then its context. */
function boundTo(sealed: Uint8Array, context: string): Buffer {
  const bytesMax = HEADER_BYTES + UTF8_BYTES_MAX * context.length
  const room = bytesMax > bound.length ? Buffer.alloc(bytesMax) : bound
  for (let n = 0; n < HEADER_BYTES; n++) room[n] = sealed[n] ?? 0
  return room.subarray(0, HEADER_BYTES + room.write(context, HEADER_BYTES))
}

/** A key out of 32 bytes; the id is written on every seal made with it. */
export function sealingKey(id: number, bytes: Uint8Array): SealingKey {
  return { id, secret: createSecretKey(bytes) }
}

/** Seals as format (1 byte), key id (4), nonce (12), tag (16), ciphertext. */
export function seal(key: SealingKey, plain: Uint8Array, context: string): Buffer {
  const sealed = Buffer.allocUnsafe(OVERHEAD_BYTES + plain.length)
  sealed.writeUInt8(FORMAT, 0)
  sealed.writeUInt32BE(key.id, 1)
  const iv = nextNonce()
  sealed.set(iv, HEADER_BYTES)
  const cipher = createCipheriv(CIPHER, key.secret, iv, tagLength)
  cipher.setAAD(boundTo(sealed, context))
  // In this mode all of the text comes out of `update`.
  sealed.set(cipher.update(plain), OVERHEAD_BYTES)
  cipher.final()
  sealed.set(cipher.getAuthTag(), IV_END)
  return sealed
}

/** Opens what `seal` made with this key and context. Throws an outage, `tampered`, otherwise. */
export function open(key: SealingKey, sealed: Uint8Array, context: string): Buffer {
  if (sealed.length < OVERHEAD_BYTES || sealed[0] !== FORMAT) throw new Outage("tampered")
  const iv = sealed.subarray(HEADER_BYTES, IV_END)
  const decipher = createDecipheriv(CIPHER, key.secret, iv, tagLength)
  decipher.setAAD(boundTo(sealed, context))
  decipher.setAuthTag(sealed.subarray(IV_END, OVERHEAD_BYTES))
  const plain = decipher.update(sealed.subarray(OVERHEAD_BYTES))
  try {
    decipher.final()
    return plain
  } catch {
    throw new Outage("tampered")
  }
}

/** The id of the key that sealed these bytes. */
export function keyIdOf(sealed: Buffer): number {
  if (sealed.length < OVERHEAD_BYTES || sealed[0] !== FORMAT) throw new Outage("tampered")
  return sealed.readUInt32BE(1)
}

export function isTampered(error: unknown): boolean {
  return error instanceof Outage && error.code === "tampered"
}

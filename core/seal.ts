/**
 * Sealed bytes: AES-256-GCM with the context bound in. A seal opens to exactly what was sealed,
 * under the same key and the same context, or it does not open. It never gives garbage.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto"
import { Outage } from "./fault.ts"

/** A key that tells its number to every seal made with it. */
export interface SealingKey {
  readonly id: number
  readonly secret: KeyObject
}

const FORMAT = 1
const HEADER_BYTES = 5
const IV_BYTES = 12
const TAG_BYTES = 16
const OVERHEAD_BYTES = HEADER_BYTES + IV_BYTES + TAG_BYTES
export const KEY_BYTES = 32

/** A key out of 32 bytes; the id is written on every seal made with it. */
export function sealingKey(id: number, bytes: Uint8Array): SealingKey {
  return { id, secret: createSecretKey(bytes) }
}

/** Seals as format (1 byte), key id (4), nonce (12), tag (16), ciphertext. */
export function seal(key: SealingKey, plain: Uint8Array, context: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt8(FORMAT, 0)
  header.writeUInt32BE(key.id, 1)
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv("aes-256-gcm", key.secret, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.concat([header, Buffer.from(context)]))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([header, iv, cipher.getAuthTag(), text])
}

/** Opens what `seal` made with this key and context. Throws an outage, `tampered`, otherwise. */
export function open(key: SealingKey, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < OVERHEAD_BYTES || bytes[0] !== FORMAT) throw new Outage("tampered")
  const header = bytes.subarray(0, HEADER_BYTES)
  const iv = bytes.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES)
  const decipher = createDecipheriv("aes-256-gcm", key.secret, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.concat([header, Buffer.from(context)]))
  decipher.setAuthTag(bytes.subarray(HEADER_BYTES + IV_BYTES, OVERHEAD_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(OVERHEAD_BYTES)), decipher.final()])
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

/**
 * A checkpoint: how many entries the log has and the root over them, signed. The form is C2SP's
 * tlog-checkpoint inside a signed note with Ed25519, so that other people's tools can read it.
 */
import {
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from "node:crypto"
import { HASH_BYTES, sha256 } from "./merkle.ts"

export interface Checkpoint {
  /** The name of the log, and of the key that signs for it. */
  readonly origin: string
  readonly size: number
  readonly root: Buffer
}

const ED25519 = Buffer.from([1])
const KEY_HASH_BYTES = 4
/** What stands before the 32 bytes of a public Ed25519 key in its DER form, RFC 8410. */
const DER_PREFIX = Buffer.from("302a300506032b6570032100", "hex")

/** The signed note of a checkpoint. */
export function signCheckpoint(checkpoint: Checkpoint, signingKey: KeyObject): string {
  const { origin, size, root } = checkpoint
  const text = `${origin}\n${size}\n${root.toString("base64")}\n`
  const signature = signBytes(null, Buffer.from(text), signingKey)
  const keyHash = keyHashOf(origin, rawPublicKey(signingKey))
  const line = `\u2014 ${origin} ${Buffer.concat([keyHash, signature]).toString("base64")}`
  return `${text}\n${line}\n`
}

/** Three lines of text, an empty one, then lines of signatures. */
const noteForm = /^(?<text>[^\n]+\n(?<size>0|[1-9]\d*)\n(?<root>[^\n]+)\n)\n(?<lines>.+\n)$/s

/** The checkpoint in a note, or undefined when this key did not sign it under this origin. */
export function verifyCheckpoint(
  note: string,
  { origin, publicKey }: { readonly origin: string; readonly publicKey: KeyObject },
): Checkpoint | undefined {
  const { text, size, root, lines } = noteForm.exec(note)?.groups ?? {}
  if (!text?.startsWith(`${origin}\n`) || !size || !root || !lines) return undefined
  const rootBytes = Buffer.from(root, "base64")
  if (rootBytes.length !== HASH_BYTES || rootBytes.toString("base64") !== root) return undefined

  const keyHash = keyHashOf(origin, rawPublicKey(publicKey))
  const isSigned = lines.split("\n").some((line) => {
    const prefix = `\u2014 ${origin} `
    if (!line.startsWith(prefix)) return false
    const encoded = line.slice(prefix.length)
    const bytes = Buffer.from(encoded, "base64")
    return (
      bytes.toString("base64") === encoded &&
      bytes.subarray(0, KEY_HASH_BYTES).equals(keyHash) &&
      verifyBytes(null, Buffer.from(text), publicKey, bytes.subarray(KEY_HASH_BYTES))
    )
  })
  return isSigned ? { origin, size: Number(size), root: rootBytes } : undefined
}

/** The public key as verifiers take it: name, key hash, and the key, joined with plus. */
export function verifierKey(origin: string, key: KeyObject): string {
  const raw = rawPublicKey(key)
  const encoded = Buffer.concat([ED25519, raw]).toString("base64")
  return `${origin}+${keyHashOf(origin, raw).toString("hex")}+${encoded}`
}

/** Reads a verifier key; undefined when it is not one, or does not fit its own hash. */
export function parseVerifierKey(
  text: string,
): { readonly origin: string; readonly publicKey: KeyObject } | undefined {
  const [origin, keyHash, ...rest] = text.trim().split("+")
  const bytes = Buffer.from(rest.join("+"), "base64")
  if (!origin || bytes.length !== 1 + HASH_BYTES || bytes[0] !== ED25519[0]) return undefined
  const raw = bytes.subarray(1)
  if (keyHashOf(origin, raw).toString("hex") !== keyHash) return undefined
  const der = Buffer.concat([DER_PREFIX, raw])
  return { origin, publicKey: createPublicKey({ key: der, format: "der", type: "spki" }) }
}

function keyHashOf(origin: string, raw: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.from(`${origin}\n`), ED25519, raw])
  return sha256(bytes).subarray(0, KEY_HASH_BYTES)
}

/** The 32 bytes of the public key, out of either half of the pair. */
function rawPublicKey(key: KeyObject): Buffer {
  const half = key.type === "private" ? createPublicKey(key) : key
  return half.export({ format: "der", type: "spki" }).subarray(DER_PREFIX.length)
}

/**
 * One entry as bytes: a plain header, then the sealed rest. The header says when, and holds keyed
 * hashes of whom it is about, so that entries can be found and verified without reading them.
 */
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto"
import { type Static, Type as t } from "typebox"
import { Compile } from "typebox/compile"
import { assert } from "#core/fault.ts"
import { parseJson } from "#core/json.ts"
import type { AuditEntry } from "#core/ports.ts"
import { KEY_BYTES, open, type SealingKey, seal, sealingKey } from "#core/seal.ts"
import { entryFields } from "./entry-fields.ts"
import { ENTRY_BYTES_MAX } from "./tiles.ts"

/** An entry as it is handed in. Its number and its time are the log's to give. */
export type NewEntry = Omit<AuditEntry, "seq" | "atMs">

/** The plain part and the sealed part, as the table keeps them. */
export interface EntryParts {
  readonly atMs: number
  readonly patient: Buffer
  readonly person: Buffer
  readonly conversation: Buffer
  readonly sealed: Buffer
}

const FORMAT = 1
const BLIND_BYTES = 16
const HEADER_BYTES = 1 + 8 + 3 * BLIND_BYTES

/** Stands where an entry is about no patient, person or conversation. */
export const nobody = Buffer.alloc(BLIND_BYTES)

const Sealed = t.Object(entryFields)

/** Of an actor, what entries are found by. */
const Named = t.Object({
  person: t.Optional(t.String()),
  conversation: t.Optional(t.String()),
})

const named = Compile(Named)

/** The keys of one log: one seals, the other hides the names that entries are found by. */
export interface EntryKeys {
  readonly sealing: SealingKey
  readonly blinding: KeyObject
  /** Keyed hashes made lately: the same few people stand in most entries of an hour. */
  readonly blinded: Map<string, Buffer>
}

const BLINDED_MAX = 1_024

/** Derives both keys, so that the given key does one thing only. */
export function entryKeys({ id, secret }: SealingKey): EntryKeys {
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync("sha256", secret, "", `mortar audit ${purpose}`, KEY_BYTES))
  return {
    sealing: sealingKey(id, derive("seal")),
    blinding: createSecretKey(derive("blind")),
    blinded: new Map(),
  }
}

/** The keyed hash under which entries about somebody are found. */
export function blind(keys: EntryKeys, field: keyof Blinded, value: string | undefined): Buffer {
  if (value === undefined) return nobody
  const text = `${field}\n${value}`
  const known = keys.blinded.get(text)
  if (known) return known
  const hmac = createHmac("sha256", keys.blinding).update(text).digest()
  const made = Buffer.from(hmac.subarray(0, BLIND_BYTES))
  if (keys.blinded.size >= BLINDED_MAX) keys.blinded.clear()
  keys.blinded.set(text, made)
  return made
}

function namesOf(actor: unknown): Static<typeof Named> {
  return named.Check(actor) ? actor : {}
}

type Blinded = Pick<EntryParts, "patient" | "person" | "conversation">

/** Seals an entry for its place in the log. It opens at no other place and time. */
export function encodeEntry(
  entry: NewEntry,
  { seq, atMs }: Pick<AuditEntry, "seq" | "atMs">,
  keys: EntryKeys,
): EntryParts {
  const actor = namesOf(entry.actor)
  const { phase, act, actor: who, via, what, patient, decision, outcome, left } = entry
  const why = { decision, outcome, left }
  const plain = JSON.stringify({ phase, act, actor: who, via, what, patient, ...why })
  const sealed = seal(keys.sealing, Buffer.from(plain), contextOf(seq, atMs))
  assert(HEADER_BYTES + sealed.length <= ENTRY_BYTES_MAX)
  return {
    atMs,
    patient: blind(keys, "patient", patient),
    person: blind(keys, "person", actor.person),
    conversation: blind(keys, "conversation", actor.conversation),
    sealed,
  }
}

/** Opens an entry. Throws `SealError` when it is not what was sealed at this place. */
export function decodeEntry(seq: number, parts: EntryParts, keys: EntryKeys): AuditEntry {
  const plain = open(keys.sealing, parts.sealed, contextOf(seq, parts.atMs))
  return { seq, atMs: parts.atMs, ...parseJson(plain.toString(), Sealed) }
}

/** The bytes that are hashed into the tree and that stand in the bundles. */
export function entryBytes({ atMs, patient, person, conversation, sealed }: EntryParts): Buffer {
  const head = Buffer.alloc(9)
  head.writeUInt8(FORMAT, 0)
  head.writeBigUInt64BE(BigInt(atMs), 1)
  return Buffer.concat([head, patient, person, conversation, sealed])
}

function contextOf(seq: number, atMs: number): string {
  return `audit ${seq} ${atMs}`
}

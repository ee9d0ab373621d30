/** Logs of made-up entries, for tests only: the same keys and people every time. */
import { createPrivateKey, createPublicKey } from "node:crypto"
import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Clock, VirtualClock } from "#core/clock.ts"
import { KEY_BYTES, sealingKey } from "#core/seal.ts"
import type { NewEntry } from "./entry.ts"
import { AuditLog } from "./log.ts"

export const origin = "oak-street.example/audit"

/** An Ed25519 key that everybody knows: the DER form of 32 bytes of 7. */
const der = Buffer.concat([
  Buffer.from("302e020100300506032b657004220420", "hex"),
  Buffer.alloc(KEY_BYTES, 7),
])

export const signingKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" })
export const publicKey = createPublicKey(signingKey)
export const key = sealingKey(3, Buffer.alloc(KEY_BYTES, 9))

export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "mortar-audit-"))
}

export function openLog(
  folder: string,
  clock: Clock = new VirtualClock(1_800_000_000_000),
): Promise<AuditLog> {
  return AuditLog.open({ folder, key, signingKey, origin, clock })
}

/** The nth of a series in which ten patients ring and two members of staff look on. */
export function syntheticEntry(number: number): NewEntry {
  const patient = `patient-${number % 10}`
  if (number % 5 === 0) {
    return {
      phase: "event",
      act: `act-${number}`,
      actor: { kind: "staff", person: `person-${number % 2}`, role: "pharmacist" },
      what: "patients.profile",
      patient,
      outcome: "ok",
    }
  }
  return {
    phase: "before",
    act: `act-${number}`,
    actor: {
      kind: "caller",
      conversation: `call-${number % 50}`,
      channel: "phone",
      identity: "verified",
      patient,
    },
    what: "refills.request",
    patient,
    decision: { verdict: "allow", tier: 0, row: "refill_request", rules: [] },
  }
}

/** Appends entries `from` up to, not including, `to`, all at once. */
export function appendMany(log: AuditLog, from: number, to: number): Promise<number[]> {
  const numbers = Array.from({ length: to - from }, (_, at) => from + at)
  return Promise.all(numbers.map((number) => log.append(syntheticEntry(number))))
}

/**
 * Audit appends beside hypercore, the append-only log with a Merkle tree that Node programs reach
 * for. Ours are sealed, indexed and on the disk when answered; hypercore asks for no fsync. Both
 * run on the same disk, turn by turn.
 */
import { generateKeyPairSync, randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Hypercore from "hypercore"
import { systemClock } from "#core/clock.ts"
import { KEY_BYTES, sealingKey } from "#core/seal.ts"
import type { NewEntry } from "../audit/entry.ts"
import { AuditLog } from "../audit/log.ts"
import { type BenchResult, compare } from "./contest.ts"

const SINGLE_APPENDS = 1_000
const GROUPED_APPENDS = 20_000
const IN_FLIGHT = 64

const entry: NewEntry = {
  phase: "before",
  act: "01k9zzzzzzzzzzzzzzzzzzzzzz",
  actor: {
    kind: "caller",
    conversation: "01k9yyyyyyyyyyyyyyyyyyyyyy",
    channel: "phone",
    identity: "verified",
    patient: "01k9xxxxxxxxxxxxxxxxxxxxxx",
  },
  what: "refills.request",
  patient: "01k9xxxxxxxxxxxxxxxxxxxxxx",
  decision: { verdict: "allow", tier: 0, row: "refill_request", rules: [] },
}

type Append = () => Promise<unknown>

/** Runs both logs in turn, and answers the medians of what each appends in a second. */
export async function bench(): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), "mortar-bench-audit-"))
  const log = await AuditLog.open({
    folder: join(folder, "ours"),
    key: sealingKey(1, randomBytes(KEY_BYTES)),
    signingKey: generateKeyPairSync("ed25519").privateKey,
    origin: "bench.example/audit",
    clock: systemClock,
  })
  const core = new Hypercore(join(folder, "hypercore"))
  await core.ready()
  const plain = Buffer.from(JSON.stringify(entry))
  const ours: Append = () => log.append(entry)
  const reference: Append = () => core.append(plain)
  const versus = (what: string, count: number, width: number) =>
    compare({
      what,
      ours: appends(ours, count, width),
      reference: appends(reference, count, width),
    })
  try {
    return {
      name: "audit beside hypercore",
      rows: [
        await versus("entries appended, one at a time", SINGLE_APPENDS, 1),
        await versus(`entries appended, ${IN_FLIGHT} in flight`, GROUPED_APPENDS, IN_FLIGHT),
      ],
    }
  } finally {
    await log.close()
    await core.close()
    await rm(folder, { recursive: true })
  }
}

/** Appends so many, with so many under way at any moment. */
function appends(append: Append, count: number, width: number): () => Promise<number> {
  return async () => {
    let begun = 0
    const worker = async (): Promise<void> => {
      while (begun < count) {
        begun++
        await append()
      }
    }
    await Promise.all(Array.from({ length: width }, worker))
    return count
  }
}

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

export interface BenchRow {
  readonly what: string
  readonly ours: number
  readonly reference: number
  readonly ratio: number
  readonly unit: string
}

const ROUNDS = 5
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
export async function bench(): Promise<{ name: string; rows: BenchRow[] }> {
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
  try {
    return {
      name: "audit",
      rows: [
        await compare("appends, one at a time", {
          ours,
          reference,
          count: SINGLE_APPENDS,
          width: 1,
        }),
        await compare(`appends, ${IN_FLIGHT} in flight`, {
          ours,
          reference,
          count: GROUPED_APPENDS,
          width: IN_FLIGHT,
        }),
      ],
    }
  } finally {
    await log.close()
    await core.close()
    await rm(folder, { recursive: true })
  }
}

interface Contest {
  readonly ours: Append
  readonly reference: Append
  readonly count: number
  readonly width: number
}

async function compare(what: string, contest: Contest): Promise<BenchRow> {
  const { ours, reference, count, width } = contest
  const speeds: { ours: number[]; reference: number[] } = { ours: [], reference: [] }
  for (let round = 0; round <= ROUNDS; round++) {
    const fast = await perSecond(ours, count, width)
    const slow = await perSecond(reference, count, width)
    if (round === 0) continue
    speeds.ours.push(fast)
    speeds.reference.push(slow)
  }
  const [a, b] = [median(speeds.ours), median(speeds.reference)]
  return { what, ours: Math.round(a), reference: Math.round(b), ratio: a / b, unit: "per second" }
}

async function perSecond(append: Append, count: number, width: number): Promise<number> {
  const startMs = performance.now()
  let begun = 0
  const worker = async (): Promise<void> => {
    while (begun < count) {
      begun++
      await append()
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return (count / (performance.now() - startMs)) * 1_000
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

if (import.meta.main) {
  const { name, rows } = await bench()
  for (const { what, ours, reference, ratio, unit } of rows) {
    console.log(
      `${name}: ${what}: ${ours} beside hypercore ${reference} ${unit}, ${ratio.toFixed(1)}x`,
    )
  }
}

/**
 * A module is changed for another version while requests stream through it, beside the same stream
 * left alone. What counts is that none fails; the latencies say what a caller could notice.
 */
import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { systemClock } from "#core/clock.ts"
import { Host } from "#core/host.ts"
import { KeyRing } from "#core/keys.ts"
import type { Log } from "#core/log.ts"
import type { Ports } from "#core/ports.ts"
import { KEY_BYTES } from "#core/seal.ts"
import { Store } from "#core/store.ts"
import { type BenchResult, type BenchRow, quantile, rowOf } from "./contest.ts"

const SWAPS = 5
const CALLERS = 8
/** Each caller asks anew so long after it was answered: a busy house, not a saturated one. */
const PAUSE_MS = 2
/** How long the stream runs before each swap, and after it. */
const ASIDE_MS = 500

const versions = ["echo-next", "echo"].map((name) =>
  join(import.meta.dirname, `../core/fixtures/${name}/module.ts`),
)

type Phase = "before" | "during" | "after"

interface Stream {
  readonly latenciesMs: Readonly<Record<Phase, number[]>>
  failures: number
}

/** Streams through one host, first left alone and then with swaps, in the same minute. */
export async function bench(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "mortar-bench-swap-"))
  const keys = KeyRing.open(join(folder, "keys.db"), randomBytes(KEY_BYTES))
  const store = Store.open({ file: join(folder, "store.db"), keys, clock: systemClock })
  const host = await startHost(folder, store)
  try {
    const swapped = emptyStream()
    const alone = emptyStream()
    for (let n = 0; n < SWAPS; n++) {
      const version = versions[n % versions.length]
      assert(version)
      const durationMs = await observe(host, swapped, () => host.swap("echo", version))
      await observe(host, alone, () => pause(durationMs))
    }
    return { name: `module swap under load, ${SWAPS} swaps`, rows: rowsOf(swapped, alone) }
  } finally {
    await host.stop()
    store.close()
    keys.close()
    rmSync(folder, { recursive: true })
  }
}

function rowsOf(swapped: Stream, alone: Stream): BenchRow[] {
  const phases: readonly Phase[] = ["before", "during", "after"]
  const latencies = phases.flatMap((phase) =>
    [0.5, 0.95].map((share) =>
      rowOf({
        what: `${phase} the swap, p${share * 100} of ${swapped.latenciesMs[phase].length}`,
        ours: quantile(swapped.latenciesMs[phase], share),
        reference: quantile(alone.latenciesMs[phase], share),
        unit: "ms",
      }),
    ),
  )
  const { failures } = swapped
  const failed = { what: "requests failed", ours: failures, reference: alone.failures }
  return [rowOf({ ...failed, unit: "requests" }), ...latencies]
}

function emptyStream(): Stream {
  return { latenciesMs: { before: [], during: [], after: [] }, failures: 0 }
}

/** Streams before, during and after something happens, and answers how long that took. */
async function observe(host: Host, stream: Stream, happen: () => Promise<void>): Promise<number> {
  let phase: Phase | "over" = "before"
  const caller = async (): Promise<void> => {
    while (phase !== "over") {
      const begunIn = phase
      const startMs = performance.now()
      const isDone = await ask(host)
      stream.latenciesMs[begunIn].push(performance.now() - startMs)
      if (!isDone) stream.failures++
      await pause(PAUSE_MS)
    }
  }
  const callers = Array.from({ length: CALLERS }, caller)
  await pause(ASIDE_MS)
  phase = "during"
  const startMs = performance.now()
  await happen()
  const durationMs = performance.now() - startMs
  phase = "after"
  await pause(ASIDE_MS)
  phase = "over"
  await Promise.all(callers)
  return durationMs
}

async function ask(host: Host): Promise<boolean> {
  const reply = await host.bus.request({
    module: "echo",
    command: "say",
    input: { text: "still there?" },
    actor: { kind: "system", module: "bench" },
    options: {},
  })
  return reply.kind === "done"
}

const silence = (): void => undefined
const log: Log = {
  debug: silence,
  info: silence,
  warn: silence,
  error: silence,
  child: () => log,
}

/** The echo has no port, so nobody is granted one. */
function forEachPort<T>(value: T): Readonly<Record<keyof Ports, T>> {
  return {
    conversations: value,
    identity: value,
    signIn: value,
    approvals: value,
    rules: value,
    catalogue: value,
    audit: value,
    backups: value,
    departures: value,
    files: value,
    erasure: value,
    secrets: value,
  }
}

async function startHost(filesFolder: string, store: Store): Promise<Host> {
  const echo = join(import.meta.dirname, "../core/fixtures/echo/module.ts")
  const host = await Host.load({ echo }, { clock: systemClock, log })
  await host.start({
    filesFolder,
    store,
    timeZone: "America/Chicago",
    settings: {},
    decide: ({ action }) => ({ verdict: "allow", tier: 0, row: action, rules: [] }),
    audit: async () => undefined,
    hasRow: () => true,
    grants: forEachPort([]),
    ports: () => () => forEachPort({}),
  })
  return host
}

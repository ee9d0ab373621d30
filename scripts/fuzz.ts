/**
 * `npm run fuzz -- --codec hl7 --seconds 60`: throws spoilt messages at a codec. Without a codec,
 * at each in turn. Exits with 1 at the first crash or hang, with the seed that brings it back:
 * `--codec hl7 --seed N --count 1`. With `--pms --schedules 10000`, and `--adapter NAME`, random
 * schedules of trouble against the adapters instead.
 */
import { Worker } from "node:worker_threads"
import { codecs } from "./fuzz/codecs.ts"
import { fuzzAdapters } from "./fuzz/pms.ts"
import type { Task } from "./fuzz/worker.ts"
import { optionsOf } from "./options.ts"

/** No message of the size we make takes a hundredth of this. */
const HANG_MS = 10_000
const LOOK_MS = 500

type Verdict =
  | { readonly kind: "done" }
  | { readonly kind: "crash" | "hang"; readonly seed: number; readonly says: string }

const { values } = optionsOf(import.meta, {
  options: {
    codec: { type: "string" },
    seconds: { type: "string", default: "10" },
    seed: { type: "string" },
    count: { type: "string" },
    pms: { type: "boolean", default: false },
    adapter: { type: "string" },
    schedules: { type: "string", default: "10000" },
  },
})

/** Chance of the day unless told: two runs should not look at the same messages. */
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
if (values.pms) {
  const only = values.adapter === undefined ? {} : { only: values.adapter }
  const failed = await fuzzAdapters({ schedules: Number(values.schedules), seed, ...only })
  process.exit(failed > 0 ? 1 : 0)
}

const names = Object.keys(codecs).filter((name) => (values.codec ?? name) === name)
const seconds = Number(values.seconds) / names.length
const countMax = values.count === undefined ? Number.MAX_SAFE_INTEGER : Number(values.count)
if (names.length === 0) throw new Error(`no codec has that name: ${Object.keys(codecs).join(", ")}`)

for (const codec of names) {
  const { verdict, count, refused, tookMs } = await fuzz({ codec, seed, seconds, countMax })
  const rate = Math.round((count * 1_000) / Math.max(1, tookMs))
  const tally = `${count} messages, ${refused} refused, ${rate} a second, seed ${seed}`
  console.log(`${codec.padEnd(14)}${tally}`)
  if (verdict.kind === "done") continue
  console.error(`${codec}: ${verdict.kind} with --codec ${codec} --seed ${verdict.seed} --count 1`)
  console.error(verdict.says)
  process.exitCode = 1
  break
}

/** In a thread of its own, so that an endless loop in the codec is not one in here. */
async function fuzz(task: Omit<Task, "shared">) {
  const startMs = performance.now()
  const shared = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)
  const seen = new Int32Array(shared)
  const worker = new Worker(new URL("./fuzz/worker.ts", import.meta.url), {
    workerData: { ...task, shared } satisfies Task,
  })
  const verdict = await new Promise<Verdict>((resolve) => {
    let watch: ReturnType<typeof setInterval> | undefined
    const end = (outcome: Verdict) => {
      clearInterval(watch)
      resolve(outcome)
    }
    // Loading the codecs takes a busy machine a while, and is no hang.
    worker.once("message", () => {
      let moved = { at: performance.now(), count: -1 }
      watch = setInterval(() => {
        const count = Atomics.load(seen, 0)
        if (count !== moved.count) moved = { at: performance.now(), count }
        else if (performance.now() - moved.at > HANG_MS) {
          end({ kind: "hang", seed: Atomics.load(seen, 2), says: `no answer in ${HANG_MS} ms` })
        }
      }, LOOK_MS)
    })
    worker.on("error", (error: Error) =>
      end({ kind: "crash", seed: Atomics.load(seen, 2), says: String(error.stack ?? error) }),
    )
    worker.on("exit", () => end({ kind: "done" }))
  })
  await worker.terminate()
  const [count = 0, refused = 0] = seen
  return { verdict, count, refused, tookMs: performance.now() - startMs }
}

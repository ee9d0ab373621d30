/** The thread that spoils messages and reads them. What a codec did not declare ends it. */
import assert from "node:assert/strict"
import { parentPort, workerData } from "node:worker_threads"
import { codecs } from "./codecs.ts"
import { chanceOf, spoilt } from "./spoil.ts"

export interface Task {
  readonly codec: string
  readonly seed: number
  readonly seconds: number
  readonly countMax: number
  /** Three numbers: how many were read, how many refused, and the seed of the one being read. */
  readonly shared: SharedArrayBuffer
}

/** How often the clock is looked at. */
const BETWEEN_LOOKS = 256

function run({ codec: name, seed, seconds, countMax, shared }: Task): void {
  const codec = codecs[name]
  assert(codec, "an unknown codec")
  const seen = new Int32Array(shared)
  const endMs = performance.now() + seconds * 1_000
  parentPort?.postMessage("begun")
  for (let count = 0; count < countMax; count++) {
    if (count % BETWEEN_LOOKS === 0 && performance.now() > endMs) return
    const own = (seed + count) | 0
    Atomics.store(seen, 2, own)
    try {
      codec.read(spoilt(codec.samples, chanceOf(own)))
    } catch (error) {
      if (!codec.isRefusal(error)) throw error
      Atomics.add(seen, 1, 1)
    }
    Atomics.add(seen, 0, 1)
  }
}

run(workerData)

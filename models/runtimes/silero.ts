/**
 * Silero, at 8 kHz: how likely each 32 ms frame is speech. Keeps one small state a stream and runs
 * all frames of one moment together. It decides nothing about turns.
 */
import type { InferenceSession } from "onnxruntime-node"
import { VAD_FRAME_SAMPLES, type VadItem } from "../protocol.ts"
import { floatsOf, openSession, ort } from "./session.ts"

const SAMPLE_RATE_HZ = 8_000
/** The end of the frame before, which the model wants in front of each frame. */
const CONTEXT_SAMPLES = 32
const INPUT_SAMPLES = CONTEXT_SAMPLES + VAD_FRAME_SAMPLES
const STATE_WIDTH = 128
const STREAMS_MAX = 512

interface Stream {
  readonly context: Float32Array
  /** Two layers of STATE_WIDTH. */
  readonly state: Float32Array
}

export class Silero {
  readonly #session: InferenceSession
  readonly #rate = new ort.Tensor("int64", [BigInt(SAMPLE_RATE_HZ)], [])
  readonly #streams = new Map<string, Stream>()

  private constructor(session: InferenceSession) {
    this.#session = session
  }

  static async open(path: string, threads: number): Promise<Silero> {
    return new Silero(await openSession(path, threads))
  }

  /** A probability for each item, in order. Frames of one stream are taken in their order. */
  async probabilities(items: readonly VadItem[]): Promise<number[]> {
    const answers = new Array<number>(items.length).fill(0)
    let waiting = items.map((item, index) => ({ item, index }))
    while (waiting.length > 0) {
      const taken = new Set<string>()
      const now = waiting.filter(({ item }) => !taken.has(item.stream) && taken.add(item.stream))
      waiting = waiting.filter((entry) => !now.includes(entry))
      const batch = await this.#run(now.map(({ item }) => item))
      now.forEach(({ index }, row) => {
        answers[index] = batch[row] ?? 0
      })
    }
    return answers
  }

  /** Forgets a stream. */
  end(stream: string): void {
    this.#streams.delete(stream)
  }

  async #run(items: readonly VadItem[]): Promise<Float32Array> {
    const count = items.length
    const input = new Float32Array(count * INPUT_SAMPLES)
    const state = new Float32Array(2 * count * STATE_WIDTH)
    const streams = items.map(({ stream }) => this.#streamOf(stream))
    streams.forEach((stream, row) => {
      input.set(stream.context, row * INPUT_SAMPLES)
      input.set(items[row]!.samples, row * INPUT_SAMPLES + CONTEXT_SAMPLES)
      for (const layer of [0, 1]) {
        const part = stream.state.subarray(layer * STATE_WIDTH, (layer + 1) * STATE_WIDTH)
        state.set(part, (layer * count + row) * STATE_WIDTH)
      }
    })
    const { output, stateN } = await this.#session.run({
      input: new ort.Tensor("float32", input, [count, INPUT_SAMPLES]),
      state: new ort.Tensor("float32", state, [2, count, STATE_WIDTH]),
      sr: this.#rate,
    })
    const next = floatsOf(stateN)
    streams.forEach((stream, row) => {
      stream.context.set(items[row]!.samples.subarray(-CONTEXT_SAMPLES))
      for (const layer of [0, 1]) {
        const from = (layer * count + row) * STATE_WIDTH
        stream.state.set(next.subarray(from, from + STATE_WIDTH), layer * STATE_WIDTH)
      }
    })
    return floatsOf(output)
  }

  #streamOf(name: string): Stream {
    const known = this.#streams.get(name)
    if (known !== undefined) return known
    if (this.#streams.size >= STREAMS_MAX) this.#forgetOldest()
    const fresh = {
      context: new Float32Array(CONTEXT_SAMPLES),
      state: new Float32Array(2 * STATE_WIDTH),
    }
    this.#streams.set(name, fresh)
    return fresh
  }

  /** Somebody forgot to end streams. Losing a state costs one call a frame or two of certainty. */
  #forgetOldest(): void {
    const [oldest] = this.#streams.keys()
    if (oldest !== undefined) this.end(oldest)
  }
}

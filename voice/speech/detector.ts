/**
 * Probabilities of speech for every stream, asked in batches: while one batch is at the process the
 * next one gathers. Without the process a plain measure of loudness keeps the call able to hear.
 */
import type { Request } from "./process.ts"
import type { Asks } from "./wire.ts"

/** Frames of one stream that may wait: 1.6 s. Older ones are answered by loudness. */
const FRAMES_MAX_PER_STREAM = 50
const BATCH_MAX = 128
const DEADLINE_MS = 1_000
/** Root mean square of telephone speech; the noise of a quiet line lies well below. */
const LOUD = 0.02

export interface DetectorProcess {
  request(asks: Asks, deadlineMs: number): Request
  end(stream: string): void
}

interface Frame {
  readonly stream: string
  readonly samples: Float32Array
  readonly tell: (probability: number) => void
}

export class Detector {
  readonly #process: DetectorProcess
  #waiting: Frame[] = []
  #isBusy = false

  constructor(process: DetectorProcess) {
    this.#process = process
  }

  /** One frame of a stream. Answers come in the order the frames came. */
  push(frame: Frame): void {
    const own = this.#waiting.filter(({ stream }) => stream === frame.stream)
    if (own.length >= FRAMES_MAX_PER_STREAM) {
      for (const late of own) late.tell(loudness(late.samples))
      this.#waiting = this.#waiting.filter(({ stream }) => stream !== frame.stream)
    }
    this.#waiting.push(frame)
    if (!this.#isBusy) void this.#ask()
  }

  end(stream: string): void {
    this.#waiting = this.#waiting.filter((it) => it.stream !== stream)
    this.#process.end(stream)
  }

  async #ask(): Promise<void> {
    this.#isBusy = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_MAX)
      const items = batch.map(({ stream, samples }) => ({ stream, samples }))
      const probabilities = await this.#process
        .request({ op: "frames", items }, DEADLINE_MS)
        .done.then((done) => done.probabilities)
        .catch(() => undefined)
      for (const [at, frame] of batch.entries()) {
        frame.tell(probabilities?.[at] ?? loudness(frame.samples))
      }
    }
    this.#isBusy = false
  }
}

/** 0 or nearly 1, by energy alone. */
function loudness(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / samples.length) > LOUD ? 0.9 : 0
}

/** Cuts a stream of samples into frames of one length; what is over waits for the next piece. */

/** One step of the voice detector: 32 ms at 8 kHz. */
export const VAD_SAMPLES = 256
/** One packet of the telephone: 20 ms. */
export const PACKET_BYTES = 160

export class Framer {
  readonly #length: number
  #rest = new Int16Array(0)

  constructor(length: number) {
    this.#length = length
  }

  /** The frames that are now full, as numbers from -1 to 1. */
  push(samples: Int16Array): Float32Array[] {
    const all = new Int16Array(this.#rest.length + samples.length)
    all.set(this.#rest)
    all.set(samples, this.#rest.length)
    const frames: Float32Array[] = []
    let at = 0
    for (; at + this.#length <= all.length; at += this.#length) {
      frames.push(Float32Array.from(all.subarray(at, at + this.#length), (s) => s / 32_768))
    }
    this.#rest = all.slice(at)
    return frames
  }
}

/** The last stretch of a stream, addressed by its position from the stream's beginning. */
export class Tape {
  readonly #ring: Int16Array
  #end = 0

  constructor(capacitySamples: number) {
    this.#ring = new Int16Array(capacitySamples)
  }

  /** Position just after the newest sample. */
  get end(): number {
    return this.#end
  }

  push(samples: Int16Array): void {
    for (const sample of samples) this.#ring[this.#end++ % this.#ring.length] = sample
  }

  /** A copy of what is still held between two positions. */
  cut(from: number, until: number): Int16Array {
    const start = Math.max(0, from, this.#end - this.#ring.length)
    const stop = Math.min(until, this.#end)
    const out = new Int16Array(Math.max(0, stop - start))
    for (let i = 0; i < out.length; i++) out[i] = this.#ring[(start + i) % this.#ring.length]!
    return out
  }
}

/** Cuts a stream of samples into frames of one length; what is over waits for the next piece. */

/** One step of the voice detector: 32 ms at 8 kHz. */
export const VAD_SAMPLES = 256
/** One packet of the telephone: 20 ms. */
export const PACKET_BYTES = 160

export class Framer {
  readonly #length: number
  #frame: Float32Array<ArrayBuffer>
  #filled = 0

  constructor(length: number) {
    this.#length = length
    this.#frame = new Float32Array(length)
  }

  /** The frames that are now full, as numbers from -1 to 1. */
  push(samples: Int16Array): Float32Array[] {
    const frames: Float32Array[] = []
    for (let i = 0; i < samples.length; i++) {
      this.#frame[this.#filled++] = samples[i]! / 32_768
      if (this.#filled < this.#length) continue
      frames.push(this.#frame)
      this.#frame = new Float32Array(this.#length)
      this.#filled = 0
    }
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
    const size = this.#ring.length
    const kept = samples.length > size ? samples.subarray(samples.length - size) : samples
    this.#end += samples.length - kept.length
    const at = this.#end % size
    const head = kept.subarray(0, size - at)
    this.#ring.set(head, at)
    this.#ring.set(kept.subarray(head.length), 0)
    this.#end += kept.length
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

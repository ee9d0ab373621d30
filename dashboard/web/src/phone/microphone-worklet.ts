/** Cuts the microphone's sound into frames of 20 ms. Runs in the browser's audio thread. */

const FRAME_SAMPLES = 160

declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void

class Framer extends AudioWorkletProcessor {
  #frame = new Float32Array(FRAME_SAMPLES)
  #filled = 0

  process([channels = []]: readonly (readonly Float32Array[])[]): boolean {
    for (const sample of channels[0] ?? []) {
      this.#frame[this.#filled] = sample
      this.#filled++
      if (this.#filled < FRAME_SAMPLES) continue
      this.port.postMessage(this.#frame, [this.#frame.buffer])
      this.#frame = new Float32Array(FRAME_SAMPLES)
      this.#filled = 0
    }
    return true
  }
}

registerProcessor("framer", Framer)

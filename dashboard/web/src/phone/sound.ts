/** The sound of a call: frames to the loudspeaker as they come, the microphone as frames. */

import framerUrl from "./microphone-worklet.ts?worker&url"
import { decode, encode } from "./mulaw.ts"

const RATE_HZ = 8_000
/** Frames come over a network: this much is kept ahead, so that a late one is not heard. */
const AHEAD_S = 0.08
const AHEAD_S_MAX = 0.5

export class Sound {
  readonly #context = new AudioContext({ sampleRate: RATE_HZ })
  readonly #aheadS: number
  #endsAtS = 0
  #microphone: MediaStream | undefined

  constructor(aheadS = AHEAD_S) {
    this.#aheadS = aheadS
  }

  play(frame: ArrayBuffer): void {
    this.playSamples(decode(new Uint8Array(frame)))
  }

  /** Resolves when all of it was heard. */
  async playWhole(samples: Float32Array<ArrayBuffer>): Promise<void> {
    const ended = this.playSamples(samples)
    await new Promise((resolve) => ended.addEventListener("ended", resolve, { once: true }))
  }

  playSamples(samples: Float32Array<ArrayBuffer>): AudioBufferSourceNode {
    const nowS = this.#context.currentTime
    const isLate = this.#endsAtS < nowS || this.#endsAtS > nowS + this.#aheadS + AHEAD_S_MAX
    const atS = isLate ? nowS + this.#aheadS : this.#endsAtS
    const buffer = this.#context.createBuffer(1, samples.length, RATE_HZ)
    buffer.copyToChannel(samples, 0)
    const source = this.#context.createBufferSource()
    source.buffer = buffer
    source.connect(this.#context.destination)
    source.start(atS)
    this.#endsAtS = atS + buffer.duration
    return source
  }

  /** Asks for the microphone. Throws when it is refused or absent. */
  async listen(send: (frame: Uint8Array<ArrayBuffer>) => void): Promise<void> {
    const audio = { echoCancellation: true, noiseSuppression: true, channelCount: 1 }
    this.#microphone = await navigator.mediaDevices.getUserMedia({ audio })
    await this.#context.audioWorklet.addModule(framerUrl)
    const framer = new AudioWorkletNode(this.#context, "framer")
    framer.port.onmessage = ({ data }: MessageEvent<Float32Array>) => send(encode(data))
    this.#context.createMediaStreamSource(this.#microphone).connect(framer)
  }

  deafen(): void {
    for (const track of this.#microphone?.getTracks() ?? []) track.stop()
    this.#microphone = undefined
  }

  async close(): Promise<void> {
    this.deafen()
    await this.#context.close()
  }
}

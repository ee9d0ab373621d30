/**
 * The peer's ears and mouth on a media stream of Twilio: what comes in is given to the pipeline,
 * what it says goes out at once, and marks tell when the caller has heard it.
 */
import { voice } from "@livekit/agents"
import { AudioFrame } from "@livekit/rtc-node"
import type { WebSocket } from "ws"
import { KOKORO_RATE_HZ } from "../../../models/runtimes/kokoro.ts"
import { BYTES_PER_MS, decodeMulaw, encodeMulaw } from "../../../voice/audio/mulaw.ts"
import { downsampler, upsampler } from "../../../voice/audio/resample.ts"
import { clearMessage, markMessage, mediaMessage } from "../../../voice/twilio/wire.ts"
import { EAR_HZ } from "./speech.ts"

export class LineIn extends voice.AudioInput {
  readonly #up = upsampler(2)
  #controller: ReadableStreamDefaultController<AudioFrame> | undefined

  constructor() {
    super()
    const stream = new ReadableStream<AudioFrame>({
      start: (controller) => {
        this.#controller = controller
      },
    })
    this.multiStream.addInputStream(stream)
  }

  push(mulaw: Uint8Array): void {
    const samples = this.#up.push(decodeMulaw(mulaw))
    this.#controller?.enqueue(new AudioFrame(samples, EAR_HZ, 1, samples.length))
  }

  end(): void {
    this.#controller?.close()
    this.#controller = undefined
  }
}

export interface LineOutParts {
  readonly socket: WebSocket
  readonly streamSid: string
  /** This text was heard to its end, or broken off. */
  readonly onHeard: (text: string, isCutOff: boolean) => void
}

/** One segment at a time: captured, flushed, and played out or cleared. It can pause. */
export class LineOut extends voice.AudioOutput {
  readonly #parts: LineOutParts
  #down = downsampler(KOKORO_RATE_HZ / 8_000)
  #sound = new Uint8Array(0)
  /** So much of the sound was heard before the line was last set going. */
  #heardMs = 0
  #runningSinceMs: number | undefined
  #isFlushed = false
  #mark = 0
  #texts: { readonly text: string; readonly ms: number }[] = []
  #told = 0

  constructor(parts: LineOutParts) {
    super(KOKORO_RATE_HZ, undefined, { pause: true })
    this.#parts = parts
  }

  /** The next stretch of the segment belongs to this text. */
  expect(text: string, ms: number): void {
    this.#texts.push({ text, ms })
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame)
    const bytes = encodeMulaw(this.#down.push(frame.data))
    if (this.#sound.length === 0) {
      this.#runningSinceMs = performance.now()
      this.onPlaybackStarted(Date.now())
    }
    this.#sound = Buffer.concat([this.#sound, bytes])
    if (this.#runningSinceMs !== undefined) this.#send(bytes)
  }

  override flush(): void {
    super.flush()
    if (this.#sound.length === 0) return
    this.#isFlushed = true
    if (this.#runningSinceMs !== undefined) this.#askForMark()
  }

  /** A mark came back: all that was sent before it has been heard. */
  marked(name: string): void {
    if (!this.#isFlushed || name !== String(this.#mark)) return
    this.#finish(false)
  }

  override clearBuffer(): void {
    if (this.#sound.length === 0) return
    this.#clear()
    this.#finish(true)
  }

  override pause(): void {
    if (this.#runningSinceMs === undefined || this.#sound.length === 0) return
    this.#heardMs = this.#playedMs()
    this.#runningSinceMs = undefined
    this.#clear()
  }

  override resume(): void {
    if (this.#runningSinceMs !== undefined || this.#sound.length === 0) return
    this.#runningSinceMs = performance.now()
    this.#send(this.#sound.subarray(Math.round(this.#heardMs * BYTES_PER_MS)))
    if (this.#isFlushed) this.#askForMark()
  }

  /** Tells of texts whose sound has been heard by now. */
  tellHeard(): void {
    const playedMs = this.#playedMs()
    let untilMs = 0
    for (const [at, { text, ms }] of this.#texts.entries()) {
      untilMs += ms
      if (at < this.#told || untilMs > playedMs) continue
      this.#told = at + 1
      this.#parts.onHeard(text, false)
    }
  }

  #playedMs(): number {
    const wholeMs = this.#sound.length / BYTES_PER_MS
    const runMs = this.#runningSinceMs === undefined ? 0 : performance.now() - this.#runningSinceMs
    return Math.min(wholeMs, this.#heardMs + runMs)
  }

  #finish(isInterrupted: boolean): void {
    const playedMs = isInterrupted ? this.#playedMs() : this.#sound.length / BYTES_PER_MS
    if (!isInterrupted) this.#heardMs = playedMs
    this.tellHeard()
    const broken = this.#texts[this.#told]
    if (isInterrupted && broken) this.#parts.onHeard(broken.text, true)
    this.#sound = new Uint8Array(0)
    this.#texts = []
    this.#told = 0
    this.#heardMs = 0
    this.#runningSinceMs = undefined
    this.#isFlushed = false
    this.#down = downsampler(KOKORO_RATE_HZ / 8_000)
    this.onPlaybackFinished({ playbackPosition: playedMs / 1_000, interrupted: isInterrupted })
  }

  #askForMark(): void {
    const { socket, streamSid } = this.#parts
    socket.send(markMessage(streamSid, String(++this.#mark)))
  }

  #clear(): void {
    this.#mark += 1
    this.#parts.socket.send(clearMessage(this.#parts.streamSid))
  }

  #send(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#parts.socket.send(mediaMessage(this.#parts.streamSid, bytes))
  }
}

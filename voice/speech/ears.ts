/** The caller's audio of a call: kept for a while, watched for speech, cut out, transcribed. */
import { Framer, Tape, VAD_SAMPLES } from "../audio/framing.ts"
import { BYTES_PER_MS, decodeMulaw, LINE_HZ } from "../audio/mulaw.ts"
import { upsampleClip } from "../audio/resample.ts"
import { toFloat } from "../audio/samples.ts"
import type { CallEvent, Ear } from "../call/state.ts"
import type { Ears, Listen } from "../line.ts"
import { Backdrop } from "../turns/backdrop.ts"
import { SpeechGate } from "../turns/gate.ts"
import type { Detector } from "./detector.ts"
import type { Request } from "./process.ts"
import type { Asks } from "./wire.ts"

/** An utterance may be so long; of a longer one its end is kept. */
const UTTERANCE_SECONDS_MAX = 30
const FRAME_MS = (VAD_SAMPLES * 1_000) / LINE_HZ
const EAR_DEADLINE_MS = 4_000

export interface EarProcess {
  request(asks: Asks, deadlineMs: number): Request
}

export interface CallEarsParts {
  readonly stream: string
  readonly detector: Detector
  readonly quick: EarProcess
  readonly careful: EarProcess
  readonly tell: (event: CallEvent) => void
}

export class CallEars implements Ears {
  readonly #parts: CallEarsParts
  readonly #tape = new Tape(UTTERANCE_SECONDS_MAX * LINE_HZ)
  readonly #framer = new Framer(VAD_SAMPLES)
  readonly #backdrop = new Backdrop()
  readonly #gate = new SpeechGate()
  readonly #running = new Map<number, readonly Request[]>()
  #frames = 0

  constructor(parts: CallEarsParts) {
    this.#parts = parts
  }

  /** Telephone audio as it comes in, without gaps. */
  push(bytes: Uint8Array): void {
    const samples = decodeMulaw(bytes)
    this.#tape.push(samples)
    const { stream, detector, tell } = this.#parts
    for (const frame of this.#framer.push(samples)) {
      const startMs = this.#frames++ * FRAME_MS
      detector.push({
        stream,
        samples: frame,
        tell: (probability) => {
          const own = this.#backdrop.heard(probability, frame, FRAME_MS)
          const event = this.#gate.push(own, startMs, FRAME_MS)
          if (event) tell(event)
        },
      })
    }
  }

  keyPressed(): void {
    this.#backdrop.keyPressed()
  }

  transcribe(what: Listen & { readonly language: "en" | "es" }): void {
    const clip = this.#tape.cut(what.fromMs * BYTES_PER_MS, what.untilMs * BYTES_PER_MS)
    const pcm16k = toFloat(upsampleClip(this.#backdrop.withoutIt(clip), 2))
    const { language, prompt, hasSpeech } = what
    const asks = { op: "transcribe", pcm16k } as const
    const carefulAsks = { ...asks, language, ...(prompt === undefined ? {} : { prompt }) }
    const asksOf = {
      quick: { ...asks, hasSpeech },
      careful: carefulAsks,
      spanish: { ...asks, language: "es", isDoubtful: true },
    } as const
    const started = what.ears.map((ear) => this.#listen(ear, what.take, asksOf[ear]))
    this.#running.set(what.take, [...(this.#running.get(what.take) ?? []), ...started])
  }

  forget(take: number): void {
    for (const request of this.#running.get(take) ?? []) request.cancel()
    this.#running.delete(take)
  }

  close(): void {
    for (const take of [...this.#running.keys()]) this.forget(take)
    this.#parts.detector.end(this.#parts.stream)
  }

  #listen(ear: Ear, take: number, asks: Asks): Request {
    const { quick, careful } = this.#parts
    const request = (ear === "quick" ? quick : careful).request(asks, EAR_DEADLINE_MS)
    const tell = (text: string | null) => this.#parts.tell({ kind: "ear", ear, take, text })
    request.done.then(
      (done) => tell(done.text ?? ""),
      () => tell(null),
    )
    return request
  }
}

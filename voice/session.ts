/**
 * One call on one media stream: what comes in goes to the ears, the keypad and the tape, what the
 * mouth says goes out, and the line between them decides. It ends when the stream or the call does.
 */
import type { Clock, Timer } from "#core/clock.ts"
import type { Sentence } from "../intent/contract.ts"
import { BYTES_PER_MS, SILENCE } from "./audio/mulaw.ts"
import type { Backstage } from "./backstage.ts"
import type { Ask, CallEvent, Left } from "./call/state.ts"
import { type AskResult, Line } from "./line.ts"
import { CallTape } from "./recording.ts"
import type { Detector } from "./speech/detector.ts"
import { CallEars, type EarProcess } from "./speech/ears.ts"
import type { Rendering } from "./speech/rendering.ts"
import { type Outlet, PacedMouth } from "./speech/speak.ts"
import type { Admission, LiveSession, Stretch, Switchboard, Transfer } from "./switchboard.ts"

/** Media comes every 20 ms, also in silence: without it the stream is dead. */
const IDLE_MS_MAX = 4_000
/** A longer gap in the media than this is not filled: the clock was changed, not the audio lost. */
const GAP_MS_MAX = 10_000
/** Seconds of recording that may wait to be written. */
const APPENDS_MAX = 10

export interface SpeechParts {
  readonly detector: Detector
  readonly quick: EarProcess
  readonly careful: EarProcess
  readonly render: (sentence: Sentence, language: "en" | "es") => Rendering
}

/** Rung over REST, left to the answer that follows the stream, or nobody there to ring. */
export type TransferWay = "rung" | "by_answer" | "nobody"

export interface SessionParts {
  readonly clock: Clock
  readonly backstage: Backstage
  readonly switchboard: Switchboard
  readonly speech: SpeechParts
  readonly transfer: (call: string, transfer: Transfer) => Promise<TransferWay>
  readonly outlet: Outlet
  /** Ends the stream from our side. */
  readonly endStream: () => void
}

export class Session implements LiveSession {
  readonly #parts: SessionParts
  readonly #admission: Admission
  readonly #line: Line
  readonly #mouth: PacedMouth
  readonly #ears: CallEars
  readonly #tape: CallTape
  readonly #watch: Timer
  #early: Promise<AskResult> | undefined
  #heardUntilMs = 0
  #lastMediaMs: number
  #isOver = false
  #recording: Promise<string | undefined>
  #appends = 0

  constructor(parts: SessionParts, admission: Admission) {
    this.#parts = parts
    this.#admission = admission
    this.#early = admission.early
    const { clock, backstage } = parts
    const tell = (event: CallEvent) => this.#line.happens(event)
    this.#mouth = new PacedMouth({
      clock,
      outlet: this.#taped(parts.outlet),
      render: (sentence) => parts.speech.render(sentence, this.#language),
      tell,
    })
    this.#ears = new CallEars({ stream: this.#call, ...parts.speech, tell })
    this.#line = new Line({
      clock,
      mouth: this.#mouth,
      ears: this.#ears,
      surroundings: {
        ask: (ask, turn) => this.#ask(ask, turn),
        note: (line) => {
          const atMs = line.atMs + admission.offsetMs
          void backstage.note(this.#call, { ...line, atMs })
        },
        record: (isOn) => this.#record(isOn),
        transfer: (transfer, turn) => void this.#transfer(transfer, turn),
        left: (reason) => void this.#left(reason),
        timed: (timing, firstAudioMs) => backstage.timed(this.#call, timing, firstAudioMs),
      },
    })
    this.#recording = backstage.beginRecording(this.#call)
    this.#tape = new CallTape(clock, (audio) => void this.#append(audio))
    this.#lastMediaMs = clock.monotonicMs()
    this.#watch = clock.every(1_000, () => this.#watchMedia())
  }

  get doing(): LiveSession["doing"] {
    return this.#line.doing
  }

  begin(): void {
    this.#parts.switchboard.attach(this.#call, this)
    this.#line.happens({ kind: "begin", ask: this.#admission.opening })
  }

  /** Audio of the caller; `atMs` is Twilio's own count, and shows what was lost on the way. */
  media(bytes: Uint8Array, atMs: number): void {
    if (this.#isOver) return
    this.#lastMediaMs = this.#parts.clock.monotonicMs()
    const gapMs = atMs - this.#heardUntilMs
    if (gapMs >= 20 && gapMs < GAP_MS_MAX) {
      this.#ears.push(new Uint8Array(gapMs * BYTES_PER_MS).fill(SILENCE))
      this.#heardUntilMs = atMs
    }
    this.#tape.caller(bytes, this.#heardUntilMs)
    this.#ears.push(bytes)
    this.#heardUntilMs += bytes.length / BYTES_PER_MS
  }

  key(digit: string): void {
    this.#ears.keyPressed()
    this.#line.happens({ kind: "key", key: digit })
  }

  typed(text: string): void {
    this.#line.happens({ kind: "typed", text })
  }

  marked(name: string): void {
    this.#mouth.marked(name)
  }

  /** The call ended, or only its stream. */
  gone(reason: Left): void {
    this.#line.happens({ kind: "gone", reason })
    this.#close()
  }

  hangUp(): void {
    this.#line.happens({ kind: "gone", reason: "agent_ended" })
  }

  takeOver(): void {
    this.#line.happens({ kind: "takenOver" })
  }

  overhear(fromMs: number): Stretch {
    return this.#tape.since(fromMs)
  }

  get #call(): string {
    return this.#admission.ringing.call
  }

  get #language(): "en" | "es" {
    return this.#line.state.turn?.language ?? "en"
  }

  #ask(ask: Ask, turn: number): Promise<AskResult> {
    const early = this.#early
    this.#early = undefined
    return early ?? this.#parts.backstage.ask(this.#admission.ringing, ask, turn)
  }

  #taped(outlet: Outlet): Outlet {
    return {
      media: (bytes) => {
        this.#tape.agent(bytes)
        outlet.media(bytes)
      },
      mark: (name) => outlet.mark(name),
      clear: () => {
        this.#tape.cleared()
        outlet.clear()
      },
      said: (text) => outlet.said(text),
    }
  }

  async #transfer(transfer: Transfer, turn: number): Promise<void> {
    const { switchboard } = this.#parts
    await switchboard.transferring(this.#call, transfer, turn)
    const way = await this.#parts.transfer(this.#call, transfer)
    this.#close()
    if (way === "rung") return
    // What follows the stream rings the person, or brings the call back to the conversation.
    if (way === "nobody") switchboard.transferDone(this.#call, false, "failed")
    this.#parts.endStream()
  }

  async #left(reason: Left): Promise<void> {
    const told = this.#parts.switchboard.left(this.#call, reason)
    if (reason !== "agent_ended") return
    this.#close()
    // What follows the stream may be asked of another process, which must know that it is over.
    await told
    this.#parts.endStream()
  }

  #record(isOn: boolean): void {
    this.#tape.record(isOn)
    if (isOn) return
    void this.#recording.then((id) => (id ? this.#parts.backstage.pauseRecording(id) : undefined))
  }

  async #append(audio: Uint8Array): Promise<void> {
    if (this.#appends >= APPENDS_MAX) return
    this.#appends++
    const written = this.#recording.then(async (id) => {
      if (id) await this.#parts.backstage.appendRecording(id, audio)
      return id
    })
    // The next stretch waits for this one: the order of the tape is the order of the writes.
    this.#recording = written
    await written
    this.#appends--
  }

  #watchMedia(): void {
    if (this.#parts.clock.monotonicMs() - this.#lastMediaMs < IDLE_MS_MAX) return
    this.gone("lost")
    this.#parts.endStream()
  }

  #close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#watch.cancel()
    this.#mouth.close()
    this.#ears.close()
    this.#tape.close()
    void this.#recording.then((id) => (id ? this.#parts.backstage.endRecording(id) : undefined))
  }
}

/**
 * One telephone connected to the cloud: 20 ms after 20 ms it takes what the handset says and gives
 * it what the playout buffer holds. What the call should do next is decided elsewhere.
 */
import { type Clock, type Timer, untilAborted } from "./clock.ts"
import type { Handset } from "./handset.ts"
import { frameMs } from "./mulaw.ts"
import { Playout } from "./playout.ts"
import { Recording } from "./recording.ts"
import { newSid } from "./signature.ts"
import { SpeechMeter } from "./speech-meter.ts"
import { Timeline } from "./timeline.ts"

export type CallStatus =
  | "queued"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "failed"
  | "no-answer"
  | "canceled"

export type EndedBy = "caller" | "agent"

export interface LegOptions {
  readonly clock: Clock
  readonly handset: Handset
  readonly from: string
  readonly to: string
  readonly direction: "inbound" | "outbound-dial" | "outbound-api"
  readonly parentSid?: string
  readonly isRecorded: boolean
}

type FrameListener = (spoken: Uint8Array, heard: Uint8Array) => void

export class Leg {
  readonly sid = newSid("CA")
  readonly playout = new Playout()
  readonly recording = new Recording()
  readonly timeline: Timeline
  readonly options: LegOptions
  readonly startedMs: number
  status: CallStatus = "ringing"
  answeredMs: number | undefined
  endedMs: number | undefined
  endedBy: EndedBy = "agent"
  onKey: (digit: string) => void = () => {}
  /** Breaks the media socket, or lets it go quiet; set while a stream is open. */
  loseStream: (how: "broken" | "quiet") => void = () => {}
  readonly #agentMeter = new SpeechMeter()
  readonly #listeners = new Map<object, FrameListener>()
  readonly #over = Promise.withResolvers<void>()
  readonly #hungUp = new AbortController()
  #source: (() => Uint8Array) | undefined
  #ticker: Timer | undefined

  constructor(options: LegOptions) {
    this.options = options
    this.timeline = new Timeline(options.clock)
    this.startedMs = options.clock.nowMs()
    this.#agentMeter.onOnset = (atMs) => this.timeline.note("agentSpeechOnset", "", atMs)
    this.#agentMeter.onEnd = (atMs) => this.timeline.note("agentSpeechEnd", "", atMs)
    this.playout.onDry = () => this.timeline.note("audioRanDry")
    const { handset } = options
    handset.onSpeech = (moment, atMs) =>
      this.timeline.note(moment === "began" ? "callerSpeechOnset" : "callerSpeechEnd", "", atMs)
    handset.plugIn({
      press: (digit) => this.press(digit),
      hangUp: () => this.end("completed", "caller"),
    })
  }

  get isOver(): boolean {
    return this.endedMs !== undefined
  }

  /** Aborted when the call is over, whoever ended it. */
  get hungUp(): AbortSignal {
    return this.#hungUp.signal
  }

  get whenOver(): Promise<void> {
    return this.#over.promise
  }

  /** Whole seconds between answer and end, as Twilio bills and reports them. */
  get durationSeconds(): number {
    if (this.answeredMs === undefined) return 0
    const untilMs = this.endedMs ?? this.options.clock.nowMs()
    return Math.round((untilMs - this.answeredMs) / 1_000)
  }

  answer(): void {
    if (this.answeredMs !== undefined || this.isOver) return
    const { clock } = this.options
    this.status = "in-progress"
    this.answeredMs = clock.nowMs()
    this.timeline.note("answered")
    this.#ticker = clock.every(frameMs, () => this.#tick())
  }

  end(status: CallStatus, by: EndedBy): void {
    if (this.isOver) return
    this.endedMs = this.options.clock.nowMs()
    this.endedBy = by
    this.status = status === "completed" && this.answeredMs === undefined ? "canceled" : status
    this.#ticker?.cancel()
    this.timeline.note("ended", by)
    this.#hungUp.abort(new HungUp())
    this.playout.clear()
    this.options.handset.lineEnded()
    this.#over.resolve()
  }

  press(digit: string): void {
    if (this.isOver) return
    this.timeline.note("key", digit)
    this.onKey(digit)
  }

  /** Plays a sound to its end; an abort silences it at once. */
  async play(sound: Uint8Array, signal: AbortSignal): Promise<void> {
    const played = Promise.withResolvers<void>()
    this.playout.push(sound)
    this.playout.mark(() => played.resolve())
    await untilAborted(played.promise, signal).catch((reason: unknown) => {
      this.playout.clear()
      throw reason
    })
  }

  /** While a source is set, the handset hears it instead of the playout buffer. */
  hears(source: (() => Uint8Array) | undefined): void {
    this.#source = source
  }

  onFrame(owner: object, listener: FrameListener): void {
    this.#listeners.set(owner, listener)
  }

  offFrame(owner: object): void {
    this.#listeners.delete(owner)
  }

  #tick(): void {
    const { handset, clock, isRecorded } = this.options
    const spoken = handset.nextFrame()
    const heard = this.#source ? this.#source() : this.playout.nextFrame()
    this.#agentMeter.hear(heard, clock.nowMs())
    handset.hear(heard)
    if (isRecorded) this.recording.add(spoken, heard)
    for (const listener of [...this.#listeners.values()]) listener(spoken, heard)
  }
}

/** Why everything a call was doing stops when it is over. */
export class HungUp extends Error {
  constructor() {
    super("the call is over")
  }
}

/**
 * Both sides of a call on one time line, handed on each second. What the agent was cut off from
 * saying was never heard, and is not on the tape.
 */
import type { Clock, Timer } from "#core/clock.ts"
import { BYTES_PER_MS, SILENCE } from "./audio/mulaw.ts"
import type { Stretch } from "./switchboard.ts"

const FLUSH_EVERY_MS = 1_000
/** The newest stretch may still change: the agent is sent ahead and can be cut off. */
const SETTLE_MS = 700
/** Held when nobody takes it: the oldest is given up. */
const BUFFER_MS_MAX = 20_000
/** Kept at hand for who listens in. */
const OVERHEARD_MS_MAX = 8_000
const BYTES_PER_MS_BOTH = 2 * BYTES_PER_MS

export class CallTape {
  readonly #clock: Clock
  readonly #write: (interleaved: Uint8Array) => void
  readonly #timer: Timer
  readonly #startedAtMs: number
  readonly #caller = new Track()
  readonly #agent = new Track()
  #flushedMs = 0
  #isOn = true
  #latest: Uint8Array = new Uint8Array()

  constructor(clock: Clock, write: (interleaved: Uint8Array) => void) {
    this.#clock = clock
    this.#write = write
    this.#startedAtMs = clock.monotonicMs()
    this.#timer = clock.every(FLUSH_EVERY_MS, () => this.#flush(this.#nowMs - SETTLE_MS))
  }

  get #nowMs(): number {
    return this.#clock.monotonicMs() - this.#startedAtMs
  }

  /** The caller's audio, where it belongs on the stream's time line. */
  caller(bytes: Uint8Array, atMs: number): void {
    this.#caller.put(bytes, atMs)
  }

  /** The agent's audio: it plays when what was sent before has played. */
  agent(bytes: Uint8Array): void {
    this.#agent.put(bytes, Math.max(this.#agent.endMs, this.#nowMs))
  }

  /** Twilio threw away what it had not played. */
  cleared(): void {
    this.#agent.cutAt(this.#nowMs)
  }

  /** False: nothing from now on is written. */
  record(isOn: boolean): void {
    this.#isOn = isOn
  }

  /** Both sides since then, as far back as is kept. Silent where nothing may be recorded. */
  since(fromMs: number): Stretch {
    const untilMs = this.#flushedMs
    const beganMs = untilMs - this.#latest.length / BYTES_PER_MS_BOTH
    const startMs = Math.min(untilMs, Math.max(fromMs, beganMs))
    const audio = this.#latest.subarray(Math.round((startMs - beganMs) * BYTES_PER_MS) * 2)
    return { fromMs: startMs, untilMs, audio }
  }

  close(): void {
    this.#timer.cancel()
    this.#flush(this.#nowMs)
  }

  #flush(untilMs: number): void {
    const fromMs = Math.max(this.#flushedMs, untilMs - BUFFER_MS_MAX)
    if (untilMs <= fromMs) return
    const caller = this.#caller.take(fromMs, untilMs)
    const agent = this.#agent.take(fromMs, untilMs)
    this.#flushedMs = untilMs
    if (!this.#isOn) {
      this.#remember(new Uint8Array(caller.length * 2).fill(SILENCE))
      return
    }
    const both = new Uint8Array(caller.length * 2)
    for (let i = 0; i < caller.length; i++) {
      both[i * 2] = caller[i]!
      both[i * 2 + 1] = agent[i]!
    }
    this.#remember(both)
    this.#write(both)
  }

  #remember(both: Uint8Array): void {
    const kept = Buffer.concat([this.#latest, both])
    this.#latest = kept.subarray(-OVERHEARD_MS_MAX * BYTES_PER_MS_BOTH)
  }
}

interface Piece {
  readonly at: number
  readonly bytes: Uint8Array
}

/** Pieces of sound on a time line, silence between them. Positions are in bytes. */
class Track {
  #pieces: Piece[] = []
  #end = 0

  get endMs(): number {
    return this.#end / BYTES_PER_MS
  }

  put(bytes: Uint8Array, atMs: number): void {
    const at = Math.max(this.#end, Math.round(atMs * BYTES_PER_MS))
    this.#pieces.push({ at, bytes })
    this.#end = at + bytes.length
  }

  cutAt(atMs: number): void {
    const end = Math.round(atMs * BYTES_PER_MS)
    if (end >= this.#end) return
    this.#pieces = this.#pieces
      .filter(({ at }) => at < end)
      .map(({ at, bytes }) => ({ at, bytes: bytes.subarray(0, end - at) }))
    this.#end = end
  }

  take(fromMs: number, untilMs: number): Uint8Array {
    const from = Math.round(fromMs * BYTES_PER_MS)
    const until = Math.round(untilMs * BYTES_PER_MS)
    const out = new Uint8Array(until - from).fill(SILENCE)
    for (const { at, bytes } of this.#pieces) {
      const start = Math.max(at, from)
      const stop = Math.min(at + bytes.length, until)
      if (stop > start) out.set(bytes.subarray(start - at, stop - at), start - from)
    }
    this.#pieces = this.#pieces.filter(({ at, bytes }) => at + bytes.length > until)
    return out
  }
}

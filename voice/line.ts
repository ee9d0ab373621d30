/**
 * Puts a call's state machine between a mouth, two ears, a conversation and a clock. It does what
 * the machine wants and tells it what happened; it decides nothing.
 */
import type { Clock, Timer } from "#core/clock.ts"
import type { Turn } from "../modules/conversations/contract.ts"
import type { TranscriptLine } from "../modules/transcripts/contract.ts"
import {
  type Ask,
  type CallEvent,
  type CallState,
  doingOf,
  type Ear,
  type Effect,
  type Item,
  type Left,
  newCall,
  type TimerName,
  type Timing,
} from "./call/state.ts"
import { step } from "./call.ts"

export type AskResult =
  | { readonly ok: true; readonly turn: Turn }
  | { readonly ok: false; readonly isRetryable: boolean }

/** What the line speaks with. It reports `started` and `played`. */
export interface Mouth {
  /** `isNext`: before everything that has not begun to sound, else after all. */
  play(items: readonly Item[], isNext: boolean): void
  clear(): void
  drop(items: readonly number[]): void
}

export interface Listen {
  readonly take: number
  readonly ears: readonly Ear[]
  readonly fromMs: number
  readonly untilMs: number
  readonly prompt?: string
  readonly hasSpeech: boolean
}

/** What the line hears with. It reports `onset`, `pause` and `ear`. */
export interface Ears {
  transcribe(what: Listen & { readonly language: Turn["language"] }): void
  forget(take: number): void
}

/** Everything around one call that is not sound. */
export interface Surroundings {
  /** Never throws: an outage is an answer too. */
  ask(ask: Ask, turn: number): Promise<AskResult>
  note(line: TranscriptLine): void
  record(isOn: boolean): void
  /** `turn` is what a failed transfer comes back to. */
  transfer(transfer: NonNullable<Turn["transfer"]>, turn: number): void
  left(reason: Left): void
  timed(timing: Omit<Timing, "item">, firstAudioMs: number): void
}

export interface LineParts {
  readonly clock: Clock
  readonly mouth: Mouth
  readonly ears: Ears
  readonly surroundings: Surroundings
}

export class Line {
  readonly #parts: LineParts
  readonly #startedAtMs: number
  readonly #timers = new Map<TimerName, Timer>()
  readonly #events: CallEvent[] = []
  #isStepping = false
  #state: CallState = newCall

  constructor(parts: LineParts) {
    this.#parts = parts
    this.#startedAtMs = parts.clock.monotonicMs()
  }

  /** Milliseconds since the stream began. */
  get nowMs(): number {
    return this.#parts.clock.monotonicMs() - this.#startedAtMs
  }

  get doing(): ReturnType<typeof doingOf> {
    return doingOf(this.#state)
  }

  get state(): CallState {
    return this.#state
  }

  /** Tells the machine. What it wants done may make more happen: that waits for its turn. */
  happens(event: CallEvent): void {
    this.#events.push(event)
    if (this.#isStepping) return
    this.#isStepping = true
    for (let next = this.#events.shift(); next; next = this.#events.shift()) {
      const { state, effects } = step(this.#state, next, this.nowMs)
      this.#state = state
      for (const effect of effects) this.#perform(effect)
      if (state.phase !== "live") this.#cancelAll()
    }
    this.#isStepping = false
  }

  #perform(effect: Effect): void {
    const { mouth, ears, surroundings } = this.#parts
    switch (effect.do) {
      case "ask":
        void surroundings.ask(effect.ask, effect.turn).then((result) => {
          const { number } = effect
          if (result.ok) this.happens({ kind: "answered", number, turn: result.turn })
          else this.happens({ kind: "unanswered", number, isRetryable: result.isRetryable })
        })
        break
      case "play":
        mouth.play(effect.items, effect.isNext ?? false)
        break
      case "clear":
        mouth.clear()
        break
      case "drop":
        mouth.drop(effect.items)
        break
      case "transcribe":
        ears.transcribe({ ...effect, language: this.#state.turn?.language ?? "en" })
        break
      case "forget":
        ears.forget(effect.take)
        break
      case "timer":
        this.#set(effect.timer, effect.afterMs)
        break
      case "cancel":
        this.#cancel(effect.timer)
        break
      case "note":
        surroundings.note(effect.line)
        break
      case "record":
        surroundings.record(effect.isOn)
        break
      case "transfer":
        surroundings.transfer(effect.transfer, this.#state.turn?.turn ?? 0)
        break
      case "timed":
        surroundings.timed(effect.timing, effect.firstAudioMs)
        break
      case "leave":
        surroundings.left(effect.reason)
        break
    }
  }

  #set(timer: TimerName, afterMs: number): void {
    this.#cancel(timer)
    const running = this.#parts.clock.after(afterMs, () => {
      this.#timers.delete(timer)
      this.happens({ kind: "timer", timer })
    })
    this.#timers.set(timer, running)
  }

  #cancel(timer: TimerName): void {
    this.#timers.get(timer)?.cancel()
    this.#timers.delete(timer)
  }

  #cancelAll(): void {
    for (const timer of [...this.#timers.keys()]) this.#cancel(timer)
  }
}

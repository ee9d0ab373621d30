/**
 * A telephone line made of text, on a virtual clock: the same call machine as the real one, with a
 * caller who is typed and an agent whose speech takes 15 characters a second.
 */
import { setImmediate } from "node:timers/promises"
import { sleep, type Timer, type VirtualClock } from "#core/clock.ts"
import type { Turn } from "../modules/conversations/contract.ts"
import type { TranscriptLine } from "../modules/transcripts/contract.ts"
import type { Ask, Ear, Item, Left } from "./call/state.ts"
import { type AskResult, type Ears, Line, type Listen, type Mouth } from "./line.ts"
import { estimatedMs } from "./turns/ledger.ts"

/** How long after the sound the detector knows of it, and how long the ears take, as measured. */
const ONSET_MS = 96
const PAUSE_MS = 192
const QUICK_MS = 150
const CAREFUL_MS = 500
const MARK_EVERY_MS = 500
const RING_MS = 5_000
const QUIET_MS_MAX = 120_000

type Transfer = NonNullable<Turn["transfer"]>
export type TransferOutcome = "accepted" | "declined" | "no_answer" | "busy" | "failed"

export interface TypedLineParts {
  readonly clock: VirtualClock
  /** For a real conversation: `(ask, turn) => askConversation(call, asker, ask, turn)`. */
  readonly conversation: (ask: Ask, turn: number) => Promise<AskResult>
  /** Virtual milliseconds an answer takes; 20 unless told. */
  readonly answerMs?: (ask: Ask) => number
  readonly isConversationOnClock?: boolean
  /** How long the careful ear takes; half a second unless told. */
  readonly carefulMs?: number
  /** What becomes of a transfer; accepted unless told. */
  readonly transferOutcome?: (transfer: Transfer) => TransferOutcome
}

export interface Said {
  readonly reply: string
  readonly text: string
  readonly fromMs: number
  untilMs: number
  /** The caller interrupted, and it was not said again. */
  isCutOff: boolean
}

export interface Spoken {
  /** Milliseconds of speech; by the length of the text unless told. */
  readonly durationMs?: number
  /** What the careful ear, and the quick one, make of it. */
  readonly heardAs?: string
  readonly quickHeardAs?: string
  /** What the careful ear makes of it when it is asked for Spanish. */
  readonly spanish?: string
}

interface CallerSound extends Readonly<Record<Ear, string>> {
  readonly fromMs: number
  readonly untilMs: number
}

/**
 * The line as a test drives it.
 *
 *   const line = typedLine({ clock, conversation })       // clock: VirtualClock
 *   line.start()                                          // dials; the agent greets
 *   await line.untilQuiet()                               // until the agent listens or is gone
 *   line.say("I need my blood pressure pills")            // begins now, spoken in real length
 *   await line.untilQuiet()
 *   line.keys("1234567#")                                 // keypad
 *   await line.advance(8_000)                             // silence
 *   line.hangUp()
 *   line.said      // every sentence of the agent: text, reply, from, until, cut off or not
 *   line.notes     // the transcript lines of what was heard
 *
 * To interrupt, `advance` into the agent's speech and `say`. `say(text, { heardAs, quickHeardAs })`
 * makes the ears mishear; `noise()` is a sound without words. The clock stands still while the
 * conversation works, unless `isConversationOnClock`, for conversations that themselves wait on it.
 */
export interface TypedLine {
  start(opening?: Ask): void
  say(text: string, how?: Spoken): void
  noise(durationMs?: number): void
  keys(keys: string): void
  hangUp(): void
  advance(byMs: number): Promise<void>
  /** Until the agent listens and nothing is under way, or the call is over. */
  untilQuiet(): Promise<void>
  readonly said: readonly Said[]
  readonly notes: readonly TranscriptLine[]
  readonly transfers: readonly Transfer[]
  readonly isRecording: boolean
  readonly doing: Line["doing"]
  readonly ended: Left | undefined
  readonly nowMs: number
}

/** Makes a line that nobody has dialled yet. */
export function typedLine(parts: TypedLineParts): TypedLine {
  return new TypedCall(parts)
}

class TypedCall implements TypedLine {
  readonly said: Said[] = []
  readonly notes: TranscriptLine[] = []
  readonly transfers: Transfer[] = []
  isRecording = true
  ended: Left | undefined
  readonly #parts: TypedLineParts
  readonly #clock: VirtualClock
  readonly #sounds: CallerSound[] = []
  readonly #pending = new Set<Promise<unknown>>()
  #soundUntilMs = 0
  #line: Line

  constructor(parts: TypedLineParts) {
    this.#parts = parts
    this.#clock = parts.clock
    this.#line = this.#newLine()
  }

  get doing(): Line["doing"] {
    return this.#line.doing
  }

  get nowMs(): number {
    return this.#clock.monotonicMs()
  }

  start(opening: Ask = { kind: "open", resumed: false }): void {
    this.#line.happens({ kind: "begin", ask: opening })
  }

  say(text: string, how: Spoken = {}): void {
    const careful = how.heardAs ?? text
    const quick = how.quickHeardAs ?? careful
    const heard = { quick, careful, spanish: how.spanish ?? "" }
    this.#sound(how.durationMs ?? Math.max(300, estimatedMs(text)), heard)
  }

  noise(durationMs = 300): void {
    this.#sound(durationMs, { quick: "", careful: "", spanish: "" })
  }

  keys(keys: string): void {
    for (const key of keys) this.#line.happens({ kind: "key", key })
  }

  hangUp(): void {
    this.#line.happens({ kind: "gone", reason: "caller_left" })
  }

  async advance(byMs: number): Promise<void> {
    const untilMs = this.#clock.nowMs() + byMs
    await this.#settle()
    while (this.#clock.nowMs() < untilMs) {
      const dueMs = this.#clock.nextDueMs() ?? untilMs
      this.#clock.advance(Math.min(dueMs, untilMs) - this.#clock.nowMs())
      await this.#settle()
    }
  }

  async untilQuiet(): Promise<void> {
    const untilMs = this.#clock.nowMs() + QUIET_MS_MAX
    await this.#settle()
    while (!this.#isQuiet && this.#clock.nowMs() < untilMs) {
      const dueMs = this.#clock.nextDueMs()
      if (dueMs === undefined && this.#pending.size === 0) return
      if (dueMs !== undefined) this.#clock.advance(dueMs - this.#clock.nowMs())
      await this.#settle()
    }
  }

  get #isQuiet(): boolean {
    if (this.ended) return true
    const { utterance, keys, held, phase } = this.#line.state
    const isCallerBusy = utterance !== undefined || keys !== "" || held.length > 0
    const isSoundDue = this.#clock.monotonicMs() < this.#soundUntilMs
    return phase === "live" && this.doing === "listening" && !isCallerBusy && !isSoundDue
  }

  #newLine(): Line {
    const mouth = new TypedMouth(this.#clock, this.said, (event) => this.#line.happens(event))
    return new Line({
      clock: this.#clock,
      mouth,
      ears: this.#ears(),
      surroundings: {
        ask: (ask, turn) => this.#ask(ask, turn),
        note: (line) => this.notes.push(line),
        record: (isOn) => {
          this.isRecording = isOn
        },
        transfer: (transfer, turn) => this.#transfer(transfer, turn),
        left: (reason) => {
          mouth.clear()
          this.ended = reason
        },
        timed: () => undefined,
      },
    })
  }

  #sound(durationMs: number, heard: Readonly<Record<Ear, string>>): void {
    const line = this.#line
    const fromMs = line.nowMs
    const untilMs = fromMs + durationMs
    this.#sounds.push({ fromMs, untilMs, ...heard })
    this.#soundUntilMs = this.#clock.monotonicMs() + durationMs + PAUSE_MS + 1
    this.#clock.after(ONSET_MS, () => line.happens({ kind: "onset", atMs: fromMs }))
    this.#clock.after(durationMs + PAUSE_MS, () =>
      line.happens({ kind: "pause", atMs: untilMs, speechMs: durationMs }),
    )
  }

  #ears(): Ears {
    const running = new Map<number, Timer[]>()
    const { carefulMs = CAREFUL_MS } = this.#parts
    const heard = (what: Listen, ear: Ear) =>
      this.#sounds
        .filter(({ fromMs, untilMs }) => fromMs < what.untilMs && untilMs > what.fromMs)
        .map((sound) => sound[ear])
        .join(" ")
        .trim()
    return {
      transcribe: (what) => {
        const report = (ear: Ear) => () =>
          this.#line.happens({ kind: "ear", ear, take: what.take, text: heard(what, ear) })
        const started = what.ears.map((ear) =>
          this.#clock.after(ear === "quick" ? QUICK_MS : carefulMs, report(ear)),
        )
        running.set(what.take, [...(running.get(what.take) ?? []), ...started])
      },
      forget: (take) => {
        for (const timer of running.get(take) ?? []) timer.cancel()
        running.delete(take)
      },
    }
  }

  #ask(ask: Ask, turn: number): Promise<AskResult> {
    const inner = this.#parts.conversation(ask, turn)
    this.#pending.add(inner)
    const forget = () => this.#pending.delete(inner)
    void inner.then(forget, forget)
    const answerMs = this.#parts.answerMs?.(ask) ?? 20
    return inner.then((result) => sleep(this.#clock, answerMs).then(() => result))
  }

  #transfer(transfer: Transfer, turn: number): void {
    this.transfers.push(transfer)
    const outcome = this.#parts.transferOutcome?.(transfer) ?? "accepted"
    this.#clock.after(RING_MS, () => {
      if (this.ended) return
      if (outcome === "accepted") {
        this.ended = "transferred"
        return
      }
      this.#sounds.length = 0
      this.#line = this.#newLine()
      this.start({ kind: "transferEnded", turn, outcome })
    })
  }

  /** Lets the conversation finish what it was asked. */
  async #settle(): Promise<void> {
    if (this.#parts.isConversationOnClock) {
      await setImmediate()
      return
    }
    while (this.#pending.size > 0) await Promise.allSettled([...this.#pending])
    await setImmediate()
    if (this.#pending.size > 0) await this.#settle()
  }
}

type Report = (
  event:
    | { kind: "started"; item: number }
    | { kind: "played"; item: number; ms: number; totalMs: number; isLast: boolean },
) => void

/** Speaks by waiting as long as the words would take. */
class TypedMouth implements Mouth {
  readonly #clock: VirtualClock
  readonly #said: Said[]
  readonly #report: Report
  readonly #records = new Map<number, Said>()
  #queue: Item[] = []
  #timer: Timer | undefined

  constructor(clock: VirtualClock, said: Said[], report: Report) {
    this.#clock = clock
    this.#said = said
    this.#report = report
  }

  play(items: readonly Item[], isNext: boolean): void {
    // What stands first has begun: here nothing waits to be rendered.
    this.#queue.splice(isNext ? 1 : this.#queue.length, 0, ...items)
    if (!this.#timer) this.#next()
  }

  clear(): void {
    const current = this.#timer && this.#queue[0]
    this.#timer?.cancel()
    this.#timer = undefined
    this.#queue = []
    const record = current && this.#records.get(current.id)
    if (!record) return
    record.untilMs = this.#clock.monotonicMs()
    record.isCutOff = true
  }

  drop(items: readonly number[]): void {
    this.#queue = this.#queue.filter(({ id }, at) => at === 0 || !items.includes(id))
  }

  #next(): void {
    this.#timer = undefined
    const item = this.#queue[0]
    if (!item) return
    this.#record(item)
    this.#report({ kind: "started", item: item.id })
    this.#speak(item, item.heardMs)
  }

  #speak(item: Item, fromMs: number): void {
    const totalMs = estimatedMs(item.sentence.spoken)
    const stretchMs = Math.min(MARK_EVERY_MS, Math.max(0, totalMs - fromMs))
    this.#timer = this.#clock.after(stretchMs, () => {
      const ms = fromMs + stretchMs
      const isLast = ms >= totalMs
      if (isLast) {
        this.#queue.shift()
        this.#next()
      } else this.#speak(item, ms)
      this.#report({ kind: "played", item: item.id, ms, totalMs, isLast })
    })
  }

  #record(item: Item): void {
    const nowMs = this.#clock.monotonicMs()
    const totalMs = estimatedMs(item.sentence.spoken)
    const untilMs = nowMs + totalMs - item.heardMs
    const before = this.#records.get(item.id)
    if (before) {
      before.untilMs = untilMs
      before.isCutOff = false
      return
    }
    const { reply, text } = item.sentence
    const record = { reply, text, fromMs: nowMs, untilMs, isCutOff: false }
    this.#records.set(item.id, record)
    this.#said.push(record)
  }
}

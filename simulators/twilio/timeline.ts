/** What happened in a call and when, to the millisecond. Tests and measurements read only this. */
import type { Clock } from "./clock.ts"

export type Moment =
  | "webhook"
  | "fallback"
  | "answered"
  | "verb"
  | "streamOpened"
  | "streamStarted"
  | "streamClosedByServer"
  | "streamLost"
  | "streamStopped"
  | "streamError"
  | "audioReceived"
  | "audioRanDry"
  | "markReceived"
  | "markReturned"
  | "clearReceived"
  | "audioDiscarded"
  | "agentSpeechOnset"
  | "agentSpeechEnd"
  | "callerSpeechOnset"
  | "callerSpeechEnd"
  | "key"
  | "dialed"
  | "bridged"
  | "ended"

export interface TimelineEntry {
  readonly atMs: number
  readonly moment: Moment
  /** A mark's name, a digit, an error code, a verb: whatever names the moment. */
  readonly detail: string
}

interface Waiter {
  readonly moment: Moment
  readonly matches: (entry: TimelineEntry) => boolean
  readonly resolve: (entry: TimelineEntry) => void
}

export class Timeline {
  readonly entries: TimelineEntry[] = []
  readonly #clock: Clock
  #waiters: Waiter[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  note(moment: Moment, detail = "", atMs = this.#clock.nowMs()): void {
    const entry = { atMs, moment, detail }
    this.entries.push(entry)
    const met = this.#waiters.filter((waiter) => waiter.moment === moment && waiter.matches(entry))
    this.#waiters = this.#waiters.filter((waiter) => !met.includes(waiter))
    for (const waiter of met) waiter.resolve(entry)
  }

  all(moment: Moment): readonly TimelineEntry[] {
    return this.entries.filter((entry) => entry.moment === moment)
  }

  /** The first such entry, whether it has happened already or is still to come. */
  first(moment: Moment, matches: Waiter["matches"] = () => true): Promise<TimelineEntry> {
    const past = this.all(moment).find(matches)
    return past ? Promise.resolve(past) : this.next(moment, matches)
  }

  /** The next such entry from now on. */
  next(moment: Moment, matches: Waiter["matches"] = () => true): Promise<TimelineEntry> {
    return new Promise((resolve) => this.#waiters.push({ moment, matches, resolve }))
  }

  /** Milliseconds from each entry of one kind to the first entry of another that follows it. */
  gapsMs(from: Moment, to: Moment): readonly number[] {
    return this.all(from).flatMap((start) => {
      const next = this.all(from).find((entry) => entry.atMs > start.atMs)
      const end = this.all(to).find((entry) => entry.atMs >= start.atMs)
      const isAnswer = end && (!next || end.atMs < next.atMs)
      return isAnswer ? [end.atMs - start.atMs] : []
    })
  }
}

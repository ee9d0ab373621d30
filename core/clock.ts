/** Time as an argument. Nothing outside this file reads the machine's clock or starts a timer. */

export interface Timer {
  cancel(): void
}

export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  nowMs(): number
  /** Milliseconds on a clock that never jumps, for durations. */
  monotonicMs(): number
  after(delayMs: number, run: () => void): Timer
  every(periodMs: number, run: () => void): Timer
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const handle = setTimeout(run, delayMs)
    return { cancel: () => clearTimeout(handle) }
  },
  every(periodMs, run) {
    const handle = setInterval(run, periodMs)
    return { cancel: () => clearInterval(handle) }
  },
}

/** So much later than the machine's clock; so many of its seconds are one second. */
export type Rehearsal = Readonly<Record<"shiftMs" | "pace", number>>

/** The machine's clock on another day, or slower: to rehearse a Sunday, or on a busy machine. */
export function rehearsalClock({ shiftMs, pace }: Rehearsal): Clock {
  if (shiftMs === 0 && pace === 1) return systemClock
  const startMs = Date.now()
  return {
    nowMs: () => Math.round(startMs + (Date.now() - startMs) / pace + shiftMs),
    monotonicMs: () => performance.now() / pace,
    after: (delayMs, run) => systemClock.after(delayMs * pace, run),
    every: (periodMs, run) => systemClock.every(periodMs * pace, run),
  }
}

export function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve))
}

interface Pending {
  readonly dueMs: number
  readonly order: number
  readonly run: () => void
}

/**
 * A clock that stands still until told. Timers due at the same moment run in the order they were
 * set.
 */
export class VirtualClock implements Clock {
  #nowMs: number
  #order = 0
  readonly #startMs: number
  readonly #pending = new Set<Pending>()

  constructor(startMs: number) {
    this.#nowMs = startMs
    this.#startMs = startMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  monotonicMs(): number {
    return this.#nowMs - this.#startMs
  }

  after(delayMs: number, run: () => void): Timer {
    return this.#add(delayMs, run)
  }

  every(periodMs: number, run: () => void): Timer {
    let current = this.#add(periodMs, tick.bind(this))
    function tick(this: VirtualClock): void {
      current = this.#add(periodMs, tick.bind(this))
      run()
    }
    return { cancel: () => current.cancel() }
  }

  /** When the next timer is due, or undefined when none is set. */
  nextDueMs(): number | undefined {
    return this.#next()?.dueMs
  }

  /** Moves time forward, running what falls due on the way, each at its own moment. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs
    for (let next = this.#next(); next && next.dueMs <= untilMs; next = this.#next()) {
      this.#pending.delete(next)
      this.#nowMs = next.dueMs
      next.run()
    }
    this.#nowMs = untilMs
  }

  #add(delayMs: number, run: () => void): Timer {
    const entry = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, run }
    this.#pending.add(entry)
    return { cancel: () => this.#pending.delete(entry) }
  }

  #next(): Pending | undefined {
    let first: Pending | undefined
    for (const entry of this.#pending) {
      const isEarlier =
        !first ||
        entry.dueMs < first.dueMs ||
        (entry.dueMs === first.dueMs && entry.order < first.order)
      if (isEarlier) first = entry
    }
    return first
  }
}

/** A clock that stands still until a test moves it, so that calls take no real time to test. */
import type { Clock, Timer } from "./clock.ts"

interface Due {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
}

const stepMs = 20

export class VirtualClock implements Clock {
  #nowMs = 1_800_000_000_000
  #order = 0
  readonly #due = new Set<Due>()

  nowMs(): number {
    return this.#nowMs
  }

  after(delayMs: number, run: () => void): Timer {
    const due = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, run }
    this.#due.add(due)
    return { cancel: () => this.#due.delete(due) }
  }

  every(periodMs: number, run: () => void): Timer {
    let timer = this.after(periodMs, again.bind(this))
    function again(this: VirtualClock): void {
      timer = this.after(periodMs, again.bind(this))
      run()
    }
    return { cancel: () => timer.cancel() }
  }

  /** Moves time on, running what falls due, each at its own moment. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs
    for (let next = this.#next(); next && next.atMs <= untilMs; next = this.#next()) {
      this.#due.delete(next)
      this.#nowMs = next.atMs
      next.run()
    }
    this.#nowMs = untilMs
  }

  /** Moves time on in small steps until done. Time stands still while something real is awaited. */
  async runUntil<T>(done: Promise<T>, isHeld: () => boolean = () => false): Promise<T> {
    let isDone = false
    const settle = (): void => {
      isDone = true
    }
    done.then(settle, settle)
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve))
      if (!isDone && !isHeld() && this.#due.size > 0) this.advance(stepMs)
    }
    return done
  }

  #next(): Due | undefined {
    return [...this.#due].sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0]
  }
}

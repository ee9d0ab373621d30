/** How long one attempt may take: in all, and between two pieces of a stream. Says who gave up. */
import type { Clock, Timer } from "#core/clock.ts"

/** A stream that says nothing for so long has died. */
const IDLE_MS = 15_000

export class Patience {
  readonly signal: AbortSignal
  #isOver = false
  #idle: Timer
  readonly #clock: Clock
  readonly #whole: Timer
  readonly #stop = new AbortController()

  /** `given` ends it too: the caller went on speaking, or hung up. */
  constructor(clock: Clock, limitMs: number, given: AbortSignal | undefined) {
    this.#clock = clock
    this.signal = given ? AbortSignal.any([this.#stop.signal, given]) : this.#stop.signal
    this.#whole = clock.after(limitMs, () => this.#end())
    this.#idle = clock.after(IDLE_MS, () => this.#end())
  }

  /** Whether time ran out, and not the interest of whoever asked. */
  get isOver(): boolean {
    return this.#isOver
  }

  readonly heard = (): void => {
    this.#idle.cancel()
    this.#idle = this.#clock.after(IDLE_MS, () => this.#end())
  };

  [Symbol.dispose](): void {
    this.#whole.cancel()
    this.#idle.cancel()
  }

  #end(): void {
    this.#isOver = true
    this.#stop.abort()
  }
}

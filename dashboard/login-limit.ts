/** How many wrong passwords one address may send before it has to wait. Forgets on its own. */
import type { Clock } from "#core/clock.ts"

const TRIES_MAX = 10
const WINDOW_MS = 60_000
const ADDRESSES_MAX = 1_000

export class LoginLimit {
  readonly #clock: Clock
  readonly #triesAtMs = new Map<string, readonly number[]>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Counts a try. False when the address has to wait. */
  admits(address: string): boolean {
    const nowMs = this.#clock.monotonicMs()
    const recent = this.#recent(address, nowMs)
    const isAdmitted = recent.length < TRIES_MAX
    this.#triesAtMs.set(address, isAdmitted ? [...recent, nowMs] : recent)
    // The map keeps its order, so the first is who tried longest ago.
    const [oldest] = this.#triesAtMs.keys()
    if (this.#triesAtMs.size > ADDRESSES_MAX && oldest) this.#triesAtMs.delete(oldest)
    return isAdmitted
  }

  /** The right password: what came before does not count. */
  forgive(address: string): void {
    this.#triesAtMs.delete(address)
  }

  #recent(address: string, nowMs: number): readonly number[] {
    const tries = this.#triesAtMs.get(address) ?? []
    this.#triesAtMs.delete(address)
    return tries.filter((atMs) => nowMs - atMs < WINDOW_MS)
  }
}

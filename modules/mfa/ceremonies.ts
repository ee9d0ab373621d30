/**
 * Challenges that passkeys have yet to sign: kept in memory only, each good once and for two
 * minutes. Whoever loses one to a restart asks for another.
 */
import { randomBytes } from "node:crypto"
import type { Clock } from "#core/clock.ts"

export const CEREMONY_MS = 120_000
const OPEN_MAX = 1_000
const CHALLENGE_BYTES = 32

export class Ceremonies {
  readonly #clock: Clock
  readonly #untilMs = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  open(): string {
    const challenge = randomBytes(CHALLENGE_BYTES).toString("base64url")
    this.#untilMs.set(challenge, this.#clock.monotonicMs() + CEREMONY_MS)
    // The map keeps its order, so the first is the oldest.
    const [oldest] = this.#untilMs.keys()
    if (this.#untilMs.size > OPEN_MAX && oldest) this.#untilMs.delete(oldest)
    return challenge
  }

  /** True once for a challenge of ours that is not too old. */
  close(challenge: string): boolean {
    const untilMs = this.#untilMs.get(challenge)
    this.#untilMs.delete(challenge)
    return untilMs !== undefined && untilMs > this.#clock.monotonicMs()
  }
}

/** Whether Twilio reaches us, and whether somebody else tries to: counted, since the last start. */
import type { Clock } from "#core/clock.ts"

export class SignatureWatch {
  readonly #clock: Clock
  #signedAtMs: number | undefined
  #refused = 0
  #refusedAtMs: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  signed(): void {
    this.#signedAtMs = Math.round(this.#clock.nowMs())
  }

  refused(): void {
    this.#refused++
    this.#refusedAtMs = Math.round(this.#clock.nowMs())
  }

  get standing() {
    return {
      refused: this.#refused,
      ...(this.#signedAtMs !== undefined && { signedAtMs: this.#signedAtMs }),
      ...(this.#refusedAtMs !== undefined && { refusedAtMs: this.#refusedAtMs }),
    }
  }
}

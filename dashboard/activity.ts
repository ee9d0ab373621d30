/** Tells `sessions` that a program is at work, so that its token does not lock between commands. */
import { Outage } from "#core/fault.ts"
import { sessions } from "../modules/sessions/contract.ts"
import type { Here } from "./needs.ts"

const TOLD_EVERY_MS = 30_000
const TOKENS_MAX = 1_000

export class Activity {
  readonly #here: Here
  readonly #toldAtMs = new Map<string, number>()

  constructor(here: Here) {
    this.#here = here
  }

  noted(token: string): void {
    const nowMs = this.#here.clock.monotonicMs()
    const toldAtMs = this.#toldAtMs.get(token) ?? Number.NEGATIVE_INFINITY
    if (nowMs - toldAtMs < TOLD_EVERY_MS) return
    this.#toldAtMs.set(token, nowMs)
    const [oldest] = this.#toldAtMs.keys()
    if (this.#toldAtMs.size > TOKENS_MAX && oldest) this.#toldAtMs.delete(oldest)
    void this.#tell(token)
  }

  /** The command itself is answered all the same; untold, the token locks in its time. */
  async #tell(token: string): Promise<void> {
    try {
      await this.#here.call(sessions, "keep", { token })
    } catch (trouble) {
      if (!(trouble instanceof Outage)) throw trouble
      this.#toldAtMs.delete(token)
    }
  }
}

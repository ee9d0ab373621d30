/** Whether the pharmacy system answers, asked now and then, so that who looks need not wait. */
import { Outage } from "#core/fault.ts"
import { pms } from "#core/pms.ts"
import type { Here } from "./needs.ts"

export type PmsState = "answers" | "silent" | "unknown"

export class PmsWatch {
  state: PmsState = "unknown"
  sinceMs = 0

  async look({ call, clock }: Pick<Here, "call" | "clock">): Promise<void> {
    const state = await this.#ask(call)
    if (state !== this.state) this.sinceMs = Math.round(clock.nowMs())
    this.state = state
  }

  async #ask(call: Here["call"]): Promise<PmsState> {
    try {
      await call(pms, "ping", {})
      return "answers"
    } catch (trouble) {
      if (trouble instanceof Outage) return "silent"
      throw trouble
    }
  }
}

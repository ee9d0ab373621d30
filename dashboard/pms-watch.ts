/** Whether the pharmacy system answers, asked now and then, so that who looks need not wait. */
import { Outage } from "#core/fault.ts"
import { pms } from "#core/pms.ts"
import type { Here } from "./needs.ts"

export type PmsState = "answers" | "silent" | "unknown"

interface Heard {
  readonly state: PmsState
  readonly system?: string
  readonly hint?: string
}

export class PmsWatch {
  state: PmsState = "unknown"
  sinceMs = 0
  #answeredAtMs: number | undefined
  #heard: Heard = { state: "unknown" }

  get standing() {
    const { sinceMs } = this
    const answeredAtMs = this.#answeredAtMs
    return { ...this.#heard, sinceMs, ...(answeredAtMs !== undefined && { answeredAtMs }) }
  }

  async look({ call, clock }: Pick<Here, "call" | "clock">): Promise<void> {
    const heard = await this.#ask(call)
    const nowMs = Math.round(clock.nowMs())
    if (heard.state !== this.state) this.sinceMs = nowMs
    if (heard.state === "answers") this.#answeredAtMs = nowMs
    this.state = heard.state
    this.#heard = heard
  }

  async #ask(call: Here["call"]): Promise<Heard> {
    try {
      const answer = await call(pms, "ping", {})
      return { state: "answers", ...(answer.ok && { system: answer.value.system }) }
    } catch (trouble) {
      if (!(trouble instanceof Outage)) throw trouble
      return { state: "silent", hint: trouble.hint }
    }
  }
}

/** No more requests in a minute than a vendor allows. What is too much never leaves. */
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { Http } from "./http.ts"

const MINUTE_MS = 60_000

export class Pace {
  readonly #clock: Clock
  readonly #perMinuteMax: number
  #spentAtMs: number[] = []

  constructor(clock: Clock, perMinuteMax: number) {
    this.#clock = clock
    this.#perMinuteMax = perMinuteMax
  }

  /** Undefined: one more may go. What is refused never left, so it may be tried again later. */
  spend(): Outage | undefined {
    const nowMs = this.#clock.nowMs()
    this.#spentAtMs = this.#spentAtMs.filter((atMs) => atMs > nowMs - MINUTE_MS)
    if (this.#spentAtMs.length >= this.#perMinuteMax) return new Outage("overloaded")
    this.#spentAtMs.push(nowMs)
    return undefined
  }
}

export function paced(http: Http, clock: Clock, requestsPerMinuteMax: number): Http {
  const pace = new Pace(clock, requestsPerMinuteMax)
  return async (exchange) => {
    const outage = pace.spend()
    return outage ? { ok: false, outage, mayBeDone: false } : http(exchange)
  }
}

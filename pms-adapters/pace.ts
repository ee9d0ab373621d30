/** No more requests in a minute than a vendor allows. What is too much never leaves. */
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { Http } from "./http.ts"

const MINUTE_MS = 60_000

/** Refused requests never reached the vendor, so they may be tried again later. */
export function paced(http: Http, clock: Clock, requestsPerMinuteMax: number): Http {
  let sentAtMs: number[] = []
  return async (exchange) => {
    const nowMs = clock.nowMs()
    sentAtMs = sentAtMs.filter((atMs) => atMs > nowMs - MINUTE_MS)
    if (sentAtMs.length >= requestsPerMinuteMax) {
      return { ok: false, outage: new Outage("overloaded"), mayBeDone: false }
    }
    sentAtMs.push(nowMs)
    return http(exchange)
  }
}

/**
 * Acts that must not happen twice, over a wire that loses answers. An answer that was lost is asked
 * for by the request's key; the request is never sent again on a guess.
 */
import { Outage } from "#core/fault.ts"
import type { Exchanged } from "./http.ts"

/** The second only when the vendor said that it does not know the first. */
const SENDS_MAX = 2

export interface Submission<T> {
  /** Sends the request under its key. Undefined: an answer that says nothing of our request. */
  send(): Promise<Exchanged<T | undefined>>
  /** Asks what became of the key. Undefined: the vendor does not know it. */
  ask(): Promise<Exchanged<T | undefined>>
}

/** The vendor's word on the request. An outage that is not retryable: it may have been done. */
export async function submitOnce<T>({ send, ask }: Submission<T>): Promise<T> {
  for (let sends = 0; sends < SENDS_MAX; sends++) {
    const sent = await send()
    if (sent.ok && sent.value !== undefined) return sent.value
    if (!sent.ok && !sent.mayBeDone && sends === 0) throw sent.outage
    const asked = await ask()
    if (!asked.ok) break
    if (asked.value !== undefined) return asked.value
  }
  throw new Outage("deadline", { retryable: false })
}

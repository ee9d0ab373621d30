/**
 * Refills at a vendor that knows no key of ours. Each is written down before it is sent; one whose
 * answer was lost is looked for, also after a restart, and never sent again on a guess.
 */
import { Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { Exchanged } from "./http.ts"
import { type KeptStore, Shelf } from "./kept.ts"

const KEPT_MS = 14 * 24 * 3_600_000
const SENDS_MAX = 2

const Note = t.Object({ isTaken: t.Boolean() })

/** What the vendor says of one refill. `absent`: it has no such prescription. */
export type Verdict = "accepted" | "rejected" | "absent"

export interface Refill {
  readonly key: string
  /** Undefined: an answer that leaves our refill out. */
  send(): Promise<Exchanged<Verdict | undefined>>
  /** Whether a fill of that prescription is under way or ready now. */
  look(): Promise<Exchanged<boolean>>
}

export interface Submitted {
  readonly verdict: Verdict
  readonly isRepeated: boolean
}

export interface NotedOptions {
  readonly store: KeptStore
  readonly clock: Clock
  /** The vendor shows a refill from the moment it took it, so what does not show was not taken. */
  readonly showsAtOnce: boolean
}

export class NotedRefills {
  readonly #notes: Shelf<typeof Note>
  readonly #options: NotedOptions
  readonly #running = new Map<string, Promise<Submitted>>()

  constructor(options: NotedOptions) {
    this.#options = options
    this.#notes = new Shelf(options.store, "refill", Note)
  }

  /** Who asks while the same refill is under way hears what became of that one. */
  async submit(refill: Refill): Promise<Submitted> {
    const running = this.#running.get(refill.key)
    if (running !== undefined) {
      const { verdict } = await running
      return { verdict, isRepeated: verdict === "accepted" }
    }
    const fresh = this.#submit(refill).finally(() => this.#running.delete(refill.key))
    this.#running.set(refill.key, fresh)
    return fresh
  }

  async #submit(refill: Refill): Promise<Submitted> {
    const before = await this.#notes.get(refill.key)
    if (before?.value.isTaken) return { verdict: "accepted", isRepeated: true }
    if (before && (await this.#isThere(refill))) return this.#taken(refill, true)
    if (before && !this.#options.showsAtOnce) throw unsettled()
    if (!before) await this.#write(refill, false)
    return this.#send(refill)
  }

  /** Only for a refill that is known not to be there yet. */
  async #send(refill: Refill): Promise<Submitted> {
    let wasLeftOut = false
    for (let sends = 0; sends < SENDS_MAX; sends++) {
      const sent = await refill.send()
      if (sent.ok && sent.value === "accepted") return this.#taken(refill, false)
      if (sent.ok && sent.value === "absent") return this.#struck(refill, "absent")
      if (!sent.ok && !sent.mayBeDone) {
        await this.#struck(refill, "rejected")
        throw sent.outage
      }
      // A refusal too: the vendor refuses a refill that it has just taken from us.
      if (await this.#isThere(refill)) return this.#taken(refill, true)
      if (sent.ok && sent.value === "rejected") return this.#struck(refill, "rejected")
      wasLeftOut = sent.ok
      if (!this.#options.showsAtOnce) break
    }
    throw wasLeftOut && this.#options.showsAtOnce ? new Outage("pms_down") : unsettled()
  }

  async #isThere(refill: Refill): Promise<boolean> {
    const looked = await refill.look()
    if (!looked.ok) throw unsettled()
    return looked.value
  }

  async #taken(refill: Refill, isRepeated: boolean): Promise<Submitted> {
    await this.#write(refill, true)
    await this.#notes.prune(this.#options.clock.nowMs() - KEPT_MS)
    return { verdict: "accepted", isRepeated }
  }

  async #struck({ key }: Refill, verdict: Verdict): Promise<Submitted> {
    const before = await this.#notes.get(key)
    if (before) await this.#options.store.batch([this.#notes.removing(before)])
    return { verdict, isRepeated: false }
  }

  async #write({ key }: Refill, isTaken: boolean): Promise<void> {
    const { store, clock } = this.#options
    const label = { name: key, nowMs: clock.nowMs() }
    await store.batch([this.#notes.putting({ isTaken }, label, await this.#notes.get(key))])
  }
}

/** It may have been done: a person must look before anybody sends it again. */
function unsettled(): Outage {
  return new Outage("deadline", { retryable: false })
}

/**
 * Refills that happen once. Before one is sent it is written down; one that was written down and
 * not answered is asked about, also after a restart, and never sent on a guess.
 */
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { submitOnce } from "../once.ts"
import { Pace } from "../pace.ts"
import type { Orders, Outcome, Refill } from "./orders.ts"
import type { Shelves } from "./records.ts"

export type Submitted = Outcome & { readonly isRepeated: boolean }

export class Refills {
  readonly #orders: Orders
  readonly #shelves: Shelves
  readonly #clock: Clock
  readonly #pace: Pace
  readonly #running = new Map<string, Promise<Submitted>>()

  constructor(orders: Orders, shelves: Shelves, host: { clock: Clock; perMinuteMax: number }) {
    this.#orders = orders
    this.#shelves = shelves
    this.#clock = host.clock
    this.#pace = new Pace(host.clock, host.perMinuteMax)
  }

  /** Who asks while the same refill is under way hears what became of that one. */
  async submit(refill: Refill): Promise<Submitted> {
    const running = this.#running.get(refill.number)
    if (running !== undefined) {
      const outcome = await running
      return { ...outcome, isRepeated: outcome.kind === "accepted" }
    }
    const fresh = this.#submit(refill).finally(() => this.#running.delete(refill.number))
    this.#running.set(refill.number, fresh)
    return fresh
  }

  async #submit(refill: Refill): Promise<Submitted> {
    const { number } = refill
    const { requests } = this.#shelves
    const before = (await requests.get(number))?.value
    if (before?.ticket !== undefined) {
      const { ticket, readyAtMs } = before
      const accepted = { kind: "accepted", ticket, isRepeated: true } as const
      return { ...accepted, ...(readyAtMs !== undefined && { readyAtMs }) }
    }
    if (before) {
      const asked = await this.#orders.ask(refill)
      if (!asked.ok) throw new Outage("deadline", { retryable: false })
      if (asked.value !== undefined) return this.#kept(refill, asked.value, true)
    }
    // A flood of refills is a mistake of ours; the pharmacy system must not drown in it.
    const flood = this.#pace.spend()
    if (flood) throw flood
    if (!before) await this.#write(refill, {})
    return this.#kept(refill, await this.#sendOnce(refill), false)
  }

  async #sendOnce(refill: Refill): Promise<Outcome> {
    let isOpen = false
    try {
      return await submitOnce({
        send: async () => {
          const sent = await this.#orders.send(refill)
          isOpen ||= !sent.ok && sent.mayBeDone
          return sent
        },
        ask: () => {
          isOpen = true
          return this.#orders.ask(refill)
        },
      })
    } catch (trouble) {
      // Nothing can have been done: the next try begins anew.
      if (!isOpen) await this.#strike(refill)
      throw trouble
    }
  }

  async #kept(refill: Refill, outcome: Outcome, isRepeated: boolean): Promise<Submitted> {
    if (outcome.kind === "accepted") {
      const { ticket, readyAtMs } = outcome
      await this.#write(refill, { ticket, ...(readyAtMs !== undefined && { readyAtMs }) })
    } else {
      await this.#strike(refill)
    }
    return { ...outcome, isRepeated }
  }

  async #write(refill: Refill, answer: { ticket?: string; readyAtMs?: number }): Promise<void> {
    const { requests, store } = this.#shelves
    const { number, script } = refill
    const { rxNumber, patient } = script
    const label = { name: number, patient, nowMs: this.#clock.nowMs() }
    const before = await requests.get(number)
    await store.batch([requests.putting({ rxNumber, ...answer }, label, before)])
  }

  async #strike({ number }: Refill): Promise<void> {
    const { requests, store } = this.#shelves
    const before = await requests.get(number)
    if (before) await store.batch([requests.removing(before)])
  }
}

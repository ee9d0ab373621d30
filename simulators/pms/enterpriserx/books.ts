/** What this vendor has on its books of each drug, at the start and as it was set since. */
import { makeShelves } from "../demo/stock.ts"
import type { Queue } from "../rest/queue.ts"

export class Books {
  /** By queue, since a reset makes a new one. */
  readonly #books = new WeakMap<Queue, Map<string, number>>()

  onHand(queue: Queue, ndc: string): number | undefined {
    return this.#of(queue).get(ndc)
  }

  set(queue: Queue, ndc: string, onHand: number): void {
    this.#of(queue).set(ndc, onHand)
  }

  #of(queue: Queue): Map<string, number> {
    const known = this.#books.get(queue)
    if (known) return known
    const shelves = makeShelves(queue.pharmacy.today)
    const books = new Map(shelves.map(({ drug, onHand }) => [drug.ndc, onHand]))
    this.#books.set(queue, books)
    return books
  }
}

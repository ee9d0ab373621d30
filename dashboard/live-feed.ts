/**
 * What pages are told as it happens: that something changed and its id, never what it says. A page
 * that was away gets what it missed, or is told to load again when that is no longer kept.
 */
export interface Change {
  readonly kind: string
  readonly [id: string]: string | number
}

export interface Told {
  readonly id: string
  readonly change: Change
}

const KEPT_MAX = 500

export class LiveFeed {
  /** Tells this feed from one before a restart, whose numbers mean something else. */
  readonly #name: string
  readonly #kept: Told[] = []
  readonly #listeners = new Set<(told: Told) => void>()
  #count = 0

  constructor(name: string) {
    this.#name = name
  }

  get pages(): number {
    return this.#listeners.size
  }

  get lastId(): string {
    return `${this.#name}-${this.#count}`
  }

  publish(change: Change): void {
    this.#count++
    const told = { id: this.lastId, change }
    this.#kept.push(told)
    if (this.#kept.length > KEPT_MAX) this.#kept.shift()
    for (const listener of this.#listeners) listener(told)
  }

  /** What came after an id; undefined when that can't be told any more. */
  since(id: string): readonly Told[] | undefined {
    if (id === this.lastId) return []
    const isJustBeforeKept = id === `${this.#name}-${this.#count - this.#kept.length}`
    const at = this.#kept.findIndex((told) => told.id === id)
    return at < 0 && !isJustBeforeKept ? undefined : this.#kept.slice(at + 1)
  }

  follow(listener: (told: Told) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

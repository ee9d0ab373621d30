/**
 * Which of the agent's words the caller has heard. Twilio returns a mark when the audio before it
 * was played, and also when it was cleared away: only the first kind counts.
 */

/** Marks out at one time; more would mean that Twilio stopped returning them. */
const MARKS_MAX = 400

export interface Heard {
  readonly item: number
  /** So much of the item has been played. */
  readonly ms: number
  readonly isLast: boolean
}

export class MarkLedger {
  #generation = 0
  readonly #out = new Map<string, Heard>()

  /** Notes a stretch that was sent and names the mark that must follow it. */
  sent(stretch: Heard): string {
    const name = `${this.#generation}:${stretch.item}:${stretch.ms}`
    if (this.#out.size < MARKS_MAX) this.#out.set(name, stretch)
    return name
  }

  /** Everything that is out was thrown away; its marks will come back and mean nothing. */
  cleared(): void {
    this.#generation++
    this.#out.clear()
  }

  /** What a returned mark proves; undefined for a cleared one, an unknown one, or a second one. */
  returned(name: string): Heard | undefined {
    const heard = this.#out.get(name)
    this.#out.delete(name)
    return heard
  }

  get outstanding(): number {
    return this.#out.size
  }
}

/** The part of a sentence that was heard, cut at a word. */
export function heardText(text: string, heardMs: number, totalMs: number): string {
  if (totalMs <= 0 || heardMs >= totalMs) return text
  const end = Math.floor((text.length * heardMs) / totalMs)
  const cut = text.slice(0, end)
  if (end >= text.length || /\s/.test(text[end] ?? " ")) return cut.trimEnd()
  return cut.slice(0, cut.lastIndexOf(" ") + 1).trimEnd()
}

/** How long a text takes to say, when nobody has rendered it yet. */
export function estimatedMs(text: string): number {
  return Math.ceil((text.length * 1_000) / 15)
}

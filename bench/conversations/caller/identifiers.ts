/**
 * How well what a caller gives of itself arrives: each name, date, number and drug that was given
 * rightly, and whether the agent went on from it, asked for it again or read back another.
 */
import type { Hearing } from "./hearing.ts"

/** Asked again after it was given: it did not arrive. */
const askedFor: Readonly<Record<string, readonly string[]>> = {
  name: ["name", "name_birth", "name_spelled", "spell"],
  birth: ["birth", "name_birth"],
  third: ["third", "number", "zip", "code"],
}

export class Identifiers {
  offered = 0
  right = 0
  #given: readonly string[] = []
  #isTrue = true

  /** These were given just now, and are right or are not. */
  give(given: readonly string[], isTrue: boolean): void {
    this.#given = given
    this.#isTrue = isTrue
  }

  /** A drug or a number was read back. */
  readBack(isRight: boolean): void {
    this.offered += 1
    if (isRight) this.right += 1
  }

  learn({ question, news }: Hearing): void {
    const given = this.#given
    if (given.length === 0) return
    const asked = question?.is ?? ""
    // A question put again after a silence or a pardon tells nothing of what was given.
    if (!question && news.size === 0) return
    this.#given = []
    if (!this.#isTrue) return
    for (const one of given) {
      const wasLost = news.has("no_match") || (askedFor[one]?.includes(asked) ?? false)
      this.offered += 1
      if (!wasLost) this.right += 1
    }
  }
}

/** Which drugs words name, whoever's they are. Between names equally close it never picks. */
import { type Entry, findNames } from "./names.ts"
import { type Drug, drugs } from "./table.ts"
import { wordsOf } from "./words.ts"

const CLOSE = 0.85
/** A drug this much less close than the closest could have been meant as well. */
const MARGIN = 0.12

export interface NamedDrug {
  readonly genericName: string
  /** The one of its names that was said. */
  readonly plainName: string
}

const entries: readonly Entry<Drug>[] = drugs.map((of) => ({ of, sounds: of.sounds }))

export function drugsNamed(text: string): NamedDrug[][] {
  return findNames(wordsOf(text), entries, CLOSE).map(({ best, close }) => {
    const isExact = best.score === 1
    const meant = close.filter(({ score }) => score >= (isExact ? 1 : best.score - MARGIN))
    return meant.map(({ of, as }) => {
      const names = [of.name, ...of.brands]
      const said = of.sounds.findIndex(({ letters }) => letters === as.letters)
      return { genericName: of.name, plainName: names[said] ?? of.name }
    })
  })
}

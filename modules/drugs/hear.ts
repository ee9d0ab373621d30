/** What one ear heard: each drug that was named or described, and which candidates it fits. */
import { findDescribed } from "./described.ts"
import type { Label } from "./label.ts"
import { isLeftOut } from "./left-out.ts"
import { type Entry, findNames, isInside, type Named, overlaps, type Span } from "./names.ts"
import { closeness, type Sound } from "./sound.ts"
import { areListedTogether, drugs } from "./table.ts"
import { wordsOf } from "./words.ts"

/** A candidate this much less close than the closest could have been meant as well. */
const MARGIN = 0.12
/** Two names closer than this are taken for each other. */
const ALIKE = 0.72
/** A drug that is nobody's here must come closer than the caller's own to count as named. */
const OTHER_CLOSE = 0.85

export interface Candidate {
  readonly rxNumber: string
  readonly label: Label
}

export interface Mention extends Span {
  readonly by: "name" | "use"
  /** Whom it may be, the closest first. Never empty. */
  readonly fits: readonly string[]
  /** The only one that was named letter by letter. */
  readonly exact: string | undefined
  readonly score: number
  readonly isLeftOut: boolean
}

export interface Heard {
  readonly mentions: readonly Mention[]
  /** Something was named or described that fits no candidate. */
  readonly namesOther: boolean
}

/** `closeEnough`, 0 to 1, is how close a name must come to count. */
export function hear(text: string, candidates: readonly Candidate[], closeEnough: number): Heard {
  const words = wordsOf(text)
  const uses = findDescribed(words)
  const named = findNames(words, lexiconOf(candidates), closeEnough).filter(
    (one) => one.best.score === 1 || !uses.some((use) => isInside(one, use)),
  )
  const byName = named.flatMap((one) => mentionOf(words, one, candidates) ?? [])
  const described = uses.filter((it) => !named.some((one) => overlaps(it, one)))
  const fitting = described.map((it) => ({ ...it, fits: usedFor(it.use, candidates) }))
  const byUse = fitting
    .filter(({ fits }) => fits.length > 0)
    .map(({ from, until, fits }) => ({
      ...{ by: "use" as const, from, until, fits, exact: undefined, score: 1 },
      isLeftOut: isLeftOut(words, { from, until }),
    }))
  const isOtherNamed = named.some(({ best }) => !best.of && best.score >= OTHER_CLOSE)
  return {
    mentions: [...byName, ...byUse].toSorted((a, b) => a.from - b.from),
    namesOther: isOtherNamed || fitting.some(({ fits }) => fits.length === 0),
  }
}

/** The candidates by all their names, and every other known name, which is nobody's. */
function lexiconOf(candidates: readonly Candidate[]): readonly Entry<Candidate | undefined>[] {
  const own = new Set(candidates.flatMap(({ label }) => label.sounds.map((it) => it.letters)))
  const others = drugs.flatMap(({ sounds }) => sounds).filter(({ letters }) => !own.has(letters))
  return [
    // Others first: of two that came equally close, the one that is not the caller's counts.
    { of: undefined, sounds: others },
    ...candidates.map((of) => ({ of, sounds: of.label.sounds })),
  ]
}

function mentionOf(
  words: readonly string[],
  { from, until, heard, best, close }: Named<Candidate | undefined>,
  candidates: readonly Candidate[],
): Mention | undefined {
  if (!best.of) return undefined
  const near = close.filter(({ score }) => score >= best.score - MARGIN)
  const alike = candidates.filter(({ label }) =>
    [heard, best.as].some((said) => isAlike(said, label.sounds)),
  )
  const fits = [...near.flatMap(({ of }) => of ?? []), ...alike].map(({ rxNumber }) => rxNumber)
  const exact = close.filter(({ score }) => score === 1)
  return {
    ...{ by: "name", from, until, score: best.score },
    fits: [...new Set(fits)],
    exact: exact.length === 1 ? best.of.rxNumber : undefined,
    isLeftOut: isLeftOut(words, { from, until }),
  }
}

function isAlike(said: Sound, names: readonly Sound[]): boolean {
  return areListedTogether([said], names) || names.some((name) => closeness(said, name) >= ALIKE)
}

function usedFor(use: string, candidates: readonly Candidate[]): readonly string[] {
  return candidates
    .filter(({ label }) => label.drugs.some(({ uses }) => uses.includes(use)))
    .map(({ rxNumber }) => rxNumber)
}

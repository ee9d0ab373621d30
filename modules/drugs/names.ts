/** Finds names in what was heard, also misspelt or cut into several words. Decides nothing. */
import { closeness, type Sound, soundOf } from "./sound.ts"
import { joined } from "./words.ts"

/** How many words one name may have been heard as. */
const WORDS_MAX = 5
/** Short names are like ordinary words, so they must come closer. */
const SHORT_NAME_LENGTH = 8
const SHORT_NAME_SURPLUS = 0.08
/** Less than a letter too many costs, so that no word beside a name is taken into it. */
const LETTER_WORTH = 0.01

/** Where in the words something was said. `until` is the first word after it. */
export interface Span {
  readonly from: number
  readonly until: number
}

export interface Entry<T> {
  readonly of: T
  /** The names it goes by. */
  readonly sounds: readonly Sound[]
}

export interface Close<T> {
  readonly of: T
  /** Which of its names came closest, and how close. */
  readonly as: Sound
  readonly score: number
}

export interface Named<T> extends Span {
  readonly heard: Sound
  readonly best: Close<T>
  /** Everything that came close enough, the best first. */
  readonly close: readonly Close<T>[]
}

/** Finds the closest names, none over another, in the order they were said. */
export function findNames<T>(
  words: readonly string[],
  entries: readonly Entry<T>[],
  threshold: number,
): readonly Named<T>[] {
  const all = spansOf(words).flatMap((span) => compared(words, span, entries, threshold) ?? [])
  const best = all.toSorted((a, b) => rank(b) - rank(a) || a.from - b.from)
  const kept: Named<T>[] = []
  for (const one of best) if (!kept.some((other) => overlaps(one, other))) kept.push(one)
  return kept.toSorted((a, b) => a.from - b.from)
}

export function overlaps(one: Span, other: Span): boolean {
  return one.from < other.until && other.from < one.until
}

export function isInside(one: Span, other: Span): boolean {
  return one.from >= other.from && one.until <= other.until
}

function compared<T>(
  words: readonly string[],
  { from, until }: Span,
  entries: readonly Entry<T>[],
  threshold: number,
): Named<T> | undefined {
  const [whole, ...cutFree] = readingsOf(joined(words.slice(from, until))).map((letters) => {
    const heard = soundOf(letters)
    const close = entries
      .flatMap(({ of, sounds }) => closest(heard, sounds, threshold).map((it) => ({ of, ...it })))
      .toSorted((a, b) => b.score - a.score)
    return { heard, close }
  })
  const reading = whole && whole.close.length > 0 ? whole : cutFree[0]
  const best = reading?.close[0]
  return best && { from, until, best, ...reading }
}

/** An ear may write a small word and the name behind it as one: "theatorvastatin". */
const glued = /^(?:the|that|my|your|some|of)(?=[a-z]{7})/

function readingsOf(letters: string): readonly string[] {
  return glued.test(letters) ? [letters, letters.replace(glued, "")] : [letters]
}

/** The closest of the names of one thing, or none of them. */
function closest(heard: Sound, sounds: readonly Sound[], threshold: number) {
  return sounds
    .map((as) => ({ as, score: closeness(heard, as) }))
    .filter(({ as, score }) => score >= needed(as, threshold))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 1)
}

function needed({ letters }: Sound, threshold: number): number {
  return letters.length < SHORT_NAME_LENGTH ? threshold + SHORT_NAME_SURPLUS : threshold
}

function spansOf(words: readonly string[]): readonly Span[] {
  return words.flatMap((_, from) =>
    Array.from({ length: Math.min(WORDS_MAX, words.length - from) }, (_, more) => ({
      from,
      until: from + more + 1,
    })),
  )
}

/** A long name that is nearly right explains more than a short one inside it that is right. */
function rank<T>({ best, heard }: Named<T>): number {
  return best.score + LETTER_WORTH * heard.letters.length
}

/** Finds what a drug is for in what was heard: "my blood pressure pills", "the one for sleep". */
import { isInside, type Span } from "./names.ts"
import { uses } from "./table.ts"

export interface Described extends Span {
  readonly use: string
}

const pill = new Set(
  [
    "pill pills tablet tablets capsule capsules medicine medicines medication medications med meds",
    "drug drugs prescription prescriptions script scripts rx refill refills one ones stuff drops",
    "inhaler spray cream shot shots injection patch patches",
    "pastilla pastillas pastillita pastillitas pildora pildoras tableta tabletas",
    "capsula capsulas medicina medicinas",
    "medicamento medicamentos receta recetas prescripcion gotas crema inyeccion parche parches",
  ].flatMap((line) => line.split(" ")),
)
/** Words that may stand between a use and its pill: "pressure and cholesterol pills". */
const between = new Set(
  "and or my the a for also control high his her y o mi la el las los del de tambien alta".split(
    " ",
  ),
)
/** Words that leave an answer an answer: "the cholesterol one, please". */
const around = new Set([
  ...between,
  ..."please yes yeah uh um its it is i need si eh por favor necesito es para".split(" "),
])
/** How far before the use its word may stand: "the pill that I take in the morning for ...". */
const BEFORE_MAX = 8

/** Each use that was described, the longest words for it. */
export function findDescribed(words: readonly string[]): readonly Described[] {
  const phrases = [...uses].flatMap(([use, { of, alone }]) => [
    ...alone.flatMap((phrase) => placesOf(words, phrase).map((span) => ({ ...span, use }))),
    ...of
      .flatMap((phrase) => placesOf(words, phrase).map((span) => ({ ...span, use })))
      .filter((span) => isOfAPill(words, span)),
  ])
  return phrases.filter((one) => !phrases.some((other) => isPartOf(one, other)))
}

function placesOf(words: readonly string[], phrase: readonly string[]): readonly Span[] {
  return words.flatMap((_, from) =>
    phrase.every((word, at) => words[from + at] === word)
      ? [{ from, until: from + phrase.length }]
      : [],
  )
}

/** A use by itself is no drug: "I can't sleep". A pill stands beside it. */
function isOfAPill(words: readonly string[], span: Span): boolean {
  return isBeforePill(words, span) || isAfterPill(words, span) || isWholeAnswer(words, span)
}

function isBeforePill(words: readonly string[], { until }: Span): boolean {
  const next = words.slice(until).find((word) => !between.has(word) && !isUseWord(word))
  return next !== undefined && pill.has(next)
}

function isAfterPill(words: readonly string[], { from }: Span): boolean {
  const before = words.slice(Math.max(0, from - BEFORE_MAX), from)
  const at = before.findLastIndex((word) => pill.has(word))
  return at !== -1 && before.slice(at).some((word) => forWords.has(word))
}

const forWords = new Set(["for", "para", "de", "del"])

function isWholeAnswer(words: readonly string[], { from, until }: Span): boolean {
  return words.every((word, at) => (at >= from && at < until) || around.has(word))
}

const useWords = new Set([...uses.values()].flatMap(({ of }) => of.flat()))

function isUseWord(word: string): boolean {
  return useWords.has(word)
}

function isPartOf(one: Described, other: Described): boolean {
  return isInside(one, other) && !isInside(other, one)
}

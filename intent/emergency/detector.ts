/** Hears danger, in English and Spanish at once, before anything else looks at the words. It decides
 * from words alone; when it doubts whether danger is denied or meant, it says so and never silence. */
import type { EmergencyFamily } from "../contract.ts"
import { tokensOf } from "../words.ts"
import { type Lexicon, lexicons } from "./lexicon.ts"
import { findPattern, matchEnd, type Pattern, type Span } from "./pattern.ts"

export interface Alarm {
  readonly family: EmergencyFamily
  readonly certainty: "certain" | "possible"
}

/** Which script is read when several dangers are heard. */
const order: readonly EmergencyFamily[] = [
  "self_harm",
  "anaphylaxis",
  "heart_stroke_breathing",
  "overdose_poison",
  "violence",
  "sugar_bleeding_pregnancy_infant",
  "animal_poison",
]

interface Finding {
  readonly family: EmergencyFamily
  readonly span: Span
  readonly certainty: "certain" | "possible" | "past"
}

interface Utterance {
  readonly words: readonly string[]
  /** Index of the first word of the clause each word stands in. */
  readonly clauseStart: readonly number[]
}

/** The gravest danger in the words, or undefined. */
export function detectEmergency(text: string): Alarm | undefined {
  const utterance = clausesOf(text)
  const findings = lexicons.flatMap((lexicon) => findingsOf(utterance, lexicon))
  return gravest(findings, "certain") ?? gravest(findings, "possible")
}

function gravest(
  findings: readonly Finding[],
  certainty: "certain" | "possible",
): Alarm | undefined {
  const heard = new Set(
    findings.filter((finding) => finding.certainty === certainty).map((finding) => finding.family),
  )
  const family = order.find((candidate) => heard.has(candidate))
  return family && { family, certainty }
}

function clausesOf(text: string): Utterance {
  const words: string[] = []
  const clauseStart: number[] = []
  let start = 0
  for (const token of tokensOf(text)) {
    const isTurn = token.word === "but" || token.word === "pero"
    if (token.opensClause || isTurn) start = words.length
    clauseStart.push(start)
    words.push(token.word)
  }
  return { words, clauseStart }
}

function findingsOf(utterance: Utterance, lexicon: Lexicon): Finding[] {
  const { words } = utterance
  const idioms = lexicon.idioms.flatMap((idiom) => findPattern(idiom, words))
  const isNow = findPattern(lexicon.now, words).length > 0
  return lexicon.triggers.flatMap((trigger) =>
    findPattern(trigger.pattern, words)
      .filter((span) => !idioms.some((idiom) => overlaps(idiom, span)))
      .map((span) => ({
        family: familyOf(trigger.family, span, utterance),
        span,
        certainty: certaintyOf(trigger.family, span, utterance, { lexicon, isNow }),
      })),
  )
}

function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to
}

const ANIMAL_REACH_WORDS = 3

/** "My dog swallowed my pills" is an animal's poisoning, whatever the trigger was. */
function familyOf(family: EmergencyFamily, span: Span, { words }: Utterance): EmergencyFamily {
  if (family === "self_harm" || family === "violence") return family
  const animals = lexicons[0]?.animals
  if (!animals) return family
  const near = words.slice(Math.max(0, span.from - ANIMAL_REACH_WORDS), span.from + 1)
  const isAnimal = findPattern(animals, near).length > 0
  const isAlsoPerson = near.some((word) => word === "i" || word === "im" || word === "and")
  return isAnimal && !isAlsoPerson ? "animal_poison" : family
}

interface Surroundings {
  readonly lexicon: Lexicon
  /** "Right now", "help", "ambulance": whatever else is said, it is happening. */
  readonly isNow: boolean
}

/** Families in which even what is long past, or denied, is worth one question. */
const neverPast: ReadonlySet<EmergencyFamily> = new Set([
  "self_harm",
  "overdose_poison",
  "violence",
])

function certaintyOf(
  family: EmergencyFamily,
  span: Span,
  utterance: Utterance,
  { lexicon, isNow }: Surroundings,
): "certain" | "possible" | "past" {
  const isPast = lexicon.history.some((past) => findPattern(past, utterance.words).length > 0)
  if (isPast && !isNow) return neverPast.has(family) ? "possible" : "past"
  if (isNegated(span, utterance, lexicon.negators)) return "possible"
  if (isPurpose(span, utterance, lexicon) && !isNow) return "possible"
  return "certain"
}

const NEGATION_REACH_WORDS = 4

/** A negator shortly before, in the same clause; an answering "no" and "no, I ..." are none. */
function isNegated(span: Span, { words, clauseStart }: Utterance, negators: Pattern): boolean {
  const start = Math.max(clauseStart[span.from] ?? 0, span.from - NEGATION_REACH_WORDS)
  for (let at = start; at < span.from; at += 1) {
    if (matchEnd(negators, 0, words, at) === undefined) continue
    const isAnswer = words[at] === "no" && at + 1 < span.from && isSubject(words[at + 1] ?? "")
    const isRepeated = words[at] === "no" && words[at + 1] === "no"
    if (!isAnswer && !isRepeated) return true
  }
  return false
}

function isSubject(word: string): boolean {
  return /^(i|im|ive|he|hes|she|shes|my|we|they|its|it|the|there|please|me|mi|se|yo|el|ella|esta|estoy|tengo)$/.test(
    word,
  )
}

const PURPOSE_REACH_WORDS = 6

/** "For my chest pain", "chest pain pills", "if I have chest pain": what a drug is for. */
function isPurpose(span: Span, { words, clauseStart }: Utterance, lexicon: Lexicon): boolean {
  const start = Math.max(clauseStart[span.from] ?? 0, span.from - PURPOSE_REACH_WORDS)
  const before = words.slice(start, span.from)
  const leads = findPattern(lexicon.purposeBefore, [...before.slice(-4)])
  if (leads.some((lead) => isFor(before.slice(-4), lead))) return true
  if (lexicon.purposeWords.some((word) => findPattern(word, before).length > 0)) return true
  return lexicon.purposeAfter.some((after) => matchEnd(after, 0, words, span.to) !== undefined)
}

/** "For" leads to a purpose unless it tells how long: "for two hours", "for a while". */
function isFor(words: readonly string[], lead: Span): boolean {
  const next = words[lead.from + 1] ?? ""
  return !/^(an|one|two|three|about|hours?|days?|while|\d+|una|dos|tres|help|him|her|someone)$/.test(
    next,
  )
}

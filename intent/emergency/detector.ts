/** Hears danger, in English and Spanish at once, before anything else looks at the words. Where it
 * doubts whether danger is denied or meant, it says so; it never passes over it in silence. */
import type { EmergencyFamily } from "../contract.ts"
import { tokensOf } from "../words.ts"
import { lexicon } from "./lexicon.ts"
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
  readonly certainty: "certain" | "possible" | "past"
}

interface Utterance {
  readonly words: readonly string[]
  /** Index of the first word of the clause each word stands in. */
  readonly clauseStart: readonly number[]
}

/** The gravest danger in the words, or undefined. */
export function detectEmergency(text: string): Alarm | undefined {
  const findings = findingsOf(clausesOf(text))
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

function findingsOf(utterance: Utterance): Finding[] {
  const { words } = utterance
  const idioms = lexicon.idioms.flatMap((idiom) => findPattern(idiom, words))
  return lexicon.triggers.flatMap((trigger) =>
    findPattern(trigger.pattern, words)
      .filter((span) => !idioms.some((idiom) => overlaps(idiom, span)))
      .map((span) => ({
        family: familyOf(trigger.family, span, utterance),
        certainty: trigger.isDoubtful
          ? ("possible" as const)
          : certaintyOf(trigger.family, span, utterance),
      })),
  )
}

function overlaps(a: Span, b: Span): boolean {
  return a.from < b.to && b.from < a.to
}

function isSaid(patterns: readonly Pattern[], words: readonly string[]): boolean {
  return patterns.some((pattern) => findPattern(pattern, words).length > 0)
}

function begins(patterns: readonly Pattern[], words: readonly string[], at: number): boolean {
  return patterns.some((pattern) => matchEnd(pattern, 0, words, at) !== undefined)
}

const ANIMAL_REACH_WORDS = 3

/** "My dog swallowed my pills" is an animal's poisoning, whatever the trigger was. */
function familyOf(family: EmergencyFamily, span: Span, { words }: Utterance): EmergencyFamily {
  if (family === "self_harm" || family === "violence") return family
  const near = words.slice(Math.max(0, span.from - ANIMAL_REACH_WORDS), span.from + 1)
  const isAlsoPerson = near.some((word) => /^(i|im|and|y|yo)$/.test(word))
  return isSaid(lexicon.animals, near) && !isAlsoPerson ? "animal_poison" : family
}

/** Families in which even what is long past is worth one question. */
const neverPast: ReadonlySet<EmergencyFamily> = new Set([
  "self_harm",
  "overdose_poison",
  "violence",
])

function certaintyOf(
  family: EmergencyFamily,
  span: Span,
  utterance: Utterance,
): "certain" | "possible" | "past" {
  const { words } = utterance
  // "Right now", "help", "ambulance": whatever else is said, it is happening.
  const isNow = isSaid(lexicon.now, words)
  if (isSaid(lexicon.history, words) && !isNow) return neverPast.has(family) ? "possible" : "past"
  if (isNegated(span, utterance)) return "possible"
  return isPurpose(family, span, utterance) && !isNow ? "possible" : "certain"
}

const NEGATION_REACH_WORDS = 4

/** A negator shortly before, in the same clause and the same statement. */
function isNegated(span: Span, { words, clauseStart }: Utterance): boolean {
  const start = Math.max(clauseStart[span.from] ?? 0, span.from - NEGATION_REACH_WORDS)
  for (let at = start; at < span.from; at += 1) {
    if (!begins(lexicon.negators, words, at)) continue
    const between = words.slice(at + 1, span.from)
    const isAnswer = words[at] === "no" && between[0] === "no"
    const isOther = isAnotherStatement(between, words[span.from] ?? "")
    if (!isAnswer && !isOther) return true
  }
  return false
}

const subject = /^(i|im|ive|he|hes|she|shes|my|we|they|its|it|there|please|yo|el|ella)$/
/** Spanish leaves the subject out: the verb begins the new statement. */
const spanishVerb = /^(quiero|voy|tengo|tiene|estoy|esta|siento|se|me|le|creo)$/
const opinion = /^(think|believe|know|feel|say|said|creo|pienso)$/

/** "No, I have chest pain" and "it isn't working, I have chest pain" deny no pain. */
function isAnotherStatement(between: readonly string[], next: string): boolean {
  if (opinion.test(between[0] ?? "")) return false
  if (between.some((word) => subject.test(word))) return true
  return [...between, next].slice(2).some((word) => spanishVerb.test(word))
}

const PURPOSE_REACH_WORDS = 6
const FOR_REACH_WORDS = 4

/** "For my chest pain", "chest pain pills", "if I have chest pain": what a drug is for. */
function isPurpose(
  family: EmergencyFamily,
  span: Span,
  { words, clauseStart }: Utterance,
): boolean {
  // "If I take all of these will I die" is no question about a drug.
  if (family === "self_harm") return false
  const start = Math.max(clauseStart[span.from] ?? 0, span.from - PURPOSE_REACH_WORDS)
  const before = words.slice(start, span.from)
  if (isSaid(lexicon.purposeWords, before)) return true
  const close = before.slice(-FOR_REACH_WORDS)
  const leads = lexicon.purposesBefore.flatMap((pattern) => findPattern(pattern, close))
  if (leads.some((lead) => isFor(close[lead.from + 1] ?? ""))) return true
  // "Too many pills" is no name of a pill; "overdose kit" is one of a kit.
  const isName = !neverPast.has(family) || span.to - span.from === 1
  return isName && begins(lexicon.purposesAfter, words, span.to)
}

const noPurpose =
  /^(an|one|two|three|about|hours?|days?|while|\d+|una|dos|tres|help|him|her|someone)$/

/** "For" leads to a purpose unless it tells how long or for whom: "for two hours", "for help". */
function isFor(next: string): boolean {
  return !noPurpose.test(next)
}

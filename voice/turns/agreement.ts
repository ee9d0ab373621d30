/**
 * Two ears heard the same words; this says what was said and how sure that is. It never mends a
 * number or a drug by guessing: where the ears differ on one, both texts go on.
 */
import type { Expect, Language } from "../../intent/contract.ts"
import { digitsOf, overlap, wordsOf } from "./said.ts"

/** Less voice than this cannot carry a word; whatever an ear wrote then, it made up. */
const SPEECH_MS_MIN = 120

/** Written by transcribers over silence, noise and music. */
const MADE_UP = new Set([
  "thank you for watching",
  "thanks for watching",
  "please subscribe",
  "subtitles by the amara org community",
  "subtitulos realizados por la comunidad de amara org",
  "music",
  "musica",
  "gracias por ver el video",
  "gracias por ver",
  "suscribete",
  "applause",
  "silence",
  "blank audio",
  "you",
])

/** Said to every pharmacy, and misheard when not expected. */
const STORE_WORDS = {
  en: {
    words: "refill, prescription, pharmacist, copay, milligrams.",
    wish: "I need a refill of my",
  },
  es: { words: "resurtir, receta, farmacia, queja, código.", wish: "Necesito un refill de mi" },
} as const

/**
 * A Spanish sentence with digits one by one: an ear that has read it writes them so; else it makes
 * thousands of them, and drops some (`npm run bench digits`). The number is nobody's, and over
 * noise an ear may write it out of nothing.
 */
const DIGITS_SAID = "El número es 8, 3, 5, 0, 6, 1, 9."

/** In any other language it only tells whether something was said at all. */
const QUICK_EAR_KNOWS: Language = "en"

/** How sure the words are, by who heard them. */
const AGREED = 0.95
const ALONE = 0.8
const UNLIKE = 0.65
const DIFFERED = 0.5
const DOUBTED = 0.4

/** Share of the words that both ears wrote, from which on they heard the same. */
const ALIKE_MIN = 0.5

/** Fewer words differ by chance; in so many, less than this share alike is another language. */
const SENTENCE_WORDS = 4
const FOREIGN_MAX = 0.3

/** How many digits answer a question. Dates are not among them: they are said in words. */
const DIGIT_QUESTIONS: ReadonlyMap<Expect, { readonly min: number; readonly max: number }> =
  new Map([
    ["rx_number", { min: 6, max: 9 }],
    ["zip", { min: 5, max: 5 }],
    ["code", { min: 6, max: 6 }],
  ])
const DRUG_QUESTIONS: ReadonlySet<Expect> = new Set(["request", "which_drug"])

export interface Hearing {
  /** Undefined while the ear has not answered. */
  readonly quick: string | undefined
  readonly careful: string | undefined
  readonly speechMs: number
  readonly expect: Expect
  readonly vocabulary: readonly string[]
  readonly language: Language
}

export interface Settled {
  readonly text: string
  readonly otherText?: string
  readonly confidence: number
}

/** Words the careful ear is told before: drugs where one may be said, digits where they are due. */
export function promptFor(
  expect: Expect,
  vocabulary: readonly string[],
  language: Language,
): string | undefined {
  if (DIGIT_QUESTIONS.has(expect)) return language === "es" ? DIGITS_SAID : undefined
  if (!DRUG_QUESTIONS.has(expect)) return undefined
  const { words, wish } = STORE_WORDS[language]
  // A sentence such as callers say is followed better than a list.
  return vocabulary.length === 0 ? words : `${words} ${wish} ${vocabulary.join(", ")}.`
}

/** Whether a drug, a number or a name may be said, or the quick ear does not know the language. */
export function needsBothEars(expect: Expect, language: Language): boolean {
  return expect !== "yes_no" || language !== QUICK_EAR_KNOWS
}

/** Whether the careful ear must be heard too, as the quick one wrote this; null: it failed. */
export function needsCarefulEar(expect: Expect, quick: string | null, language: Language): boolean {
  if (quick === null || needsBothEars(expect, language)) return true
  return digitsOf(quick).length > 0 || wordsOf(quick).length > 3
}

/** What was said, or undefined when nothing that can be relied on was. */
export function settle(hearing: Hearing): Settled | undefined {
  if (hearing.speechMs < SPEECH_MS_MIN) return undefined
  const quick = real(hearing.quick)
  const careful = quick ? real(hearing.careful) : unprompted(hearing)
  if (!quick && !careful) return undefined
  if (hearing.language !== QUICK_EAR_KNOWS) return ofCarefulEar(careful, hearing)
  if (!careful) return { text: quick, confidence: ALONE }
  // An ear that heard nothing is silent about what the other one wrote, not against it, except
  // that Whisper writes words over noise and the quick ear does not.
  if (!quick) return { text: careful, confidence: hearing.quick === undefined ? ALONE : DOUBTED }
  const text = isQuickBetter(hearing.expect, quick, careful) ? quick : careful
  const otherText = text === quick ? careful : quick
  if (agree(quick, careful, hearing.vocabulary)) {
    const isAlike = overlap(wordsOf(quick), wordsOf(careful)) >= ALIKE_MIN
    const confidence = isAlike ? AGREED : UNLIKE
    // Whose drugs may be meant is not known yet: the other ear may be the one that heard the name.
    const mayHoldName = DRUG_QUESTIONS.has(hearing.expect) && hearing.vocabulary.length === 0
    const isSame = wordsOf(quick).join(" ") === wordsOf(careful).join(" ")
    return { text, ...(mayHoldName && !isSame ? { otherText } : {}), confidence }
  }
  return { text, otherText, confidence: DIFFERED }
}

/** What only the careful ear made out, unless that is what it was told before. */
function unprompted({ careful }: Hearing): string {
  const opening = (text: string) => wordsOf(text).slice(0, 4).join(" ")
  const text = real(careful)
  return opening(text) === opening(DIGITS_SAID) ? "" : text
}

/** What the careful ear wrote, when the other one can only say whether anything was said. */
function ofCarefulEar(careful: string, { quick }: Hearing): Settled | undefined {
  if (!careful) return undefined
  const isBorneOut = quick === undefined || real(quick) !== ""
  return { text: careful, confidence: isBorneOut ? ALONE : DOUBTED }
}

/**
 * Whether what two ears wrote may have been no English at all. While it is open which language the
 * caller speaks, they need only differ; later, when somebody may cry out in their own language,
 * they must have heard nothing alike in a whole sentence.
 */
export function mayBeSpanish(hearing: Hearing, isLanguageOpen: boolean): boolean {
  const { quick, careful, expect, language } = hearing
  const settled = settle(hearing)
  if (language !== "en" || settled === undefined || settled.confidence >= AGREED) return false
  if (isLanguageOpen && expect === "request") return true
  const [one, other] = [wordsOf(quick ?? ""), wordsOf(careful ?? "")]
  const isSentence = Math.min(one.length, other.length) >= SENTENCE_WORDS
  return isSentence && overlap(one, other) < FOREIGN_MAX
}

/** What the careful ear understood when it was asked for Spanish and found it. */
export function asSpanish(text: string): Settled {
  return { text, confidence: ALONE }
}

/** The quick ear is the better one on digits, unless only the careful one heard enough of them. */
function isQuickBetter(expect: Expect, quick: string, careful: string): boolean {
  const length = DIGIT_QUESTIONS.get(expect)
  if (!length) return false
  const isWhole = (text: string) => {
    const count = digitsOf(text).length
    return count >= length.min && count <= length.max
  }
  return isWhole(quick) || !isWhole(careful)
}

function agree(quick: string, careful: string, vocabulary: readonly string[]): boolean {
  if (digitsOf(quick) !== digitsOf(careful)) return false
  const drugs = new Set(vocabulary.flatMap(wordsOf).filter((word) => word.length > 3))
  const heard = (text: string) => wordsOf(text).filter((word) => drugs.has(word))
  return heard(quick).join(" ") === heard(careful).join(" ")
}

function real(text: string | undefined): string {
  const once = withoutRepeats((text ?? "").trim())
  const words = wordsOf(once)
  return MADE_UP.has(words.join(" ")) || goesInCircles(words) ? "" : once
}

/** A few words so often in a row, and nothing was heard: "que es el que es el que es el". */
const ROUNDS_MIN = 5
const CIRCLE_WORDS = [2, 3, 4]

function goesInCircles(words: readonly string[]): boolean {
  return CIRCLE_WORDS.some(
    (round) =>
      words.length >= round * ROUNDS_MIN &&
      words.every((word, at) => at < round || word === words[at - round]),
  )
}

/** A transcriber that loops says one sentence again and again. */
function withoutRepeats(text: string): string {
  const sentences = text.split(/(?<=[.!?])\s+/)
  return sentences
    .filter((it, at) => at === 0 || it.toLowerCase() !== sentences[at - 1]?.toLowerCase())
    .join(" ")
}

/** One utterance understood: danger first, then what is wanted, then what was told. Pure. */
import type { Clock } from "#core/clock.ts"
import { gravest } from "#core/mood.ts"
import { readWishes, type Step } from "./cascade.ts"
import type { Expect, Language, Understanding } from "./contract.ts"
import { readKeys } from "./direct/keys.ts"
import { detectEmergency } from "./emergency/detector.ts"
import { languageOf } from "./language.ts"
import type { Details } from "./local-model/details.ts"
import { objectsToRecording, toneOf } from "./slots/cues.ts"
import { moodOf } from "./slots/mood.ts"
import { slotsOf } from "./slots/slots.ts"
import { wordsOf } from "./words.ts"

export interface Utterance {
  readonly text: string
  /** What another ear wrote, where the two were not of one mind. */
  readonly otherText?: string
  readonly source: "speech" | "typed" | "keys"
  readonly expect: Expect
  readonly language: Language
  /** `YYYY-MM-DD`. */
  readonly today: string
}

/** The steps from words to wishes, and the clock their budgets are measured by. */
export interface Reader {
  readonly steps: readonly Step[]
  readonly clock: Clock
}

/** All that can be made of one utterance, without knowing who says it. */
export async function understandUtterance(
  utterance: Utterance,
  { steps, clock }: Reader,
): Promise<Understanding> {
  if (utterance.source === "keys") return understandKeys(utterance)
  return understandWords(utterance, { steps, clock })
}

function understandKeys({ text, expect, language, today }: Utterance): Understanding {
  const { intent, slots, isOtherLanguage } = readKeys(text, expect, today)
  const wishes = intent ? [{ intent, confidence: 1 }] : []
  const other = language === "en" ? "es" : "en"
  return { wishes, slots, objectsToRecording: false, language: isOtherLanguage ? other : language }
}

async function understandWords(
  utterance: Utterance,
  { steps, clock }: Reader,
): Promise<Understanding> {
  const { text, otherText = "", expect } = utterance
  // What is said in another language than before is read in that one at once.
  const language = languageOf(text, utterance.language)
  const emergency = graver(detectEmergency(text), detectEmergency(otherText))
  const slots = slotsOf({ ...utterance, language })
  const tone = toneOf(text)
  const isOnlyAnswer = answersQuestion(utterance, slots)
  const question = { text, expect, language }
  const read = isOnlyAnswer ? undefined : await readWishes(steps, question, clock)
  const mood = gravest(moodOf(text), read?.mood)
  return {
    ...(emergency && { emergency }),
    wishes: [...(read?.wishes ?? [])],
    slots,
    ...(tone && { tone }),
    ...(mood && { mood }),
    objectsToRecording: objectsToRecording(text),
    language,
    ...(read && { tried: [...read.tried] }),
  }
}

/** What a model told beside: what rules read from the same words stands. */
export function withDetails(
  understood: Understanding,
  { mood: seems, ...described }: Details,
): Understanding {
  const mood = gravest(understood.mood, seems)
  return { ...understood, slots: { ...described, ...understood.slots }, ...(mood && { mood }) }
}

type Emergency = Understanding["emergency"]

/** Of two hearings the one with danger in it counts, and the certain one first. */
function graver(one: Emergency, other: Emergency): Emergency {
  return other?.certainty === "certain" && one?.certainty !== "certain" ? other : (one ?? other)
}

const LONGEST_ANSWER_WORDS = 25

/** A name, a number or a date that was asked for is an answer and no new wish. */
function answersQuestion({ text, expect }: Utterance, slots: Understanding["slots"]): boolean {
  const isShort = wordsOf(text).length <= LONGEST_ANSWER_WORDS
  if (!isShort) return false
  if (expect === "name") return slots.datesOfBirth !== undefined || isBareName(text, slots)
  if (expect === "date_of_birth") return slots.datesOfBirth !== undefined
  if (expect === "rx_number") return (slots.rxNumbers ?? slots.zip ?? slots.wantsCode) !== undefined
  if (expect === "zip") return slots.zip !== undefined
  return expect === "code" && slots.digits !== undefined
}

const LONGEST_NAME_WORDS = 6
const wishWords = new Set(
  (
    "refill prescription pharmacist person representative hours open close insurance agent " +
    "operator someone somebody human repeat why what bye goodbye medication medicine pills ready " +
    "no dont cant help again need want"
  ).split(" "),
)

function isBareName(text: string, slots: Understanding["slots"]): boolean {
  if (!slots.name) return false
  const words = wordsOf(text)
  const isSpelled = slots.name.spelled
  return (
    (isSpelled || words.length <= LONGEST_NAME_WORDS) && !words.some((word) => wishWords.has(word))
  )
}

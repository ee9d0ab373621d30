/** Several wishes in one sentence: "refill my lisinopril and what are your hours". */
import type { IntentName } from "../contract.ts"
import { plain } from "../words.ts"
import type { Classifier, Guess } from "./classifier.ts"
import type { Label } from "./corpus.ts"

export interface HeardWish {
  readonly intent: IntentName
  readonly confidence: number
}

const MOST_WISHES = 4
const SHORTEST_WISH_WORDS = 2
/** Both halves must stand alone this surely, or the sentence is one wish. */
const SURE_HALF = 0.6

const boundaries = new RegExp(
  "[.?!;]+|,?\\s+(?:and|also|plus|then|oh and|as well as|y|tambien|ademas|aparte|luego)\\s+" +
    "(?:also\\s+|tambien\\s+)?",
  "g",
)

/** Small talk that stands beside a wish and is none itself. */
const besides: ReadonlySet<Label> = new Set(["none", "yes", "no", "goodbye", "repeat"])

/** The wishes in an utterance, in the order said; empty is "none of these". */
export async function wishesIn(text: string, classifier: Classifier): Promise<HeardWish[]> {
  const whole = await classifier.classify(text)
  const parts = partsOf(text)
  if (parts.length < 2) return toWishes([whole])
  const guesses: Guess[] = []
  for (const part of parts) guesses.push(await classifier.classify(part))
  const sure = guesses.filter((guess) => guess.confidence >= SURE_HALF && !besides.has(guess.label))
  const distinct = new Set(sure.map((guess) => guess.label))
  return toWishes(distinct.size >= 2 ? sure : [whole])
}

function partsOf(text: string): string[] {
  return plain(text)
    .split(boundaries)
    .filter((part) => part.trim().split(/\s+/).length >= SHORTEST_WISH_WORDS)
    .slice(0, MOST_WISHES)
}

function toWishes(guesses: readonly Guess[]): HeardWish[] {
  const wishes = new Map<IntentName, number>()
  for (const { label, confidence } of guesses) {
    if (label === "none") continue
    wishes.set(label, Math.max(confidence, wishes.get(label) ?? 0))
  }
  return [...wishes].slice(0, MOST_WISHES).map(([intent, confidence]) => ({ intent, confidence }))
}

/** Several wishes in one sentence: "refill my lisinopril and what are your hours". */
import type { IntentName } from "../contract.ts"
import type { Classifier, Guess } from "./classifier.ts"
import type { Label } from "./corpus.ts"
import { endsOf, itemsOf, partsOf, wishedInstead } from "./pieces.ts"

export interface HeardWish {
  readonly intent: IntentName
  readonly confidence: number
}

const MOST_WISHES = 4
/** Whoever lists more talks at length, and nobody waits for so many guesses. */
const MOST_ITEMS = 8

/** Both halves must stand alone this surely, or the sentence is one wish. */
const SURE_HALF = 0.6
/** So sure of two items of a list, or it is one wish told at length. */
const SURE_ITEM = 0.8
/** A half that is so sure is a wish, though the whole sounds like none. */
const SURE_ALONE = 0.9
/** So sure of the whole, and what was told before the wish did not hide it. */
const SURE_WHOLE = 0.7

/** Small talk that stands beside a wish and is none itself. */
const besides: ReadonlySet<Label> = new Set(["none", "yes", "no", "goodbye", "repeat"])

/** The wishes in an utterance, in the order said; empty is "none of these". */
export async function wishesIn(text: string, classifier: Classifier): Promise<HeardWish[]> {
  const whole = await likelier(text, classifier)
  const rest = wishedInstead(text)
  const guesses: Guess[] = []
  for (const part of partsOf(rest ?? text).slice(0, MOST_WISHES))
    guesses.push(...(await listedIn(part, classifier)))
  if (guesses.length < 2 && rest === undefined) return toWishes([whole])
  const sure = surest(guesses, SURE_HALF)
  // "Do you speak Spanish? When do you close?": the first half may hide what the other one wants.
  const hides = whole.label === "none" || (whole.label === "no" && rest !== undefined)
  const isHidden = hides && surest(sure, SURE_ALONE).length > 0
  return toWishes(isSeveral(sure) || isHidden ? sure : [whole])
}

/** "A refill, my copay": a list between commas, when it names more than one wish for sure. */
async function listedIn(part: string, classifier: Classifier): Promise<readonly Guess[]> {
  const items = itemsOf(part).slice(0, MOST_ITEMS)
  const guesses: Guess[] = []
  if (items.length > 1) for (const item of items) guesses.push(await classifier.classify(item))
  const sure = surest(guesses, SURE_ITEM)
  return isSeveral(sure) ? sure : [await classifier.classify(part)]
}

function surest(guesses: readonly Guess[], confidenceMin: number): readonly Guess[] {
  return guesses.filter((one) => one.confidence >= confidenceMin && !besides.has(one.label))
}

function isSeveral(guesses: readonly Guess[]): boolean {
  return new Set(guesses.map(({ label }) => label)).size > 1
}

/** "I look after things at home, so I'm calling to get it refilled": the end may say it best. */
async function likelier(text: string, classifier: Classifier): Promise<Guess> {
  let best = await classifier.classify(text)
  if (best.confidence >= SURE_WHOLE) return best
  for (const end of endsOf(text)) {
    const wish = await classifier.classify(end)
    if (!besides.has(wish.label) && wish.confidence > best.confidence) best = wish
  }
  return best
}

function toWishes(guesses: readonly Guess[]): HeardWish[] {
  const wishes = new Map<IntentName, number>()
  for (const { label, confidence } of guesses) {
    if (label === "none") continue
    wishes.set(label, Math.max(confidence, wishes.get(label) ?? 0))
  }
  return [...wishes].slice(0, MOST_WISHES).map(([intent, confidence]) => ({ intent, confidence }))
}

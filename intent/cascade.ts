/**
 * The steps from words to wishes, cheapest first. A step that is sure ends the search; what comes
 * later may cost more time. Language models join this list, never the code around it.
 */
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { gravest, type Mood } from "#core/mood.ts"
import type { Classifier } from "./classifier/classifier.ts"
import { type HeardWish, wishesIn } from "./classifier/wishes.ts"
import type { Expect, Language, Tried } from "./contract.ts"
import { asksForPerson, asksToRepeat, saysGoodbye, yesNoIn } from "./direct/answers.ts"
import { sureAt } from "./thresholds.ts"

export interface Question {
  readonly text: string
  readonly expect: Expect
  readonly language: Language
}

/** The classifier of each language. */
export type Classifiers = Readonly<Record<Language, Classifier>>

/** What one step made of the words. */
export interface Meaning {
  readonly wishes: readonly HeardWish[]
  /** How the caller seems, where the step can tell. */
  readonly mood?: Mood | undefined
}

export interface Step {
  readonly name: string
  /** The time this step may take; what comes later is not waited for. */
  readonly budgetMs: number
  /** At least this sure, or the next step is asked. */
  readonly sureAt: number
  /**
   * Undefined: this step has nothing to say about it. An outage is one more silence. `msLeft` is
   * its budget, or what is left of the whole search.
   */
  read(question: Question, msLeft: number): Promise<Meaning | undefined>
}

/** For all steps together: whoever asked waits hardly longer, and a caller not at all. */
const SEARCH_MS_MAX = 8_000
/** Less is left, and a step is not begun. */
const STEP_MS_MIN = 100

/** What was understood, and what each step made of it. */
export interface Reading extends Meaning {
  readonly tried: readonly Tried[]
}

/** Words that have one meaning, whatever a model would think. */
const direct: Step = {
  name: "direct",
  budgetMs: 100,
  sureAt: sureAt.direct,
  async read({ text, expect }) {
    if (asksForPerson(text)) return certainly("person")
    if (asksToRepeat(text)) return certainly("repeat")
    if (saysGoodbye(text)) return certainly("goodbye")
    const answer = yesNoIn(text, false) ?? (expect === "yes_no" ? yesNoIn(text, true) : undefined)
    return answer && certainly(answer)
  },
}

function certainly(intent: HeardWish["intent"]): Meaning {
  return { wishes: [{ intent, confidence: 1 }] }
}

/** It takes milliseconds. The budget is for a machine that stands still: a caller waits for it. */
function local(classifiers: Classifiers): Step {
  return {
    name: "classifier",
    budgetMs: 2_000,
    sureAt: sureAt.classifier,
    read: async ({ text, language }) => ({ wishes: await wishesIn(text, classifiers[language]) }),
  }
}

/** The steps that are present, in order; `later` ones are asked about hard turns only. */
export function cascade(classifiers: Classifiers, ...later: readonly Step[]): readonly Step[] {
  return [direct, local(classifiers), ...later]
}

/**
 * What the first step that is sure enough made of the words. When none is, the likeliest guess,
 * which says itself how unsure it is.
 */
export async function readWishes(
  steps: readonly Step[],
  question: Question,
  clock: Clock,
): Promise<Reading> {
  const tried: Tried[] = []
  let guess: readonly HeardWish[] = []
  let mood: Mood | undefined
  const endsAtMs = clock.monotonicMs() + SEARCH_MS_MAX
  for (const step of steps) {
    const startedAtMs = clock.monotonicMs()
    const msLeft = Math.min(step.budgetMs, endsAtMs - startedAtMs)
    if (msLeft < STEP_MS_MIN) break
    const { meaning, why } = await within(msLeft, clock, readWith(step, question, msLeft))
    const wishes = meaning?.wishes
    mood = gravest(mood, meaning?.mood)
    const confidence = wishes && confidenceOf(wishes)
    const ms = Math.round(clock.monotonicMs() - startedAtMs)
    tried.push({ step: step.name, why, ms, ...(confidence !== undefined && { confidence }) })
    if (why === "sure") return { wishes: wishes ?? [], mood, tried }
    if (wishes && confidenceOf(wishes) > confidenceOf(guess)) guess = wishes
  }
  return { wishes: guess, mood, tried }
}

interface Read {
  readonly meaning?: Meaning
  readonly why: Tried["why"]
}

async function within(msLeft: number, clock: Clock, reading: Promise<Read>): Promise<Read> {
  const late = Promise.withResolvers<Read>()
  const timer = clock.after(msLeft, () => late.resolve({ why: "late" }))
  try {
    return await Promise.race([reading, late.promise])
  } finally {
    timer.cancel()
  }
}

async function readWith(step: Step, question: Question, msLeft: number): Promise<Read> {
  try {
    const meaning = await step.read(question, msLeft)
    if (!meaning) return { why: "silent" }
    const { wishes } = meaning
    // "None of these" is an answer only of those who have nobody left to ask.
    const isSure = wishes.length > 0 && confidenceOf(wishes) >= step.sureAt
    return { meaning, why: isSure ? "sure" : "unsure" }
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    return { why: trouble.code === "deadline" ? "late" : "out" }
  }
}

/** As sure as of the least sure of them. */
function confidenceOf(wishes: readonly HeardWish[]): number {
  return wishes.length === 0 ? 0 : Math.min(...wishes.map(({ confidence }) => confidence))
}

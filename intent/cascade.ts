/** The steps from words to wishes, cheapest first. A step that is sure ends the search; what comes
 * later may cost more time. Language models join this list, never the code around it. */

import type { Classifier } from "./classifier/classifier.ts"
import { type HeardWish, wishesIn } from "./classifier/wishes.ts"
import type { Expect, Language } from "./contract.ts"
import { asksForPerson, asksToRepeat, saysGoodbye, yesNoIn } from "./direct/answers.ts"

export interface Question {
  readonly text: string
  readonly expect: Expect
  readonly language: Language
}

/** The classifier of each language. */
export type Classifiers = Readonly<Record<Language, Classifier>>

export interface Step {
  readonly name: string
  /** The time this step may take. */
  readonly budgetMs: number
  /** At least this sure, or the next step is asked. */
  readonly sureAt: number
  /** Undefined: this step has nothing to say about it. */
  read(question: Question): Promise<readonly HeardWish[] | undefined>
}

/** Words that have one meaning, whatever a model would think. */
const direct: Step = {
  name: "direct",
  budgetMs: 1,
  sureAt: 1,
  async read({ text, expect }) {
    if (asksForPerson(text)) return [{ intent: "person", confidence: 1 }]
    if (asksToRepeat(text)) return [{ intent: "repeat", confidence: 1 }]
    if (saysGoodbye(text)) return [{ intent: "goodbye", confidence: 1 }]
    const answer = yesNoIn(text, false) ?? (expect === "yes_no" ? yesNoIn(text, true) : undefined)
    return answer && [{ intent: answer, confidence: 1 }]
  },
}

function local(classifiers: Classifiers): Step {
  return {
    name: "classifier",
    budgetMs: 20,
    sureAt: 0,
    read: ({ text, language }) => wishesIn(text, classifiers[language]),
  }
}

/** The steps that are present, in order. */
export function cascade(classifiers: Classifiers): readonly Step[] {
  return [direct, local(classifiers)]
}

/** What the first step that is sure enough made of the words. */
export async function readWishes(
  steps: readonly Step[],
  question: Question,
): Promise<readonly HeardWish[]> {
  for (const step of steps) {
    const wishes = await step.read(question)
    if (wishes?.every((wish) => wish.confidence >= step.sureAt)) return wishes
  }
  return []
}

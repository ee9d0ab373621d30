/** The steps that ask a local language model about a turn nothing cheaper was sure of. */
import type { Step } from "../cascade.ts"
import { accuracyOfModel, sureAt } from "../thresholds.ts"
import { questionOf, wishesOf } from "./question.ts"

/** The small one answers within a turn: a few words bridge longer waits. */
const LIVE_BUDGET_MS = 2_500
/**
 * The large one is asked under "let me check that", which the line says by itself after 0.7 s and
 * again while it goes on: ten tokens at five a second, and the question read.
 */
const LARGE_BUDGET_MS = 5_000

export interface Asked {
  /** An id of the manifest of models. */
  readonly model: string
  ask(question: string, deadlineMs: number): Promise<string>
}

export function localModel(asked: Asked): Step {
  return modelStep("local_model", LIVE_BUDGET_MS, asked)
}

/** The second opinion of a site whose machine has room for it. */
export function largeModel(asked: Asked): Step {
  return modelStep("large_model", LARGE_BUDGET_MS, asked)
}

/** A model is as sure as it was measured to be right, whatever it says of itself. */
function modelStep(name: string, budgetMs: number, { model, ask }: Asked): Step {
  const accuracy = accuracyOfModel[model] ?? 0
  return {
    name,
    budgetMs,
    sureAt: sureAt.localModel,
    async read({ text }, msLeft) {
      const wishes = wishesOf(await ask(questionOf(text), msLeft), accuracy)
      return wishes && { wishes }
    },
  }
}

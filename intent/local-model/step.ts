/** The step that asks the local language model about a turn nothing cheaper was sure of. */
import type { Step } from "../cascade.ts"
import { accuracyOfModel, sureAt } from "../thresholds.ts"
import { questionOf, wishesOf } from "./question.ts"

/** A caller waits for it: a few words bridge longer waits. */
const BUDGET_MS = 2_500

export interface Asked {
  /** An id of the manifest of models. */
  readonly model: string
  ask(question: string, deadlineMs: number): Promise<string>
}

/** A model is as sure as it was measured to be right, whatever it says of itself. */
export function localModel({ model, ask }: Asked): Step {
  const accuracy = accuracyOfModel[model] ?? 0
  return {
    name: "local_model",
    budgetMs: BUDGET_MS,
    sureAt: sureAt.localModel,
    read: async ({ text }) => wishesOf(await ask(questionOf(text), BUDGET_MS), accuracy),
  }
}

/**
 * How sure a step must be to end the search for a meaning, and how far a language model can be
 * believed. `node scripts/measure-understanding.ts` measures both and prints them.
 */

/**
 * Of the classifier's answers at least this sure, 19 in 20 are right. A language model must be
 * right in 7 of 10 before its word ends a search; the rest is asked of the next step.
 */
export const sureAt = { direct: 1, classifier: 0.5, localModel: 0.7 } as const

/**
 * Share of the development utterances that a model named rightly: what its answers are worth. A
 * model that is not measured is not believed.
 */
export const accuracyOfModel: Readonly<Record<string, number>> = {
  "tinyllama-1.1b": 0.28,
}

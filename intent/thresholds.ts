/**
 * How sure a step must be to end the search for a meaning, and how far a language model can be
 * believed. `node scripts/measure-understanding.ts` measures both and prints them.
 */

/**
 * Of the classifier's answers at least this sure, 19 in 20 are right. A language model must be
 * right in 7 of 10 before its word ends a search; the rest is asked of the next step.
 */
export const sureAt = { direct: 1, classifier: 0.5, localModel: 0.7 } as const

/** What a language model may do beside naming wishes, and how often it must be right to do it. */
const trustAt = { details: 0.8, summary: 0.9 } as const
export type Extra = keyof typeof trustAt

/** Share of the lines in local-model/rambling.yaml of which a model made the right thing. */
const accuracyOfExtra: Readonly<Record<string, Readonly<Record<Extra, number>>>> = {
  "tinyllama-1.1b": { details: 0.17, summary: 0.58 },
}

/** Rules do what no model has earned. */
export function isTrusted(model: string, extra: Extra): boolean {
  return (accuracyOfExtra[model]?.[extra] ?? 0) >= trustAt[extra]
}

/**
 * Share of the development utterances that a model named rightly: what its answers are worth. A
 * model that is not measured is not believed.
 */
export const accuracyOfModel: Readonly<Record<string, number>> = {
  "tinyllama-1.1b": 0.28,
}

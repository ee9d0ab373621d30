/** Tells which of the intents an utterance is, or that it is none of them. Trained from the corpus,
 * the same every time. It knows words, not facts, and proposes nothing by itself. */
import type { Language } from "../contract.ts"
import type { Corpus, Example, Label } from "./corpus.ts"
import { Vocabulary } from "./features.ts"
import { logitsOf, softmax, trainRegression } from "./regression.ts"

export interface Guess {
  readonly label: Label
  /** Calibrated, 0 to 1. */
  readonly confidence: number
}

export interface Classifier {
  /** The likeliest label; `none` when nothing is likely enough. */
  classify(text: string): Promise<Guess>
}

/** Scores per label, in the order of the corpus. */
export type Scorer = (text: string) => Promise<Float64Array>

const TRAINING = { epochs: 25, rate: 0.25, decay: 1e-5 }

/** Fitted by `evaluate.ts`, which also prints how far from the truth the confidences then are. */
export const WORDS_TEMPERATURE: Readonly<Record<Language, number>> = { en: 0.9, es: 0.85 }
/** A guess below this is "none of these": the caller is asked again rather than misunderstood. */
const NONE_BELOW = 0.4

/** A classifier over words and pieces of words alone; it needs no model and trains in a second. */
export function wordClassifier(corpus: Corpus): Classifier {
  const scores = wordScores(corpus, corpus.says)
  const temperature = WORDS_TEMPERATURE[corpus.language]
  return classifierOf(corpus.labels, async (text) => scores(text), temperature)
}

export function classifierOf(
  labels: readonly Label[],
  scorer: Scorer,
  temperature: number,
): Classifier {
  return {
    classify: async (text) => bestGuess(labels, softmax(await scorer(text), temperature)),
  }
}

/** Learns from some of the examples to score words and pieces of words. */
export function wordScores(
  corpus: Corpus,
  examples: readonly Example[],
): (text: string) => Float64Array {
  const texts = examples.map((example) => example.text)
  const vocabulary = new Vocabulary(texts, corpus.keywords)
  const vectors = examples.map(({ text, label }) => ({ vector: vocabulary.vectorOf(text), label }))
  const model = trainRegression(vectors, {
    ...TRAINING,
    featureCount: vocabulary.size,
    classCount: corpus.labels.length,
  })
  return (text) => logitsOf(model, vocabulary.vectorOf(text))
}

function bestGuess(labels: readonly Label[], probabilities: Float64Array): Guess {
  let best: Guess = { label: "none", confidence: 0 }
  for (const [index, label] of labels.entries()) {
    const confidence = probabilities[index] ?? 0
    if (confidence > best.confidence) best = { label, confidence }
  }
  const isUnsure = best.label !== "none" && best.confidence < NONE_BELOW
  return isUnsure ? { label: "none", confidence: 1 - best.confidence } : best
}

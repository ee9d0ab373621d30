/** Tells which of the intents an utterance is, or that it is none of them. Trained from the corpus in
 * about a second, the same every time. It knows words, not facts, and proposes nothing by itself. */
import { fitTemperature, type Scored } from "./calibration.ts"
import type { Corpus, Example, Label } from "./corpus.ts"
import { Vocabulary } from "./features.ts"
import { logitsOf, softmax, trainRegression } from "./regression.ts"

export interface Guess {
  readonly label: Label
  /** Calibrated, 0 to 1. */
  readonly confidence: number
}

export interface Classifier {
  readonly labels: readonly Label[]
  /** The likeliest label; `none` when nothing is likely enough. */
  classify(text: string): Guess
}

/** Scores per label, in the order of the corpus. */
export type Scorer = (text: string) => Float64Array

const FOLDS = 4
const EPOCHS = 25
const RATE = 0.25
const DECAY = 1e-5
/** A guess below this is "none of these": the caller is asked again rather than misunderstood. */
export const NONE_BELOW = 0.4

/** A classifier over words and pieces of words. */
export function trainClassifier(corpus: Corpus): Classifier {
  const temperature = fitTemperature(crossValidated(corpus))
  return withTemperature(corpus.labels, trainScorer(corpus, corpus.says), temperature)
}

export function withTemperature(
  labels: readonly Label[],
  scorer: Scorer,
  temperature: number,
): Classifier {
  return {
    labels,
    classify: (text) => bestGuess(labels, softmax(scorer(text), temperature)),
  }
}

/** Trains on some of the examples. */
export function trainScorer(corpus: Corpus, examples: readonly Example[]): Scorer {
  const texts = examples.map((example) => example.text)
  const vocabulary = new Vocabulary(texts, corpus.keywords)
  const vectors = examples.map(({ text, label }) => ({ vector: vocabulary.vectorOf(text), label }))
  const model = trainRegression(vectors, {
    featureCount: vocabulary.size,
    classCount: corpus.labels.length,
    epochs: EPOCHS,
    rate: RATE,
    decay: DECAY,
  })
  return (text) => logitsOf(model, vocabulary.vectorOf(text))
}

/** Every training example scored by a model that has not seen it. */
function crossValidated(corpus: Corpus): Scored[] {
  const scored: Scored[] = []
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const isHeldOut = (index: number) => index % FOLDS === fold
    const scorer = trainScorer(
      corpus,
      corpus.says.filter((_, index) => !isHeldOut(index)),
    )
    for (const example of corpus.says.filter((_, index) => isHeldOut(index))) {
      scored.push({ logits: scorer(example.text), label: example.label })
    }
  }
  return scored
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

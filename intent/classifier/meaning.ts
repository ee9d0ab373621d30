/** Meaning beside words: sentence vectors, a regression over them and their nearest examples, mixed
 * with the scores of the words. Trained once at set-up and read from a file afterwards. */
import { createHash } from "node:crypto"
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert } from "#core/fault.ts"
import { type Classifier, classifierOf, wordScores } from "./classifier.ts"
import type { Corpus, Example } from "./corpus.ts"
import { EMBEDDING_SIZE, type Embedder } from "./embedder.ts"
import type { SparseVector } from "./features.ts"
import { type LinearModel, logitsOf, softmax, trainRegression } from "./regression.ts"

/** Learnt from the embedded examples; together with the corpus it is all there is to know. */
export interface Meaning {
  /** What all sentences have in common, taken away from each. */
  readonly mean: Float32Array
  readonly model: LinearModel
  /** The examples' vectors, one after another, in the order of the corpus. */
  readonly examples: Float32Array
}

const TRAINING = { epochs: 20, rate: 0.1, decay: 1e-5 }
/** How near an example must be to count: smaller hears only the nearest. */
const NEARNESS = 0.07
const WORDS_WEIGHT = 0.5
const NEIGHBOURS_WEIGHT = 0.5
/** Fitted by `evaluate.ts`. */
export const MEANING_TEMPERATURE = 1.05
/** Changes when what is stored changes its form. */
const FORM = "mortar-intent-1"
const SMALLEST = 1e-9

/** Embeds every example and learns from them. Takes some twenty seconds. */
export async function trainMeaning(corpus: Corpus, embed: Embedder): Promise<Meaning> {
  const vectors: Float32Array[] = []
  for (const { text } of corpus.says) vectors.push(await embed(text))
  return meaningOf(corpus.says, vectors, corpus.labels.length)
}

/** Learns from vectors that were embedded before. */
export function meaningOf(
  says: readonly Example[],
  vectors: readonly Float32Array[],
  classCount: number,
): Meaning {
  const mean = new Float32Array(EMBEDDING_SIZE)
  for (const vector of vectors) {
    for (const [k, value] of vector.entries()) mean[k] = (mean[k] ?? 0) + value / vectors.length
  }
  const centred = vectors.map((vector) => centre(vector, mean))
  const model = trainRegression(
    says.map(({ label }, index) => ({ vector: asSparse(centred[index] ?? mean), label })),
    { ...TRAINING, featureCount: EMBEDDING_SIZE, classCount },
  )
  const examples = new Float32Array(centred.length * EMBEDDING_SIZE)
  for (const [index, vector] of centred.entries()) examples.set(vector, index * EMBEDDING_SIZE)
  return { mean, model, examples }
}

/** Scores of meaning and of words together. */
export function meaningScores(
  { says, classCount }: { readonly says: readonly Example[]; readonly classCount: number },
  meaning: Meaning,
): (vector: Float32Array, words: Float64Array) => Float64Array {
  return (vector, words) => {
    const centred = centre(vector, meaning.mean)
    const learnt = logarithms(softmax(logitsOf(meaning.model, asSparse(centred)), 1))
    const near = logarithms(nearness(centred, { says, classCount }, meaning.examples))
    return learnt.map(
      (score, c) => score + WORDS_WEIGHT * (words[c] ?? 0) + NEIGHBOURS_WEIGHT * (near[c] ?? 0),
    )
  }
}

/** The classifier that uses everything: needs the embedder for every utterance. */
export function meaningClassifier(corpus: Corpus, meaning: Meaning, embed: Embedder): Classifier {
  const words = wordScores(corpus, corpus.says)
  const mixed = meaningScores({ says: corpus.says, classCount: corpus.labels.length }, meaning)
  const scorer = async (text: string) => mixed(await embed(text), words(text))
  return classifierOf(corpus.labels, scorer, MEANING_TEMPERATURE)
}

/** How much each class is spoken for by examples nearby; sums to one. */
function nearness(
  vector: Float32Array,
  { says, classCount }: { readonly says: readonly Example[]; readonly classCount: number },
  examples: Float32Array,
): Float64Array {
  const votes = new Float64Array(classCount).fill(SMALLEST)
  for (const [index, { label }] of says.entries()) {
    const row = index * EMBEDDING_SIZE
    let cosine = 0
    for (let k = 0; k < EMBEDDING_SIZE; k += 1) {
      cosine += (vector[k] ?? 0) * (examples[row + k] ?? 0)
    }
    votes[label] = (votes[label] ?? 0) + Math.exp((cosine - 1) / NEARNESS)
  }
  const sum = votes.reduce((total, vote) => total + vote, 0)
  return votes.map((vote) => vote / sum)
}

function centre(vector: Float32Array, mean: Float32Array): Float32Array {
  const moved = vector.map((value, k) => value - (mean[k] ?? 0))
  const length = Math.hypot(...moved)
  return length === 0 ? moved : moved.map((value) => value / length)
}

const everyIndex = Array.from({ length: EMBEDDING_SIZE }, (_, index) => index)

function asSparse(vector: Float32Array): SparseVector {
  return { indexes: everyIndex, values: [...vector] }
}

function logarithms(probabilities: Float64Array): Float64Array {
  return probabilities.map((probability) => Math.log(probability + SMALLEST))
}

/** Where the trained meaning of this very corpus lies; another corpus has another name. */
export function meaningFile(modelsFolder: string, corpus: Corpus): string {
  const hash = createHash("sha256").update(FORM)
  for (const { text, label } of corpus.says) hash.update(`${label}\t${text}\n`)
  return join(modelsFolder, "gte-small", `intent-${hash.digest("hex").slice(0, 16)}.bin`)
}

/** Writes the file whole or not at all. */
export function writeMeaning(file: string, { mean, model, examples }: Meaning): void {
  const parts = [mean, model.bias, model.weights, examples]
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, new Uint8Array(whole.buffer))
  renameSync(draft, file)
}

/** Undefined when nothing was trained for this corpus. */
export function readMeaning(file: string, corpus: Corpus): Meaning | undefined {
  if (!existsSync(file)) return undefined
  const classCount = corpus.labels.length
  const sizes = [
    EMBEDDING_SIZE,
    classCount,
    classCount * EMBEDDING_SIZE,
    corpus.says.length * EMBEDDING_SIZE,
  ]
  const whole = new Float32Array(new Uint8Array(readFileSync(file)).buffer)
  assert(whole.length === sizes.reduce((sum, size) => sum + size, 0))
  const [mean, bias, weights, examples] = sizes.map((size, index) => {
    const from = sizes.slice(0, index).reduce((sum, before) => sum + before, 0)
    return whole.subarray(from, from + size)
  })
  assert(mean && bias && weights && examples)
  return { mean, model: { classCount, bias, weights }, examples }
}

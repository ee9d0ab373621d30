/** Multinomial logistic regression by AdaGrad. The same examples give the same weights, always. */
import type { SparseVector } from "./features.ts"

export interface LabelledVector {
  readonly vector: SparseVector
  readonly label: number
}

export interface Training {
  readonly featureCount: number
  readonly classCount: number
  readonly epochs: number
  readonly rate: number
  readonly decay: number
}

/** Weights of every class for every feature; the last feature is the bias. */
export interface LinearModel {
  readonly classCount: number
  readonly weights: Float32Array
  readonly bias: Float32Array
}

const SEED = 20_261_120
const EPSILON = 1e-6

/** Learns to tell the classes apart. */
export function trainRegression(
  examples: readonly LabelledVector[],
  training: Training,
): LinearModel {
  const { classCount, featureCount } = training
  const weights = new Float32Array(classCount * featureCount)
  const bias = new Float32Array(classCount)
  const squares = new Float32Array(classCount * featureCount).fill(EPSILON)
  const model = { classCount, weights, bias }
  const order = examples.map((_, index) => index)
  const random = seededRandom(SEED)
  for (let epoch = 0; epoch < training.epochs; epoch += 1) {
    shuffle(order, random)
    for (const index of order) {
      const example = examples[index]
      if (example) step(model, squares, example, training)
    }
  }
  return model
}

function step(
  model: LinearModel,
  squares: Float32Array,
  { vector, label }: LabelledVector,
  { rate, decay }: Training,
): void {
  const { classCount, weights, bias } = model
  const probabilities = softmax(logitsOf(model, vector), 1)
  for (let c = 0; c < classCount; c += 1) {
    const error = (probabilities[c] ?? 0) - (c === label ? 1 : 0)
    bias[c] = (bias[c] ?? 0) - rate * 0.1 * error
    for (let k = 0; k < vector.indexes.length; k += 1) {
      const at = (vector.indexes[k] ?? 0) * classCount + c
      const weight = weights[at] ?? 0
      const gradient = error * (vector.values[k] ?? 0) + decay * weight
      const square = (squares[at] ?? 0) + gradient * gradient
      squares[at] = square
      weights[at] = weight - (rate * gradient) / Math.sqrt(square)
    }
  }
}

/** The score of every class, not yet a probability. */
export function logitsOf(model: LinearModel, vector: SparseVector): Float64Array {
  const { classCount, weights, bias } = model
  const logits = Float64Array.from(bias)
  for (let k = 0; k < vector.indexes.length; k += 1) {
    const row = (vector.indexes[k] ?? 0) * classCount
    const value = vector.values[k] ?? 0
    for (let c = 0; c < classCount; c += 1) {
      logits[c] = (logits[c] ?? 0) + value * (weights[row + c] ?? 0)
    }
  }
  return logits
}

/** Scores as probabilities; a temperature above one makes them less sure. */
export function softmax(logits: Float64Array, temperature: number): Float64Array {
  let highest = Number.NEGATIVE_INFINITY
  for (const logit of logits) highest = Math.max(highest, logit)
  const powers = logits.map((logit) => Math.exp((logit - highest) / temperature))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** A linear congruential generator: the same seed gives the same order on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function shuffle(list: number[], random: () => number): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const kept = list[last] ?? 0
    list[last] = list[other] ?? 0
    list[other] = kept
  }
}

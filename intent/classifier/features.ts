/** An utterance as a sparse vector: words, pairs of words, pieces of words (they survive
 * misspelling and mishearing) and keyword rules. Numbers and dates become one word each. */
import { wordsOf } from "../words.ts"

export interface SparseVector {
  readonly indexes: readonly number[]
  readonly values: readonly number[]
}

/** How much each kind of feature weighs before training; the vector of one kind has this length. */
const weights = { word: 1, pair: 0.7, piece: 0.8, keyword: 0.8 }
const PIECE_LENGTHS = [3, 4]

type Kind = keyof typeof weights

/** The names of all features in an utterance, by kind. */
function featureNames(text: string, keywords: readonly RegExp[]): Record<Kind, Set<string>> {
  const words = wordsOf(text).map((word) => (/^\d+$/.test(word) ? "0" : word))
  const said = words.join(" ")
  const pairs = words.map((word, index) => `${index === 0 ? "^" : words[index - 1]}_${word}`)
  pairs.push(`${words.at(-1) ?? ""}_$`)
  const pieces = words.flatMap((word) =>
    PIECE_LENGTHS.flatMap((length) => piecesOf(`<${word}>`, length)),
  )
  const rules = keywords.flatMap((rule, index) => (rule.test(said) ? [String(index)] : []))
  return {
    word: new Set(words),
    pair: new Set(pairs),
    piece: new Set(pieces),
    keyword: new Set(rules),
  }
}

function piecesOf(word: string, length: number): string[] {
  const pieces: string[] = []
  for (let at = 0; at + length <= word.length; at += 1) pieces.push(word.slice(at, at + length))
  return pieces
}

/** Which feature is which number. Built from the training examples; what they lack is ignored. */
export class Vocabulary {
  readonly #indexes = new Map<string, number>()
  readonly #keywords: readonly RegExp[]

  constructor(texts: readonly string[], keywords: readonly RegExp[]) {
    this.#keywords = keywords
    for (const text of texts) {
      for (const [kind, names] of Object.entries(featureNames(text, keywords))) {
        for (const name of names) {
          const key = `${kind}:${name}`
          if (!this.#indexes.has(key)) this.#indexes.set(key, this.#indexes.size)
        }
      }
    }
  }

  get size(): number {
    return this.#indexes.size
  }

  vectorOf(text: string): SparseVector {
    const indexes: number[] = []
    const values: number[] = []
    const names = featureNames(text, this.#keywords)
    for (const kind of ["word", "pair", "piece", "keyword"] as const) {
      const value = weights[kind] / Math.sqrt(Math.max(1, names[kind].size))
      for (const name of names[kind]) {
        const index = this.#indexes.get(`${kind}:${name}`)
        if (index === undefined) continue
        indexes.push(index)
        values.push(value)
      }
    }
    return { indexes, values }
  }
}

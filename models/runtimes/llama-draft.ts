/**
 * Speculative decoding: a small sibling drafts a token, the larger model checks it in the pass that
 * writes the one before. Answers stay the larger one's own. The library's own drafting loses its
 * place after a refusal, so the sibling is put where the larger model is before every draft.
 */
import {
  type LlamaContextSequence,
  type LlamaModel,
  type Token,
  TokenPredictor,
} from "node-llama-cpp"

/** node-llama-cpp 3.21 accepts one drafted token a pass and throws away what comes after it. */
const DRAFTED_TOKENS = 1

export class Draft extends TokenPredictor {
  readonly #sequence: LlamaContextSequence
  /** All that the larger model has read and written. */
  #tokens: Token[] = []

  constructor(sequence: LlamaContextSequence) {
    super()
    this.#sequence = sequence
  }

  override reset({ stateTokens }: { readonly stateTokens: Token[] }): void {
    this.#tokens = [...stateTokens]
  }

  override pushTokens(tokens: Token[]): void {
    this.#tokens.push(...tokens)
  }

  override async predictTokens(): Promise<Token[]> {
    const sequence = this.#sequence
    // The last token is read anew each time: what comes after it is what is asked for.
    const known = this.#tokens.slice(0, -1)
    if (this.#tokens.length + DRAFTED_TOKENS >= sequence.context.contextSize) return []
    await sequence.adaptStateToTokens(known, false)
    const unread = this.#tokens.slice(sequence.nextTokenIndex)
    const drafted: Token[] = []
    for await (const token of sequence.evaluate(unread, { temperature: 0 })) {
      drafted.push(token)
      if (drafted.length === DRAFTED_TOKENS) break
    }
    return drafted
  }
}

/** Enough of each kind of word for two vocabularies to differ in one of them. */
const PROBE = 'Is "Lisinopril 10 mg" ready, señora? {"wishes":["refill"]}\n\t1234 ünïcödé'

/** A draft in another vocabulary would be noise. */
export function speakAlike(one: LlamaModel, other: LlamaModel): boolean {
  const [tokens, others] = [one.tokenize(PROBE), other.tokenize(PROBE)]
  return tokens.length === others.length && tokens.every((token, at) => token === others[at])
}

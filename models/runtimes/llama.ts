/**
 * A language model through llama.cpp. Answers are held to a JSON schema by a grammar, the fixed
 * beginning of every question stays in the cache, and several questions run at once.
 */
import {
  getLlama,
  LlamaCompletion,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaGrammar,
  LlamaLogLevel,
  type LlamaModel,
} from "node-llama-cpp"
import type { AnswerSchema } from "../language-protocol.ts"

export interface LlamaOptions {
  readonly file: string
  /** What every question begins with: the task, the names, the examples. */
  readonly prefix: string
  readonly schema: AnswerSchema
  /** Questions at one time. Each keeps the prefix in memory of its own. */
  readonly sequences: number
  readonly threads: number
}

export interface Completion {
  readonly text: string
  readonly ms: number
}

/** Room for the question and the answer beside the prefix, in tokens. */
const QUESTION_TOKENS = 384
const ANSWER_TOKENS_MAX = 96

export class Llama {
  readonly #model: LlamaModel
  readonly #prefix: string
  readonly #grammar: LlamaGrammar
  readonly #idle: LlamaCompletion[]
  readonly #waiting: ((completion: LlamaCompletion) => void)[] = []

  private constructor(parts: {
    readonly model: LlamaModel
    readonly prefix: string
    readonly grammar: LlamaGrammar
    readonly completions: LlamaCompletion[]
  }) {
    this.#model = parts.model
    this.#prefix = parts.prefix
    this.#grammar = parts.grammar
    this.#idle = parts.completions
  }

  /** Loads the model and reads the prefix once into each sequence. */
  static async open({ file, prefix, schema, sequences, threads }: LlamaOptions): Promise<Llama> {
    const llama = await getLlama({
      // Only Apple's processors have one that is always there.
      gpu: process.platform === "darwin" ? "auto" : false,
      build: "never",
      skipDownload: true,
      logLevel: LlamaLogLevel.disabled,
      maxThreads: threads,
    })
    const model = await llama.loadModel({ modelPath: file })
    const prefixTokens = model.tokenize(prefix).length
    const context: LlamaContext = await model.createContext({
      sequences,
      threads,
      contextSize: prefixTokens + QUESTION_TOKENS + ANSWER_TOKENS_MAX,
    })
    const completions = Array.from({ length: sequences }, () => completionOn(context.getSequence()))
    const grammar = await llama.createGrammarForJsonSchema(schema)
    const opened = new Llama({ model, prefix, grammar, completions })
    for (const completion of completions)
      await completion.generateCompletion(prefix, { maxTokens: 1, grammar })
    return opened
  }

  /** Answers in JSON of the schema. Throws the signal's reason when the caller has gone on. */
  async complete(question: string, signal: AbortSignal): Promise<Completion> {
    const completion = await this.#take()
    const startedAtMs = performance.now()
    try {
      signal.throwIfAborted()
      const asked = this.#model.tokenize(question).slice(0, QUESTION_TOKENS)
      const text = await completion.generateCompletion(
        this.#prefix + this.#model.detokenize(asked),
        { grammar: this.#grammar, maxTokens: ANSWER_TOKENS_MAX, temperature: 0, signal },
      )
      return { text, ms: Math.round(performance.now() - startedAtMs) }
    } finally {
      this.#give(completion)
    }
  }

  #take(): Promise<LlamaCompletion> {
    const idle = this.#idle.pop()
    if (idle) return Promise.resolve(idle)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #give(completion: LlamaCompletion): void {
    const next = this.#waiting.shift()
    if (next) next(completion)
    else this.#idle.push(completion)
  }
}

function completionOn(contextSequence: LlamaContextSequence): LlamaCompletion {
  return new LlamaCompletion({ contextSequence })
}

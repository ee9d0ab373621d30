/**
 * A language model through llama.cpp. Answers are held to a JSON schema by a grammar, the fixed
 * beginning of every question stays in the cache, and several questions run at once.
 */
import {
  type Llama as Engine,
  LlamaCompletion,
  type LlamaGrammar,
  type LlamaModel,
} from "node-llama-cpp"
import type { LanguageTask } from "../language-protocol.ts"
import { loadModels, openEngine, openSequences } from "./llama-load.ts"

export interface LlamaOptions {
  readonly file: string
  /** A small sibling with the same vocabulary, which drafts for it. */
  readonly draftFile?: string
  readonly tasks: Readonly<Record<string, LanguageTask>>
  readonly threads: number
}

export interface Completion {
  readonly text: string
  readonly ms: number
}

/** Room for the question beside the prefix and the answer, in tokens. */
const QUESTION_TOKENS = 384

/** The questions of one task: each sequence keeps the prefix in memory of its own. */
interface Desk {
  readonly task: LanguageTask
  readonly grammar: LlamaGrammar
  readonly idle: LlamaCompletion[]
  readonly waiting: ((completion: LlamaCompletion) => void)[]
}

export class Llama {
  readonly #engine: Engine
  readonly #model: LlamaModel
  readonly #desks: ReadonlyMap<string, Desk>

  private constructor(engine: Engine, model: LlamaModel, desks: ReadonlyMap<string, Desk>) {
    this.#engine = engine
    this.#model = model
    this.#desks = desks
  }

  /** Loads the model and reads each task's prefix once into each of its sequences. */
  static async open({ file, draftFile, tasks, threads }: LlamaOptions): Promise<Llama> {
    const engine = await openEngine(threads)
    const loaded = await loadModels(engine, { file, ...(draftFile && { draftFile }) })
    const asked = Object.values(tasks)
    const room = ({ prefix, answerTokens }: LanguageTask) =>
      loaded.model.tokenize(prefix).length + QUESTION_TOKENS + answerTokens
    const contextSize = Math.max(...asked.map(room))
    const sequences = asked.reduce((sum, task) => sum + task.sequences, 0)
    const open = await openSequences(loaded, { sequences, threads, contextSize })
    const desks = new Map<string, Desk>()
    for (const [name, task] of Object.entries(tasks)) {
      const grammar = await engine.createGrammarForJsonSchema(task.schema)
      const idle = open
        .splice(0, task.sequences)
        .map((contextSequence) => new LlamaCompletion({ contextSequence }))
      for (const completion of idle)
        await completion.generateCompletion(task.prefix, { maxTokens: 1, grammar })
      desks.set(name, { task, grammar, idle, waiting: [] })
    }
    return new Llama(engine, loaded.model, desks)
  }

  /** Answers in JSON of the task. Throws the signal's reason when the caller has gone on. */
  async complete(name: string, question: string, signal: AbortSignal): Promise<Completion> {
    const desk = this.#desks.get(name)
    if (!desk) throw new Error("This process was opened for other tasks.")
    const completion = await take(desk)
    const startedAtMs = performance.now()
    try {
      signal.throwIfAborted()
      const { prefix, answerTokens: maxTokens } = desk.task
      const asked = this.#model.tokenize(question).slice(0, QUESTION_TOKENS)
      const text = await completion.generateCompletion(prefix + this.#model.detokenize(asked), {
        ...{ grammar: desk.grammar, maxTokens, temperature: 0, signal },
      })
      return { text, ms: Math.round(performance.now() - startedAtMs) }
    } finally {
      give(desk, completion)
    }
  }

  close(): Promise<void> {
    return this.#engine.dispose()
  }
}

function take({ idle, waiting }: Desk): Promise<LlamaCompletion> {
  const completion = idle.pop()
  if (completion) return Promise.resolve(completion)
  return new Promise((resolve) => waiting.push(resolve))
}

function give({ idle, waiting }: Desk, completion: LlamaCompletion): void {
  const next = waiting.shift()
  if (next) next(completion)
  else idle.push(completion)
}

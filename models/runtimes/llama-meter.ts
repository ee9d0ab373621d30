/**
 * How fast a language model reads and writes on this machine, and what its draft is worth. The
 * words it works on are ours; nothing of a caller comes here.
 */
import type { LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp"
import { type Files, loadModels, openEngine, openSequences } from "./llama-load.ts"

const PROMPT_TOKENS = 256
const QUESTION_TOKENS = 24
/** As many as a summary has. An answer of the live turn has about ten. */
const ANSWER_TOKENS = 48
const CONTEXT_TOKENS = 512

const PASSAGE =
  "The pharmacy opens at nine and closes at six. Callers ask whether a prescription is ready, " +
  "whether a refill is due, and whether somebody could speak to them about a bill. "
const QUESTION = "Caller: my order was promised for yesterday and it still is not there.\n"

export interface Speed {
  readonly loadMs: number
  /** A prompt that is in no cache yet. */
  readonly promptTokensPerS: number
  readonly tokensPerS: number
  /** A short question after a prefix that is in the cache. */
  readonly firstTokenMs: number
  readonly residentMiB: number
  /** Of the graphics processor, where there is one. */
  readonly graphicsMiB: number
  /** Share of the drafted tokens that the larger model would have written too. */
  readonly acceptedShare?: number
}

export async function measureLlama(files: Files, threads: number): Promise<Speed> {
  const before = process.memoryUsage().rss
  const startedAtMs = performance.now()
  const engine = await openEngine(threads)
  try {
    const loaded = await loadModels(engine, files)
    const room = { sequences: 1, threads, contextSize: CONTEXT_TOKENS }
    const [sequence] = await openSequences(loaded, room)
    if (!sequence) throw new Error("There is no room for one sequence.")
    const loadMs = performance.now() - startedAtMs
    const prompt = tokensOf(loaded.model, PASSAGE, PROMPT_TOKENS)
    const promptTokensPerS = await readingRate(sequence, prompt)
    // One token, so that the draft too has read the prompt before the question is asked.
    for await (const _ of sequence.evaluate(prompt.slice(0, 1))) break
    const question = tokensOf(loaded.model, QUESTION, QUESTION_TOKENS)
    const { firstTokenMs, tokensPerS } = await writingRate(sequence, question)
    const { validated, refuted } = sequence.tokenPredictions
    const memory = await engine.getVramState()
    return {
      ...{ loadMs, promptTokensPerS, firstTokenMs, tokensPerS },
      residentMiB: toMiB(process.memoryUsage().rss - before),
      graphicsMiB: engine.gpu === false ? 0 : toMiB(memory.used),
      ...(files.draftFile !== undefined && {
        acceptedShare: validated / Math.max(1, validated + refuted),
      }),
    }
  } finally {
    await engine.dispose()
  }
}

/** Exactly so many tokens of a text, said again as often as it takes. */
function tokensOf(model: LlamaModel, text: string, count: number): Token[] {
  const once = model.tokenize(text)
  return Array.from({ length: count }, (_, at) => once[at % once.length]).filter(
    (token) => token !== undefined,
  )
}

async function readingRate(sequence: LlamaContextSequence, prompt: Token[]): Promise<number> {
  const startedAtMs = performance.now()
  await sequence.evaluateWithoutGeneratingNewTokens(prompt)
  return perSecond(prompt.length, performance.now() - startedAtMs)
}

async function writingRate(sequence: LlamaContextSequence, question: Token[]) {
  const askedAtMs = performance.now()
  let firstAtMs: number | undefined
  let written = 0
  // As much is written in every run, though the model might have ended sooner.
  const options = { temperature: 0, yieldEogToken: true }
  for await (const _ of sequence.evaluate(question, options)) {
    firstAtMs ??= performance.now()
    written += 1
    if (written > ANSWER_TOKENS) break
  }
  const began = firstAtMs ?? performance.now()
  return {
    firstTokenMs: began - askedAtMs,
    tokensPerS: perSecond(written - 1, performance.now() - began),
  }
}

function perSecond(tokens: number, ms: number): number {
  return (tokens * 1_000) / ms
}

function toMiB(bytes: number): number {
  return Math.max(0, Math.round(bytes / 2 ** 20))
}

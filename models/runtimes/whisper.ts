/**
 * The careful ear: Whisper through whisper.cpp, right on drugs and dates when told what to expect.
 * It writes words for noise too, so it is given speech only.
 */
import { createRequire } from "node:module"
import type { Whisper as Engine, WhisperFullParams } from "@napi-rs/whisper"
import { ModelError } from "../model-error.ts"
import { atLeast } from "./moonshine.ts"
import { withoutRepeats } from "./repetition.ts"

const napi: typeof import("@napi-rs/whisper") = createRequire(import.meta.url)("@napi-rs/whisper")

const SAMPLE_RATE_HZ = 16_000
/** whisper.cpp refuses audio of less than a second. */
const SAMPLES_MIN = Math.round(SAMPLE_RATE_HZ * 1.1)
/** Encoder positions: 50 a second, 1,500 in the full window of 30 s. */
const POSITIONS_PER_SECOND = 50
const POSITIONS_MAX = 1_500
/** Holds ten seconds; less than this loses words. */
const POSITIONS_MIN = 512
const POSITIONS_STEP = 64
const TOKENS_PER_SECOND = 8
const TOKENS_MIN = 24
/** About half of Whisper's 224 prompt tokens would be too few for a long list of drugs. */
const PROMPT_CHARACTERS_MAX = 700

export interface WhisperOptions {
  readonly prompt?: string | undefined
  readonly language: string
  /** As many as it was opened with, unless told. */
  readonly threads?: number | undefined
}

export class Whisper {
  readonly #engine: Engine
  readonly #threads: number

  constructor(path: string, threads: number) {
    try {
      this.#engine = new napi.Whisper(path, { useGpu: process.platform === "darwin" })
    } catch {
      throw new ModelError("model_unreadable", `${path} could not be loaded.`)
    }
    this.#threads = threads
  }

  /** The words in the audio. Blocks until they are there. */
  transcribe(pcm16k: Float32Array, options: WhisperOptions): string {
    const audio = atLeast(pcm16k, SAMPLES_MIN)
    const params = new napi.WhisperFullParams(napi.WhisperSamplingStrategy.Greedy)
    this.#prepare(params, audio.length / SAMPLE_RATE_HZ, options)
    const text = withoutRepeats(this.#engine.full(params, audio).trim())
    return separated(text, options.prompt ?? "")
  }

  /** The words if they are in this language, else none. Only a model of many languages can tell. */
  transcribeOnly(pcm16k: Float32Array, language: string): string {
    const text = this.transcribe(pcm16k, { language: "auto" })
    return napi.Whisper.lang(this.#engine.fullLangId) === language ? text : ""
  }

  #prepare(params: WhisperFullParams, seconds: number, options: WhisperOptions): void {
    const positions = Math.ceil((seconds * POSITIONS_PER_SECOND) / POSITIONS_STEP + 1)
    params.audioCtx = clamp(positions * POSITIONS_STEP, POSITIONS_MIN, POSITIONS_MAX)
    params.maxTokens = Math.max(TOKENS_MIN, Math.ceil(seconds * TOKENS_PER_SECOND))
    params.nThreads = options.threads ?? this.#threads
    params.language = options.language
    params.temperature = 0
    params.noContext = true
    params.noTimestamps = true
    params.singleSegment = true
    params.suppressBlank = true
    params.suppressNonSpeechTokens = true
    params.printProgress = false
    params.printRealtime = false
    params.printTimestamps = false
    params.printSpecial = false
    if (options.prompt !== undefined) {
      params.initialPrompt = options.prompt.slice(-PROMPT_CHARACTERS_MAX)
    }
  }
}

/** With a trimmed window the engine glues words together: an expected one is cut free. */
export function separated(text: string, prompt: string): string {
  const expected = prompt.match(/\p{L}{6,}/gu) ?? []
  return expected.reduce(
    (freed, word) => freed.replaceAll(new RegExp(`\\b(\\p{L}{1,4})(${word})\\b`, "giu"), "$1 $2"),
    text,
  )
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

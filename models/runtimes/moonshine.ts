/**
 * The quick ear: Moonshine base, good at digits. It takes what the voice detector called speech, so
 * an empty answer is doubted once; it never waits for more audio.
 */
import type { InferenceSession, Tensor } from "onnxruntime-node"
import { loopLength } from "./repetition.ts"
import { floatsOf, openSession, ort } from "./session.ts"
import { Vocabulary } from "./vocabulary.ts"

const SAMPLE_RATE_HZ = 16_000
const START_TOKEN = 1
const END_TOKEN = 2
const HEADS = 8
const HEAD_WIDTH = 52
/** Digits read fast come close to this. */
const TOKENS_PER_SECOND = 7
const TOKENS_MIN = 12
/** The encoder refuses less. */
const SAMPLES_MIN = SAMPLE_RATE_HZ / 2

export interface MoonshineFiles {
  readonly encoder: string
  readonly decoder: string
  readonly vocabulary: string
}

type Feeds = Record<string, Tensor>

export class Moonshine {
  readonly #encoder: InferenceSession
  readonly #decoder: InferenceSession
  readonly #vocabulary: Vocabulary

  private constructor(encoder: InferenceSession, decoder: InferenceSession, words: Vocabulary) {
    this.#encoder = encoder
    this.#decoder = decoder
    this.#vocabulary = words
  }

  static async open(files: MoonshineFiles, threads: number): Promise<Moonshine> {
    const encoder = await openSession(files.encoder, threads)
    const decoder = await openSession(files.decoder, threads)
    return new Moonshine(encoder, decoder, new Vocabulary(files.vocabulary))
  }

  /** The words in the audio. With `hasSpeech`, an empty answer is doubted once. */
  async transcribe(pcm16k: Float32Array, hasSpeech: boolean): Promise<string> {
    const audio = atLeast(pcm16k, SAMPLES_MIN)
    const { last_hidden_state: heard } = await this.#encoder.run({
      input_values: new ort.Tensor("float32", audio, [1, audio.length]),
    })
    if (heard === undefined) throw new Error("The encoder gave nothing.")
    const seconds = audio.length / SAMPLE_RATE_HZ
    const tokensMax = Math.max(TOKENS_MIN, Math.ceil(seconds * TOKENS_PER_SECOND))
    const text = this.#vocabulary.decode(await this.#decode(heard, tokensMax, false))
    if (text !== "" || !hasSpeech) return text
    return this.#vocabulary.decode(await this.#decode(heard, tokensMax, true))
  }

  async #decode(heard: Tensor, tokensMax: number, mustSpeak: boolean): Promise<number[]> {
    const tokens: number[] = []
    let memory = this.#emptyMemory()
    let last = START_TOKEN
    while (tokens.length < tokensMax) {
      const isFirst = tokens.length === 0
      const outputs = await this.#decoder.run({
        input_ids: new ort.Tensor("int64", [BigInt(last)], [1, 1]),
        encoder_hidden_states: heard,
        use_cache_branch: new ort.Tensor("bool", [!isFirst]),
        ...memory,
      })
      last = best(floatsOf(outputs.logits), isFirst && mustSpeak ? END_TOKEN : -1)
      if (last === END_TOKEN) break
      tokens.push(last)
      const loop = loopLength(tokens)
      if (loop > 0) return tokens.slice(0, -loop)
      memory = remembered(outputs, memory, isFirst)
    }
    return tokens
  }

  #emptyMemory(): Feeds {
    const names = this.#decoder.inputNames.filter((name) => name.startsWith("past_key_values."))
    const nothing = new ort.Tensor("float32", new Float32Array(0), [0, HEADS, 1, HEAD_WIDTH])
    return Object.fromEntries(names.map((name) => [name, nothing]))
  }
}

/** The decoder's own past grows with each token; what it took from the encoder is made once. */
function remembered(outputs: Feeds, memory: Feeds, isFirst: boolean): Feeds {
  const next: Feeds = { ...memory }
  for (const [name, value] of Object.entries(outputs)) {
    const isOwn = name.includes(".decoder.")
    if (name.startsWith("present.") && (isOwn || isFirst)) {
      next[name.replace("present.", "past_key_values.")] = value
    }
  }
  return next
}

function best(logits: Float32Array, banned: number): number {
  let winner = -1
  let highest = Number.NEGATIVE_INFINITY
  for (let token = 0; token < logits.length; token++) {
    if (logits[token]! > highest && token !== banned) {
      highest = logits[token]!
      winner = token
    }
  }
  return winner
}

/** The audio, with silence behind it where it is too short to be read. */
export function atLeast(audio: Float32Array, samples: number): Float32Array {
  if (audio.length >= samples) return audio
  const padded = new Float32Array(samples)
  padded.set(audio)
  return padded
}

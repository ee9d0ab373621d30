/** The voice: Kokoro 82M in full precision, 24 kHz. It blocks its thread, clause by clause. */
import { readFile } from "node:fs/promises"
import type { InferenceSession } from "onnxruntime-node"
import { ModelError } from "../model-error.ts"
import type { Language } from "../protocol.ts"
import { numbersOf } from "./kokoro-alphabet.ts"
import { phonemesOf } from "./phonemes.ts"
import { floatsOf, openSession, ort } from "./session.ts"

export const KOKORO_RATE_HZ = 24_000
const STYLE_WIDTH = 256
/** One style for each length of text, up to what the model can read at once. */
const STYLES = 510
const PAD = 0

/** Quieter than this at the edges of a clause is silence that the model added. */
const SILENCE_LEVEL = 0.005
const LEAD_MS = 20
const TAIL_MS = 90
const SENTENCE_TAIL_MS = 240

export interface Speech {
  readonly text: string
  readonly voice: string
  readonly language: Language
  readonly speed: number
}

export class Kokoro {
  readonly #session: InferenceSession
  readonly #styles: ReadonlyMap<string, Float32Array>

  private constructor(session: InferenceSession, styles: ReadonlyMap<string, Float32Array>) {
    this.#session = session
    this.#styles = styles
  }

  /** `voices` maps a name to its file of styles. */
  static async open(
    model: string,
    voices: ReadonlyMap<string, string>,
    threads: number,
  ): Promise<Kokoro> {
    const styles = new Map<string, Float32Array>()
    for (const [name, path] of voices) styles.set(name, await readStyles(path))
    return new Kokoro(await openSession(model, threads), styles)
  }

  /** The sound of one clause, at KOKORO_RATE_HZ, without the model's own silence around it. */
  async speak({ text, voice, language, speed }: Speech): Promise<Float32Array> {
    const styles = this.#styles.get(voice)
    if (styles === undefined) throw new Error("No such voice was loaded.")
    const tokens = numbersOf(await phonemesOf(text, language)).slice(0, STYLES - 1)
    if (tokens.length === 0) return new Float32Array(0)
    const ids = [PAD, ...tokens, PAD].map(BigInt)
    const style = styles.subarray(tokens.length * STYLE_WIDTH, (tokens.length + 1) * STYLE_WIDTH)
    const { waveform } = await this.#session.run({
      input_ids: new ort.Tensor("int64", ids, [1, ids.length]),
      style: new ort.Tensor("float32", style, [1, STYLE_WIDTH]),
      speed: new ort.Tensor("float32", [speed], [1]),
    })
    return trimmed(floatsOf(waveform), /[.!?…]\s*$/u.test(text) ? SENTENCE_TAIL_MS : TAIL_MS)
  }
}

async function readStyles(path: string): Promise<Float32Array> {
  const bytes = await readFile(path)
  if (bytes.length !== STYLES * STYLE_WIDTH * Float32Array.BYTES_PER_ELEMENT) {
    throw new ModelError("model_unreadable", `${path} is not a voice.`)
  }
  return new Float32Array(new Uint8Array(bytes).buffer)
}

function trimmed(audio: Float32Array, tailMs: number): Float32Array {
  const isLoud = (sample: number): boolean => Math.abs(sample) > SILENCE_LEVEL
  const first = audio.findIndex(isLoud)
  if (first < 0) return new Float32Array(0)
  const lead = Math.max(0, first - (LEAD_MS * KOKORO_RATE_HZ) / 1000)
  const end = audio.findLastIndex(isLoud) + 1 + (tailMs * KOKORO_RATE_HZ) / 1000
  const cut = new Float32Array(end - lead)
  cut.set(audio.subarray(lead, end))
  return cut
}

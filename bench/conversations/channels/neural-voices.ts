/**
 * Callers' voices that are nearer to people than the programs of a Linux system: Kokoro's, several
 * speakers, none of them the agent's own. What was once said is kept on disk.
 */
import { createHash } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { cacheFolder } from "../../../models/cache.ts"
import { pull } from "../../../models/fetch.ts"
import { ourManifest } from "../../../models/manifest.ts"
import { plainReport } from "../../../models/progress.ts"
import { resample } from "../../../models/runtimes/resample.ts"
import { SpeechProcess } from "../../../models/speech-client.ts"
import { encodeMulaw, samplesPerSecond } from "../../../simulators/twilio/mulaw.ts"

const FOLDER = join(tmpdir(), "mortar-neural-callers")
const KOKORO_HZ = 24_000
/** About 60 % of full scale, as telephone speech is. */
const LINE_PEAK = 20_000
/** Quieter than this at either end is not speech. */
const EDGE_LEVEL = 250
/** The end of a word fades: this much is left after it. */
const FADE_SAMPLES = 80

/** Says a text in a voice at a pace, as µ-law without silence at either end. */
export type NeuralVoice = (text: string, voice: string, pace: number) => Promise<Uint8Array>

/** Fetches what is missing, once. The process begins with the first words and ends with `t`. */
export async function neuralVoice(t: {
  after(end: () => Promise<void>): void
}): Promise<NeuralVoice> {
  const report = plainReport((line) => console.log(line))
  await pull({ manifest: ourManifest(), profile: "callers", cache: cacheFolder(), report })
  let speech: SpeechProcess | undefined
  t.after(async () => speech?.end())
  return async (text, voice, pace) => {
    const key = createHash("sha256").update(`${voice}\n${pace}\n${text}`).digest("hex")
    const file = join(FOLDER, `${key}.ulaw`)
    const kept = await readFile(file).catch(() => undefined)
    if (kept) return kept
    speech ??= new SpeechProcess("voice")
    const sound = await spoken(speech, { text, voice, speed: pace })
    await mkdir(FOLDER, { recursive: true })
    await writeFile(file, sound)
    return sound
  }
}

interface Saying {
  readonly text: string
  readonly voice: string
  readonly speed: number
}

async function spoken(speech: SpeechProcess, saying: Saying): Promise<Uint8Array> {
  const clauses: Float32Array[] = []
  const done = await speech.ask({ op: "speak", ...saying }, (pcm24k) => clauses.push(pcm24k))
  if (!done?.ok) throw new Error(`${saying.voice} could not speak`)
  const samples = clauses.flatMap((pcm) => [...resample(pcm, KOKORO_HZ, samplesPerSecond)])
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-6)
  const leveled = Int16Array.from(samples, (sample) => (sample * LINE_PEAK) / loudest)
  return encodeMulaw(trimmed(leveled))
}

function trimmed(samples: Int16Array): Int16Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > EDGE_LEVEL)
  const last = samples.findLastIndex((sample) => Math.abs(sample) > EDGE_LEVEL)
  return samples.subarray(Math.max(0, first), last + FADE_SAMPLES)
}

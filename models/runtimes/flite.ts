/**
 * The spare voice, for when the good one can't keep up or can't load: flite for English, espeak-ng
 * for Spanish and where flite is missing. It needs no weights and must never cause silence.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ModelError } from "../model-error.ts"
import type { Language } from "../protocol.ts"
import { runProgram } from "./program.ts"

const FLITE_VOICE = "rms"
const ESPEAK_WORDS_PER_MINUTE = 160

const espeakVoices: Readonly<Record<Language, string>> = { en: "en-us", es: "es-419" }

export interface Sound {
  readonly rateHz: number
  readonly pcm: Float32Array
}

/** The words spoken by a program of the system, at whatever rate it speaks. */
export async function speakSpare(text: string, language: Language, speed: number): Promise<Sound> {
  if (language === "en") {
    try {
      return await speakFlite(text, FLITE_VOICE, speed)
    } catch (trouble) {
      if (!(trouble instanceof ModelError)) throw trouble
    }
  }
  const pace = String(Math.round(ESPEAK_WORDS_PER_MINUTE * speed))
  const args = ["--stdin", "--stdout", "-v", espeakVoices[language], "-s", pace]
  return readWave(await runProgram("espeak-ng", args, text))
}

/** One of flite's own voices: `kal`, `awb`, `rms`, `slt`. */
export async function speakFlite(text: string, voice: string, speed: number): Promise<Sound> {
  // flite can't write a wave to a pipe: it goes back to the header at the end.
  const folder = await mkdtemp(join(tmpdir(), "mortar-speech-"))
  try {
    const path = join(folder, "speech.wav")
    const stretch = `duration_stretch=${1 / speed}`
    await runProgram("flite", ["-voice", voice, "--setf", stretch, "-o", path], `${text}\n`)
    return readWave(await readFile(path))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Mono 16-bit PCM; sizes in the header are not believed: a pipe's writer can't know them. */
export function readWave(wave: Buffer): Sound {
  const rateHz = wave.readUInt32LE(24)
  const from = wave.indexOf("data") + 8
  const pcm = new Float32Array((wave.length - from) >> 1)
  for (let i = 0; i < pcm.length; i++) pcm[i] = wave.readInt16LE(from + 2 * i) / 32_768
  return { rateHz, pcm }
}

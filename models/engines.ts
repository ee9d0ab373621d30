/** What each role loads and how it answers a request. The files come from the verified cache. */
import { availableParallelism } from "node:os"
import { modelPath } from "./cache.ts"
import type { FailureCode, Probabilities, Request, Role, Transcript } from "./protocol.ts"
import { clausesOf } from "./runtimes/clauses.ts"
import { speakSpare } from "./runtimes/flite.ts"
import { KOKORO_RATE_HZ, Kokoro } from "./runtimes/kokoro.ts"
import { Moonshine } from "./runtimes/moonshine.ts"
import { resample } from "./runtimes/resample.ts"
import { Silero } from "./runtimes/silero.ts"
import { Whisper } from "./runtimes/whisper.ts"
import { type Voice, voices } from "./voices.ts"

/** More help a short utterance no further. */
const EARS_THREADS_MAX = Math.min(4, availableParallelism())
/** What both transcribers can hold at once: 30 s at 16 kHz. */
const AUDIO_SAMPLES_MAX = 30 * 16_000
const TEXT_CHARACTERS_MAX = 2_000

/** The careful ear of each profile. */
const whispers = {
  embedded: { en: "whisper-base-en", es: "whisper-tiny" },
  appliance: { en: "whisper-large-v3-turbo", es: "whisper-large-v3-turbo" },
} as const

/** A request that can't be answered, for a reason of ours. */
export class Refusal extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode) {
    super(code)
    this.name = "Refusal"
    this.code = code
  }
}

export interface Progress {
  clause(number: number, pcm24k: Float32Array): void
  /** Lets waiting messages in, then says whether this request was cancelled meanwhile. */
  isCancelled(): Promise<boolean>
}

export type Engine = (
  request: Request,
  progress: Progress,
) => Promise<Partial<Probabilities> & Partial<Transcript>>

/** Loads what the role needs. Throws ModelError when it is not there or not right. */
export function openEngine(role: Role, threads: number): Promise<Engine> {
  return { vad, quick, careful, voice, spare_voice: spareVoice }[role](threads)
}

async function vad(threads: number): Promise<Engine> {
  const silero = await Silero.open(await modelPath("silero-vad"), threads)
  return async (request) => {
    if (request.op === "frames") {
      return { probabilities: await silero.probabilities(request.items) }
    }
    if (request.op !== "end") throw new Refusal("bad_request")
    silero.end(request.stream)
    return {}
  }
}

async function quick(threads: number): Promise<Engine> {
  const files = {
    encoder: await modelPath("moonshine-encoder"),
    decoder: await modelPath("moonshine-decoder"),
    vocabulary: await modelPath("moonshine-vocabulary"),
  }
  const moonshine = await Moonshine.open(files, threads)
  return async (request) => {
    const { pcm16k, hasSpeech = true } = transcription(request)
    return await timed(() => moonshine.transcribe(pcm16k, hasSpeech))
  }
}

async function careful(threads: number): Promise<Engine> {
  const names = whispers[process.env.MORTAR_PROFILE === "appliance" ? "appliance" : "embedded"]
  const english = new Whisper(await modelPath(names.en), threads)
  let spanish = names.es === names.en ? english : undefined
  return async (request) => {
    const { pcm16k, prompt, language = "en", isAlone, isDoubtful = false } = transcription(request)
    // Few callers need it, so it takes memory only once one does.
    if (language === "es") spanish ??= new Whisper(await modelPath(names.es), threads)
    const whisper = language === "es" && spanish !== undefined ? spanish : english
    if (isDoubtful) return await timed(() => whisper.transcribeOnly(pcm16k, language))
    const hurried = isAlone ? Math.max(threads, EARS_THREADS_MAX) : threads
    return await timed(() => whisper.transcribe(pcm16k, { prompt, language, threads: hurried }))
  }
}

async function voice(threads: number): Promise<Engine> {
  const styles = new Map<string, string>()
  for (const [name, { file, isCaller = false }] of Object.entries(voices)) {
    if (file === undefined) continue
    const path = await modelPath(file).catch((trouble: unknown) => {
      if (isCaller) return undefined
      throw trouble
    })
    if (path !== undefined) styles.set(name, path)
  }
  const kokoro = await Kokoro.open(await modelPath("kokoro-fp32"), styles, threads)
  return speaking(async (text, name, speed) => {
    const chosen = voices[name]!
    if (chosen.file === undefined) return await spare(text, chosen, speed)
    return await kokoro.speak({ text, voice: name, language: chosen.language, speed })
  })
}

async function spareVoice(): Promise<Engine> {
  return speaking((text, name, speed) => spare(text, voices[name]!, speed))
}

async function spare(text: string, { language }: Voice, speed: number): Promise<Float32Array> {
  const { pcm, rateHz } = await speakSpare(text, language, speed)
  return resample(pcm, rateHz, KOKORO_RATE_HZ)
}

type SpeakClause = (text: string, voice: string, speed: number) => Promise<Float32Array>

function speaking(speakClause: SpeakClause): Engine {
  return async (request, progress) => {
    if (request.op !== "speak" || !(request.voice in voices)) throw new Refusal("bad_request")
    if (request.text.length > TEXT_CHARACTERS_MAX) throw new Refusal("too_long")
    for (const [number, text] of clausesOf(request.text).entries()) {
      if (await progress.isCancelled()) throw new Refusal("cancelled")
      const pcm24k = await speakClause(text, request.voice, request.speed)
      if (await progress.isCancelled()) throw new Refusal("cancelled")
      progress.clause(number, pcm24k)
    }
    return {}
  }
}

function transcription(request: Request): Extract<Request, { op: "transcribe" }> {
  if (request.op !== "transcribe") throw new Refusal("bad_request")
  if (request.pcm16k.length > AUDIO_SAMPLES_MAX) throw new Refusal("too_long")
  return request
}

async function timed(hear: () => string | Promise<string>): Promise<Transcript> {
  const startedAtMs = performance.now()
  const text = await hear()
  return { text, ms: Math.round(performance.now() - startedAtMs) }
}

/**
 * The agent's own weights in the peer's pipeline: the quick ear as its transcriber, the same voice
 * detector, the same voice. Each is asked of a process of its own, as the agent asks them.
 */

import { stt, tts, VAD, type VADEvent, VADEventType, VADStream } from "@livekit/agents"
import { AudioFrame, type AudioFrame as Frame } from "@livekit/rtc-node"
import { VAD_FRAME_SAMPLES } from "../../../models/protocol.ts"
import { KOKORO_RATE_HZ } from "../../../models/runtimes/kokoro.ts"
import { SpeechProcess } from "../../../models/speech-client.ts"
import { DEFAULT_VOICE } from "../../../models/voices.ts"
import { toFloat, toInt16 } from "../../../voice/audio/samples.ts"

export const EAR_HZ = 16_000
const LINE_HZ = 8_000
const WINDOW_MS = (VAD_FRAME_SAMPLES * 1_000) / LINE_HZ

/** The peer's own defaults for its voice detector. */
const STARTS_ABOVE = 0.5
const ENDS_BELOW = 0.35
const SPEECH_MS_MIN = 50
const SILENCE_MS_MIN = 250
const LEAD_MS = 500
const BUFFER_MS_MAX = 60_000

export interface Weights {
  readonly ear: SpeechProcess
  readonly detector: SpeechProcess
  readonly voice: SpeechProcess
}

export function openWeights(): Weights {
  return {
    ear: new SpeechProcess("quick"),
    detector: new SpeechProcess("vad"),
    voice: new SpeechProcess("voice"),
  }
}

export async function closeWeights({ ear, detector, voice }: Weights): Promise<void> {
  await Promise.all([ear.end(), detector.end(), voice.end()])
}

export class PeerEar extends stt.STT {
  label = "the quick ear"
  readonly #ear: SpeechProcess

  constructor(ear: SpeechProcess) {
    super({ streaming: false, interimResults: false })
    this.#ear = ear
  }

  async _recognize(frames: Frame | readonly Frame[]) {
    const samples = joined(Array.isArray(frames) ? frames : [frames])
    const longest = samples.subarray(Math.max(0, samples.length - EAR_HZ * 30))
    const heard = await this.#ear.ask({ op: "transcribe", pcm16k: toFloat(longest) })
    const text = heard?.ok && "text" in heard ? heard.text : ""
    const alternative = { text, language: "en", startTime: 0, endTime: 0, confidence: 1 }
    return { type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [alternative] as const }
  }
}

export class PeerVoice extends tts.TTS {
  label = "the voice"
  readonly #voice: SpeechProcess
  readonly #onSpoken: (text: string, ms: number) => void

  /** `onSpoken`: so much sound belongs to this text; in the order in which it is played. */
  constructor(voice: SpeechProcess, onSpoken: (text: string, ms: number) => void) {
    super(KOKORO_RATE_HZ, 1, { streaming: false })
    this.#voice = voice
    this.#onSpoken = onSpoken
  }

  synthesize(text: string, options?: object, signal?: AbortSignal): tts.ChunkedStream {
    const parts = { voice: this.#voice, onSpoken: this.#onSpoken, options, signal }
    return new Saying(text, this, parts)
  }

  stream(): never {
    throw new Error("the pipeline cuts the text into sentences itself")
  }
}

interface SayingParts {
  readonly voice: SpeechProcess
  readonly onSpoken: (text: string, ms: number) => void
  readonly options: object | undefined
  readonly signal: AbortSignal | undefined
}

class Saying extends tts.ChunkedStream {
  label = "the voice"
  readonly #parts: SayingParts

  constructor(text: string, of: PeerVoice, parts: SayingParts) {
    super(text, of, parts.options, parts.signal)
    this.#parts = parts
  }

  /** Clause by clause, as the agent's own voice: the first is heard before the rest is made. */
  protected async run(): Promise<void> {
    const { voice, onSpoken } = this.#parts
    const text = this.inputText
    let samples = 0
    const question = { op: "speak", text, voice: DEFAULT_VOICE, speed: 1 } as const
    await voice.ask(question, (pcm24k) => {
      if (this.abortSignal.aborted) return
      const frame = new AudioFrame(toInt16(pcm24k), KOKORO_RATE_HZ, 1, pcm24k.length)
      samples += pcm24k.length
      this.queue.put({ requestId: text, segmentId: text, frame, final: false })
    })
    onSpoken(text, (samples * 1_000) / KOKORO_RATE_HZ)
    this.queue.close()
  }
}

export class PeerDetector extends VAD {
  label = "the voice detector"
  readonly #process: SpeechProcess
  #streams = 0

  constructor(process: SpeechProcess) {
    super({ updateInterval: WINDOW_MS })
    this.#process = process
  }

  override get minSilenceDuration(): number {
    return SILENCE_MS_MIN
  }

  stream(): VADStream {
    return new DetectorStream(this, this.#process, `peer-${++this.#streams}-${performance.now()}`)
  }
}

/** Two thresholds and two least lengths, as the peer's own detector has them. */
class DetectorStream extends VADStream {
  readonly #process: SpeechProcess
  readonly #name: string
  #kept: Int16Array[] = []
  #isSpeaking = false
  #speechMs = 0
  #silenceMs = 0
  #aboveMs = 0
  #belowMs = 0
  #windows = 0

  constructor(of: VAD, process: SpeechProcess, name: string) {
    super(of)
    this.#process = process
    this.#name = name
    void this.#watch()
  }

  async #watch(): Promise<void> {
    let waiting: Int16Array = new Int16Array(0)
    const windowSamples = (WINDOW_MS * EAR_HZ) / 1_000
    while (!this.closed) {
      const { done, value } = await this.inputReader.read()
      if (done) break
      if (typeof value === "symbol") {
        this.#forget()
        continue
      }
      waiting = both(waiting, value.data)
      for (; waiting.length >= windowSamples; waiting = waiting.slice(windowSamples)) {
        await this.#take(waiting.slice(0, windowSamples))
      }
    }
    void this.#process.ask({ op: "end", stream: this.#name })
  }

  async #take(window: Int16Array): Promise<void> {
    const startedAtMs = performance.now()
    const samples = toFloat(window.filter((_, at) => at % 2 === 0))
    const items = [{ stream: this.#name, samples }]
    const answer = await this.#process.ask({ op: "frames", items })
    const probability = answer?.ok && "probabilities" in answer ? answer.probabilities[0] : 0
    this.#judge(window, probability ?? 0, performance.now() - startedAtMs)
  }

  #judge(window: Int16Array, probability: number, inferenceMs: number): void {
    this.#windows += 1
    this.#keep(window)
    if (this.#isSpeaking) this.#speechMs += WINDOW_MS
    else this.#silenceMs += WINDOW_MS
    const tell = (type: number, samples: Int16Array) =>
      void this.sendVADEvent(this.#event(type, samples, [probability, inferenceMs]))
    tell(VADEventType.INFERENCE_DONE, window)
    const isVoice = probability >= (this.#isSpeaking ? ENDS_BELOW : STARTS_ABOVE)
    this.#aboveMs = isVoice ? this.#aboveMs + WINDOW_MS : 0
    this.#belowMs = isVoice ? 0 : this.#belowMs + WINDOW_MS
    if (!this.#isSpeaking && this.#aboveMs >= SPEECH_MS_MIN) {
      this.#isSpeaking = true
      this.#speechMs = this.#aboveMs
      this.#silenceMs = 0
      tell(VADEventType.START_OF_SPEECH, this.#sound())
    } else if (this.#isSpeaking && this.#belowMs >= SILENCE_MS_MIN) {
      this.#isSpeaking = false
      this.#silenceMs = this.#belowMs
      this.#speechMs = Math.max(0, this.#speechMs - this.#belowMs)
      tell(VADEventType.END_OF_SPEECH, this.#sound())
      this.#speechMs = 0
    }
  }

  #event(
    type: number,
    samples: Int16Array,
    [probability, inferenceDuration]: readonly [number, number],
  ): VADEvent {
    const isDone = type === VADEventType.INFERENCE_DONE
    return {
      type,
      samplesIndex: this.#windows * VAD_FRAME_SAMPLES * 2,
      timestamp: this.#windows * WINDOW_MS,
      speechDuration: this.#speechMs,
      silenceDuration: this.#silenceMs,
      frames: [new AudioFrame(samples, EAR_HZ, 1, samples.length)],
      ...{ probability, inferenceDuration, speaking: this.#isSpeaking },
      rawAccumulatedSilence: isDone ? this.#belowMs : 0,
      rawAccumulatedSpeech: isDone ? this.#aboveMs : 0,
    }
  }

  /** While nobody speaks, only what may be the beginning of a word is kept. */
  #keep(window: Int16Array): void {
    this.#kept.push(window)
    const mostMs = this.#isSpeaking || this.#aboveMs > 0 ? BUFFER_MS_MAX : LEAD_MS
    const most = Math.ceil(mostMs / WINDOW_MS)
    if (this.#kept.length > most) this.#kept = this.#kept.slice(-most)
  }

  #sound(): Int16Array {
    return this.#kept.reduce(both, new Int16Array(0))
  }

  #forget(): void {
    this.#kept = []
    this.#isSpeaking = false
    this.#speechMs = this.#silenceMs = this.#aboveMs = this.#belowMs = 0
  }
}

function joined(frames: readonly Frame[]): Int16Array {
  return frames.map(({ data }) => data).reduce(both, new Int16Array(0))
}

function both(one: Int16Array, other: Int16Array): Int16Array {
  const all = new Int16Array(one.length + other.length)
  all.set(one)
  all.set(other, one.length)
  return all
}

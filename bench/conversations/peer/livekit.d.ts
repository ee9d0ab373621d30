/** The parts of LiveKit's agents that the peer is built of. The package is there once asked for. */

declare module "@livekit/rtc-node" {
  export class AudioFrame {
    readonly data: Int16Array
    readonly sampleRate: number
    readonly samplesPerChannel: number
    constructor(data: Int16Array, sampleRate: number, channels: number, samplesPerChannel: number)
  }
}

declare module "@livekit/local-inference" {
  const localInference: {
    initEot(): void
    predict(pcm: Int16Array): Promise<number>
  }
  export default localInference
}

declare module "@livekit/agents" {
  import type { EventEmitter } from "node:events"
  import type { AudioFrame } from "@livekit/rtc-node"

  export function initializeLogger(options: { pretty: boolean; level: string }): void

  interface Heard {
    readonly type: number
    readonly alternatives: readonly [
      {
        readonly text: string
        readonly language: string
        readonly startTime: number
        readonly endTime: number
        readonly confidence: number
      },
    ]
  }

  export namespace stt {
    const SpeechEventType: { readonly FINAL_TRANSCRIPT: number }
    abstract class STT {
      abstract label: string
      constructor(capabilities: { streaming: boolean; interimResults: boolean })
      protected abstract _recognize(frames: AudioFrame | readonly AudioFrame[]): Promise<Heard>
    }
  }

  export namespace tts {
    interface Piece {
      readonly requestId: string
      readonly segmentId: string
      readonly frame: AudioFrame
      readonly final: boolean
    }
    abstract class ChunkedStream {
      abstract label: string
      protected readonly queue: { put(piece: Piece): void; close(): void }
      readonly inputText: string
      readonly abortSignal: AbortSignal
      constructor(text: string, of: TTS, options?: object, signal?: AbortSignal)
      protected abstract run(): Promise<void>
    }
    abstract class TTS {
      abstract label: string
      constructor(sampleRate: number, channels: number, capabilities: { streaming: boolean })
      abstract synthesize(text: string, options?: object, signal?: AbortSignal): ChunkedStream
      abstract stream(): never
    }
  }

  export const VADEventType: {
    readonly START_OF_SPEECH: number
    readonly INFERENCE_DONE: number
    readonly END_OF_SPEECH: number
  }
  export interface VADEvent {
    readonly type: number
    readonly samplesIndex: number
    readonly timestamp: number
    readonly speechDuration: number
    readonly silenceDuration: number
    readonly frames: readonly AudioFrame[]
    readonly probability: number
    readonly inferenceDuration: number
    readonly speaking: boolean
    readonly rawAccumulatedSilence: number
    readonly rawAccumulatedSpeech: number
  }
  export abstract class VAD {
    abstract label: string
    constructor(capabilities: { updateInterval: number })
    get minSilenceDuration(): number | null
    abstract stream(): VADStream
  }
  export abstract class VADStream {
    protected readonly inputReader: ReadableStreamDefaultReader<AudioFrame | symbol>
    protected closed: boolean
    constructor(of: VAD)
    protected sendVADEvent(event: VADEvent): boolean
  }

  export namespace inference {
    class TurnDetector {
      constructor(options: {
        version: "v1-mini"
        executor: { doInference(method: string, input: { readonly pcm: string }): Promise<unknown> }
      })
    }
  }

  export namespace voice {
    abstract class AudioInput {
      protected readonly multiStream: {
        addInputStream(stream: ReadableStream<AudioFrame>): string
      }
      close(): Promise<void>
    }
    abstract class AudioOutput extends EventEmitter {
      constructor(sampleRate: number, next: undefined, capabilities: { pause: boolean })
      captureFrame(frame: AudioFrame): Promise<void>
      onPlaybackStarted(createdAt: number): void
      onPlaybackFinished(options: { playbackPosition: number; interrupted: boolean }): void
      flush(): void
      abstract clearBuffer(): void
      pause(): void
      resume(): void
    }
    interface SpeechHandle {
      readonly interrupted: boolean
      waitForPlayout(): Promise<unknown>
    }
    class Agent {
      constructor(options: { instructions: string })
      onEnter(): Promise<void>
      llmNode(context: {
        readonly items: readonly { readonly role?: string; readonly textContent?: string }[]
      }): Promise<ReadableStream<string> | null>
    }
    interface SessionOptions {
      readonly stt: stt.STT
      readonly tts: tts.TTS
      readonly vad: VAD
      readonly llm: llm.LLM
      readonly turnHandling: {
        readonly turnDetection: inference.TurnDetector
        readonly preemptiveGeneration: { readonly enabled: boolean }
      }
      readonly userAwayTimeout: number | null
    }
    class AgentSession {
      readonly input: { audio: AudioInput | null }
      readonly output: { audio: AudioOutput | null }
      constructor(options: SessionOptions)
      start(options: { agent: Agent; record: false }): Promise<void>
      say(text: string | ReadableStream<string>): SpeechHandle
      close(): Promise<void>
    }
  }

  export namespace llm {
    abstract class LLM {
      abstract label(): string
      abstract chat(): never
    }
  }
}

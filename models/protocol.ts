/**
 * What a speech process and its parent say to each other. Plain data over the channel of
 * `fork(…, { serialization: "advanced" })`; audio is Float32Array, mono, between -1 and 1.
 */
import type { ModelErrorCode } from "./model-error.ts"

export const roles = ["vad", "quick", "careful", "voice", "spare_voice"] as const
export type Role = (typeof roles)[number]

/** Silero's frame at 8 kHz: 32 ms. */
export const VAD_FRAME_SAMPLES = 256

export interface VadItem {
  /** The caller's audio; a process keeps a state for each until `end`. */
  readonly stream: string
  /** Exactly VAD_FRAME_SAMPLES at 8 kHz. */
  readonly samples: Float32Array
}

export type Language = "en" | "es"

/** Parent to child. `id` is the parent's, new for each request. */
export type Request =
  | { readonly id: number; readonly op: "frames"; readonly items: readonly VadItem[] }
  | { readonly id: number; readonly op: "end"; readonly stream: string }
  | {
      readonly id: number
      readonly op: "transcribe"
      readonly pcm16k: Float32Array
      /** Careful ear only. Words to expect: helps drugs, hurts digits; so chosen for each slot. */
      readonly prompt?: string
      /** Careful ear only; English unless told. */
      readonly language?: Language
      /** Careful ear only. True: the answer is empty when another language is spoken. */
      readonly isDoubtful?: boolean
      /** Careful ear only. Nothing else computes: it may take all cores. Threads that spin beside
       * a busy voice would cost it threefold. */
      readonly isAlone?: boolean
      /** Quick ear only. False: an empty answer is an answer; it may have been noise. */
      readonly hasSpeech?: boolean
    }
  | {
      readonly id: number
      readonly op: "speak"
      readonly text: string
      /** A name of `voiceNames`. */
      readonly voice: string
      /** 1 is as recorded; 0.5 to 2. */
      readonly speed: number
    }
  /** Ends the request `target`: at once while it waits, else after the clause in work. */
  | { readonly id: number; readonly op: "cancel"; readonly target: number }

/** The first message of a child, once. After `ready: false` it exits. */
export type Hello =
  | { readonly ready: true; readonly loadMs: number; readonly residentMiB: number }
  | { readonly ready: false; readonly code: FailureCode }

export type FailureCode =
  | ModelErrorCode
  | "bad_request"
  | "too_long"
  | "overloaded"
  | "cancelled"
  | "failed"

export interface Probabilities {
  /** One for each item, in their order. */
  readonly probabilities: readonly number[]
}

export interface Transcript {
  readonly text: string
  /** Time in the engine, without waiting. */
  readonly ms: number
}

/** Child to parent: clauses for `speak`, then exactly one with `ok` for every request. */
export type Response =
  | { readonly id: number; readonly clause: number; readonly pcm24k: Float32Array }
  | ({ readonly id: number; readonly ok: true } & Partial<Probabilities> & Partial<Transcript>)
  | { readonly id: number; readonly ok: false; readonly code: FailureCode }

const isText = (value: unknown): value is string => typeof value === "string"
const isAudio = (value: unknown): value is Float32Array => value instanceof Float32Array
const isOptional = (value: unknown, kind: string): boolean =>
  value === undefined || typeof value === kind

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {}
}

function isVadItem(value: unknown): value is VadItem {
  const { stream, samples } = fieldsOf(value)
  return isText(stream) && isAudio(samples) && samples.length === VAD_FRAME_SAMPLES
}

const checks: Readonly<Record<string, (fields: Readonly<Record<string, unknown>>) => boolean>> = {
  frames: ({ items }) => Array.isArray(items) && items.every(isVadItem),
  end: ({ stream }) => isText(stream),
  transcribe: ({ pcm16k, prompt, language, isAlone, isDoubtful, hasSpeech }) =>
    isAudio(pcm16k) &&
    isOptional(prompt, "string") &&
    (language === undefined || language === "en" || language === "es") &&
    isOptional(isAlone, "boolean") &&
    isOptional(isDoubtful, "boolean") &&
    isOptional(hasSpeech, "boolean"),
  speak: ({ text, voice, speed }) =>
    isText(text) && isText(voice) && typeof speed === "number" && speed >= 0.5 && speed <= 2,
  cancel: ({ target }) => typeof target === "number",
}

/** What a child accepts; anything else that has an id is answered with `bad_request`. */
export function isRequest(message: unknown): message is Request {
  const fields = fieldsOf(message)
  if (typeof fields.id !== "number" || typeof fields.op !== "string") return false
  return checks[fields.op]?.(fields) ?? false
}

/** The id of a message that is not a request, where it has one. */
export function idOf(message: unknown): number | undefined {
  const { id } = fieldsOf(message)
  return typeof id === "number" ? id : undefined
}

/**
 * What a speech process and we say to each other: one process for each role, plain messages over
 * its channel. The voice detector, the two ears and the voice share the form.
 */
import { type Static, Type as t } from "typebox"
import { validatorOf } from "#core/json.ts"
import type { Told } from "#core/side-process.ts"

export type Role = "vad" | "quick" | "careful" | "voice" | "spare_voice"

/** What a request asks for; the pool gives it a number. */
export type Asks =
  | {
      readonly op: "frames"
      readonly items: readonly { readonly stream: string; readonly samples: Float32Array }[]
    }
  | {
      readonly op: "transcribe"
      readonly pcm16k: Float32Array
      readonly prompt?: string
      readonly language?: "en" | "es"
      /** No other model computes: the careful ear may take all cores. */
      readonly isAlone?: boolean
      /** True: the answer is empty when another language is spoken. */
      readonly isDoubtful?: boolean
      /** False when the sound may be a noise: then an empty answer is an answer. */
      readonly hasSpeech?: boolean
    }
  | { readonly op: "speak"; readonly text: string; readonly voice: string; readonly speed: number }

const Samples = t.Unsafe<Float32Array>(t.Object({}))

const Ready = t.Object({ ready: t.Literal(true) })
const Clause = t.Object({ id: t.Integer(), clause: t.Integer(), pcm24k: Samples })
const Done = t.Object({
  id: t.Integer(),
  ok: t.Boolean(),
  text: t.Optional(t.String()),
  probabilities: t.Optional(t.Array(t.Number())),
})

export type Clause = Static<typeof Clause>
export type Done = Static<typeof Done>

/** Reads what came over the channel; undefined when it is nothing we know. */
export function readFromSpeech(message: unknown): Told<Clause, Done> | undefined {
  if (isReady(message)) return { kind: "ready" }
  if (isClause(message)) return { kind: "part", id: message.id, part: message }
  if (!isDone(message)) return undefined
  return { kind: "done", id: message.id, ...(message.ok && { done: message }) }
}

function isReady(message: unknown): boolean {
  return validatorOf(Ready).Check(message)
}

function isClause(message: unknown): message is Clause {
  return validatorOf(Clause).Check(message) && has24k(message)
}

function isDone(message: unknown): message is Done {
  return validatorOf(Done).Check(message)
}

function has24k(message: unknown): boolean {
  return (
    typeof message === "object" &&
    message !== null &&
    "pcm24k" in message &&
    message.pcm24k instanceof Float32Array
  )
}

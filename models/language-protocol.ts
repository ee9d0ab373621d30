/**
 * What a language process and its parent say to each other: one question, one answer of JSON that
 * keeps the schema of its task. Plain data over the channel of `fork`.
 */
import { type Static, Type as t } from "typebox"
import type { FailureCode } from "./protocol.ts"

const OneOf = t.Object({ enum: t.Array(t.String(), { minItems: 1 }) })

/** The shape of every answer: fields with one of some names, several of them, or free words. */
export const AnswerSchema = t.Object({
  type: t.Literal("object"),
  properties: t.Record(
    t.String(),
    t.Union([
      OneOf,
      t.Object({
        type: t.Literal("array"),
        items: OneOf,
        minItems: t.Integer({ minimum: 0 }),
        maxItems: t.Integer({ minimum: 1 }),
      }),
      t.Object({ type: t.Literal("string"), maxLength: t.Integer({ minimum: 1 }) }),
      t.Object({ type: t.Literal("boolean") }),
    ]),
  ),
})
export type AnswerSchema = Static<typeof AnswerSchema>

/** One kind of question. What all of its questions begin with stays in the cache. */
export const LanguageTask = t.Object({
  prefix: t.String(),
  schema: AnswerSchema,
  /** Questions at one time. */
  sequences: t.Integer({ minimum: 1, maximum: 16 }),
  /** The longest answer, in tokens: it is cut off there, and is then no JSON. */
  answerTokens: t.Integer({ minimum: 8, maximum: 256 }),
})
export type LanguageTask = Static<typeof LanguageTask>

/** The first message of the parent, once: what to load, and what will be asked of it. */
export const Opening = t.Object({
  op: t.Literal("open"),
  /** An id of the manifest, which also says what drafts for it. */
  model: t.String(),
  /** By the name of the task. */
  tasks: t.Record(t.String({ minLength: 1 }), LanguageTask),
})
export type Opening = Static<typeof Opening>

const id = t.Integer()
export const Question = t.Union([
  t.Object({
    id,
    op: t.Literal("complete"),
    task: t.String(),
    question: t.String({ maxLength: 4_000 }),
  }),
  /** The caller has gone on: the answer is not wanted any more. */
  t.Object({ id, op: t.Literal("cancel"), target: t.Integer() }),
])
export type Question = Static<typeof Question>

/** The first message of the child, once. After `ready: false` it exits. */
export type LanguageHello =
  | {
      readonly ready: true
      readonly loadMs: number
      readonly residentMiB: number
      /** A smaller model drafts for it. */
      readonly isDrafted: boolean
    }
  | { readonly ready: false; readonly code: FailureCode }

export type Answer =
  | { readonly id: number; readonly ok: true; readonly text: string; readonly ms: number }
  | { readonly id: number; readonly ok: false; readonly code: FailureCode }

/**
 * Recordings: encrypted while they are written, silent where they were paused, WAV only on export.
 */
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { type Static, Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { verification } from "../verification/contract.ts"
import { recordings } from "./contract.ts"
import { newKey, readSealed, SealedWriter } from "./sealed-file.ts"
import { toWav } from "./wav.ts"

const BYTES_A_MS = 16
const SILENCE = 0xff
const OBJECTED = "caller_objected"

const Recording = t.Object({
  recording: t.String(),
  call: t.String(),
  patient: t.Optional(t.String()),
  /**
   * The patient; the call while nobody knows who that is. Its key seals the key of the sound, so
   * that erasing them erases the sound. Absent in what earlier versions wrote.
   */
  whose: t.Optional(t.String()),
  key: t.String(),
  /** More than one file when the module was started anew in mid-call. */
  files: t.Array(t.String()),
  pausedFor: t.Optional(t.String()),
  bytes: t.Integer({ minimum: 0 }),
  hasEnded: t.Boolean(),
  endedAtMs: t.Optional(t.Integer()),
})
type Recording = Static<typeof Recording>

const needs = {
  ...nothing,
  hears: [verification],
  ports: ["files"],
  config: t.Object({}),
  collections: {
    recordings: {
      schema: Recording,
      indexes: { call: "plain", endedAtMs: "plain" },
      patientField: "whose",
    },
  },
} as const

type Here = Context<typeof recordings, typeof needs>
type Unknown = { fail(code: "unknown_recording"): never }

/** The files this process writes. What is not here is continued in a file of its own. */
const writers = new Map<string, SealedWriter>()

export default defineModule(recordings, needs, {
  commands: {
    async begin({ call }, context) {
      const { newId, store } = context
      const recording = newId()
      const key = newKey()
      const doc = { recording, call, whose: call, key, files: [], bytes: 0, hasEnded: false }
      await store.recordings.put(recording, doc, 0)
      return { recording }
    },

    async append({ recording, audio }, context) {
      const { pausedFor } = await found(recording, context)
      const heard = Buffer.from(audio, "base64")
      // Silence keeps the place, so that a time in the transcript is the same time in the sound.
      const piece = pausedFor === undefined ? heard : Buffer.alloc(heard.length, SILENCE)
      await (await writerOf(recording, context)).write(piece)
      await change(recording, context, (doc) => ({
        ...doc,
        bytes: doc.bytes + piece.length,
      }))
      return {}
    },

    async pause({ recording, reason }, context) {
      await found(recording, context)
      await change(recording, context, (doc) => ({ ...doc, pausedFor: reason }))
      return {}
    },

    async resume({ recording }, context) {
      const { pausedFor } = await found(recording, context)
      if (pausedFor === OBJECTED) return context.fail("objected")
      await change(recording, context, ({ pausedFor: _, ...doc }) => doc)
      return {}
    },

    async end({ recording }, context) {
      const { bytes } = await found(recording, context)
      await writers.get(recording)?.end()
      writers.delete(recording)
      await change(recording, context, (doc) => ({
        ...doc,
        hasEnded: true,
        endedAtMs: doc.endedAtMs ?? Math.round(context.clock.nowMs()),
      }))
      return { durationMs: Math.round(bytes / BYTES_A_MS) }
    },

    async exportWav({ recording, fromMs = 0, untilMs }, context) {
      const { files, key } = await found(recording, context)
      const opened = await Promise.all(
        files.map((name) => readSealed(join(context.ports.files.folder, name), key)),
      )
      const pieces = opened.flatMap((one) => (one ? [one.audio] : []))
      if (pieces.length < files.length) return context.fail("unreadable")
      const audio = Buffer.concat(pieces)
      const until = untilMs === undefined ? audio.length : untilMs * BYTES_A_MS
      return { wavBase64: toWav(audio.subarray(fromMs * BYTES_A_MS, until)).toString("base64") }
    },

    async expired({ fromMs = 0, beforeMs, limit = 500 }, { store }) {
      const old = await store.recordings.find({
        from: { endedAtMs: fromMs },
        before: { endedAtMs: beforeMs },
        orderBy: "endedAtMs",
        limit,
      })
      return {
        recordings: old.map(({ doc: { recording, call, patient, endedAtMs = 0 } }) => ({
          ...{ recording, call, endedAtMs },
          ...(patient === undefined ? {} : { patient }),
        })),
      }
    },

    async destroy({ recording }, context) {
      const { files, hasEnded } = await found(recording, context)
      if (!hasEnded) return context.fail("still_going")
      // A crash between the two leaves a document without sound, never sound without a document.
      for (const name of files) await rm(join(context.ports.files.folder, name), { force: true })
      await context.store.recordings.remove(recording)
      return {}
    },
  },

  facts: {
    async destroy({ recording }, { store }) {
      const patient = (await store.recordings.get(recording))?.doc.patient
      return patient === undefined ? {} : { patient }
    },
    async end({ recording }, { store }) {
      const patient = (await store.recordings.get(recording))?.doc.patient
      return patient === undefined ? {} : { patient }
    },
  },

  events: {
    async "verification.passed"({ conversation, patient }, { store }) {
      const where = { call: conversation }
      for (const { id } of await store.recordings.find({ where }))
        await change(id, { store }, (doc) => ({ ...doc, patient }))
    },
  },

  async stop() {
    for (const writer of writers.values()) await writer.end()
  },
})

/** Sealed for whom it is known to be, also when an earlier version wrote it. */
async function change(
  recording: string,
  { store }: Pick<Here, "store">,
  edit: (doc: Recording) => Recording,
): Promise<void> {
  await store.recordings.change(recording, (doc) => {
    const changed = edit(doc)
    return { ...changed, whose: changed.patient ?? changed.call }
  })
}

async function found(recording: string, { fail, store }: Here & Unknown) {
  return (await store.recordings.get(recording))?.doc ?? fail("unknown_recording")
}

async function writerOf(recording: string, context: Here & Unknown): Promise<SealedWriter> {
  const known = writers.get(recording)
  if (known) return known
  const { key, files } = await found(recording, context)
  const name = `${recording}.${files.length}.sealed`
  const writer = await SealedWriter.create(join(context.ports.files.folder, name), key)
  writers.set(recording, writer)
  await change(recording, context, (doc) => ({
    ...doc,
    files: [...doc.files, name],
  }))
  return writer
}

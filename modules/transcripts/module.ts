/** Transcripts: one document a conversation, growing by lines, never edited. */
import { Type as t } from "typebox"
import { Conflict } from "#core/documents.ts"
import { inTurn } from "#core/in-turn.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { conversations } from "../conversations/contract.ts"
import { verification } from "../verification/contract.ts"
import { TranscriptLine, transcripts, UnderstoodTurn } from "./contract.ts"
import { withOwnLine } from "./own-line.ts"
import { plainWords, redacted } from "./redact.ts"

/** A conversation of more lines than this goes on unwritten, and says so once. */
const LINES_MAX = 2_000

/** How later turns were understood is of more use than how the first ones were. */
const TURNS_MAX = 500

const speaker = {
  patient: t.Optional(t.String()),
  /**
   * The patient; the conversation while nobody knows who that is. Its key seals what was said, so
   * that erasing them erases this. Absent in what earlier versions wrote.
   */
  whose: t.Optional(t.String()),
}

const needs = {
  ...nothing,
  config: t.Object({}),
  hears: [conversations, verification],
  collections: {
    lines: {
      schema: t.Object({
        lines: t.Array(TranscriptLine),
        begunAtMs: t.Optional(t.Integer()),
        ...speaker,
      }),
      indexes: { begunAtMs: "plain" },
      patientField: "whose",
    },
    turns: {
      schema: t.Object({ turns: t.Array(UnderstoodTurn), ...speaker }),
      patientField: "whose",
    },
  },
} as const

export default defineModule(transcripts, needs, {
  commands: {
    async append({ conversation, line }, context) {
      const { emit, log } = context
      // One after the other, in the order they came.
      const length = await inTurn(conversation, () => added(conversation, line, context))
      if (length === LINES_MAX) log.warn("a transcript is full", { lines: length })
      emit("grew", { conversation, lines: length })
      return {}
    },

    async get({ conversation }, { store }) {
      const lines = (await store.lines.get(conversation))?.doc.lines ?? []
      const turns = (await store.turns.get(conversation))?.doc.turns
      return { lines, ...(turns && { turns: turns.map((turn) => withOwnLine(turn, lines)) }) }
    },

    async search({ words, conversations: asked }, { store }) {
      const wanted = plainWords(words)
      const found: { conversation: string; line: TranscriptLine }[] = []
      for (const conversation of asked) {
        const lines = (await store.lines.get(conversation))?.doc.lines ?? []
        const line = lines.find(({ text }) => plainWords(text).includes(wanted))
        if (line) found.push({ conversation, line })
      }
      return { found }
    },

    async exportRedacted({ conversation, known = [] }, { fail, store }) {
      const lines = (await store.lines.get(conversation))?.doc.lines
      return lines ? redacted(lines, known) : fail("nothing_said")
    },

    async expired({ fromMs = 0, beforeMs, limit = 500 }, { store }) {
      const old = await store.lines.find({
        from: { begunAtMs: fromMs },
        before: { begunAtMs: beforeMs },
        orderBy: "begunAtMs",
        limit,
      })
      return {
        transcripts: old.map(({ id: conversation, doc: { begunAtMs = 0, patient } }) => ({
          ...{ conversation, begunAtMs },
          ...(patient === undefined ? {} : { patient }),
        })),
      }
    },

    async destroy({ conversation }, { store }) {
      await store.batch([
        { remove: "lines", id: conversation },
        { remove: "turns", id: conversation },
      ])
      return {}
    },
  },

  facts: {
    async destroy({ conversation }, { store }) {
      const patient = (await store.lines.get(conversation))?.doc.patient
      return patient === undefined ? {} : { patient }
    },
  },

  events: {
    async "verification.passed"({ conversation, patient }, { store }) {
      const whose = { patient, whose: patient }
      await store.lines.change(conversation, (doc) => ({ ...doc, ...whose }))
      await inTurn(`turns of ${conversation}`, () =>
        store.turns.change(conversation, (doc) => ({ ...doc, ...whose })),
      )
    },

    async "conversations.understood"({ conversation, ...turn }, { store }) {
      await inTurn(`turns of ${conversation}`, async () => {
        const known = await store.turns.get(conversation)
        const turns = [...(known?.doc.turns ?? []), turn].slice(-TURNS_MAX)
        // A conversation by text has no lines to tell it.
        const patient = known?.doc.patient ?? (await store.lines.get(conversation))?.doc.patient
        const whose = patient === undefined ? { whose: conversation } : { patient, whose: patient }
        await store.turns.put(conversation, { turns, ...whose }, known?.version ?? 0)
      })
    },
  },
})

type Here = Context<typeof transcripts, typeof needs>

async function added(conversation: string, line: TranscriptLine, here: Here): Promise<number> {
  const { clock, store } = here
  const grow = () =>
    store.lines.change(conversation, ({ lines, ...doc }) => ({
      ...doc,
      whose: doc.patient ?? conversation,
      lines: lines.length < LINES_MAX ? [...lines, line] : lines,
    }))
  const grown = await grow()
  if (grown) return grown.doc.lines.length
  try {
    const begunAtMs = Math.round(clock.nowMs())
    await store.lines.put(conversation, { lines: [line], begunAtMs, whose: conversation }, 0)
    return 1
  } catch (trouble) {
    // Another first line came at the same moment; this one goes behind it.
    if (!(trouble instanceof Conflict)) throw trouble
    return (await grow())?.doc.lines.length ?? 1
  }
}

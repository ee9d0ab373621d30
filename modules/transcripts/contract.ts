/** What was said, as it was heard: cut-off words of the agent do not stand here. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { conversations } from "../conversations/contract.ts"

export const TranscriptLine = t.Object({
  who: t.Union([t.Literal("caller"), t.Literal("agent"), t.Literal("note")]),
  text: t.String({ maxLength: 4_000 }),
  /** Milliseconds since the conversation began. */
  atMs: t.Integer({ minimum: 0 }),
  source: t.Union([t.Literal("speech"), t.Literal("keys"), t.Literal("typed"), t.Literal("agent")]),
  /** The caller interrupted; the text is what had been heard by then. */
  cutOff: t.Optional(t.Boolean()),
  confidence: t.Optional(t.Number({ minimum: 0, maximum: 1 })),
  /** Of a caller's line: the turn of the conversation that it answers. */
  turn: t.Optional(t.Integer({ minimum: 0 })),
})
export type TranscriptLine = Static<typeof TranscriptLine>

/** Something that identifies somebody, and the placeholder that it becomes. */
export const Known = t.Object({
  is: t.Union([t.Literal("NAME"), t.Literal("DRUG"), t.Literal("NUMBER"), t.Literal("DATE")]),
  text: t.String({ minLength: 2, maxLength: 200 }),
})
export type Known = Static<typeof Known>

/** How one utterance was understood: for staff who wonder why the agent did what it did. */
export const UnderstoodTurn = t.Object({
  ...t.Omit(conversations.events.understood, ["conversation"]).properties,
  /** Which line of the transcript holds the utterance, counted from 0. */
  line: t.Optional(t.Integer({ minimum: 0 })),
})
export type UnderstoodTurn = Static<typeof UnderstoodTurn>

export const transcripts = defineContract({
  name: "transcripts",
  version: "0.4.1",
  commands: {
    append: {
      does: "Write one line of a conversation.",
      effect: "write",
      action: "internal",
      input: t.Object({ conversation: t.String(), line: TranscriptLine }),
      output: t.Object({}),
      faults: {},
      phi: ["line"],
    },
    get: {
      does: "Read the transcript of one conversation.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ conversation: t.String() }),
      output: t.Object({
        lines: t.Array(TranscriptLine),
        turns: t.Optional(t.Array(UnderstoodTurn)),
      }),
      faults: {},
    },
    search: {
      does: "Find which of some conversations hold words, and the first line that does.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({
        words: t.String({ minLength: 2, maxLength: 200 }),
        /** Opened one by one: few at a time, so that whoever waits sees how far it is. */
        conversations: t.Array(t.String({ maxLength: 64 }), { maxItems: 50 }),
      }),
      output: t.Object({
        found: t.Array(t.Object({ conversation: t.String(), line: TranscriptLine })),
      }),
      faults: {},
      phi: ["words"],
    },
    exportRedacted: {
      does: "Write a transcript as plain text, what identifies somebody replaced by what it was.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({
        conversation: t.String({ maxLength: 64 }),
        /** What is known of the people in it; patterns find more. */
        known: t.Optional(t.Array(Known, { maxItems: 200 })),
      }),
      output: t.Object({ text: t.String(), replaced: t.Integer() }),
      faults: { nothing_said: "Nothing was said in this conversation." },
      phi: ["known"],
    },
    expired: {
      does: "List transcripts that began before a moment, the oldest first.",
      effect: "read",
      action: "internal",
      input: t.Object({
        fromMs: t.Optional(t.Integer()),
        beforeMs: t.Integer(),
        limit: t.Optional(t.Integer({ minimum: 1, maximum: 500 })),
      }),
      output: t.Object({
        transcripts: t.Array(
          t.Object({
            conversation: t.String(),
            patient: t.Optional(t.String()),
            begunAtMs: t.Integer(),
          }),
        ),
      }),
      faults: {},
    },
    destroy: {
      does: "Destroy a transcript for good: what was said, and how it was understood.",
      effect: "irreversible",
      action: "internal",
      input: t.Object({ conversation: t.String({ maxLength: 64 }) }),
      output: t.Object({}),
      faults: {},
    },
  },
  events: {
    grew: t.Object({ conversation: t.String(), lines: t.Integer() }),
  },
})

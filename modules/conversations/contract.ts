/** One conversation engine for phone, text message and web: a turn in, a turn out. */
import { type Static, Type as t } from "typebox"
import { Channel, IdentityLevel } from "#core/actor.ts"
import { defineContract } from "#core/contract.ts"
import { Mood } from "#core/mood.ts"
import { Phone } from "#core/pms.ts"
import { Expect, Language, Sentence, Tried, Wish } from "../../intent/contract.ts"

export const Turn = t.Object({
  /** Counts up from 0; the same turn asked for again is answered the same and acts once. */
  turn: t.Integer({ minimum: 0 }),
  say: t.Array(Sentence, { maxItems: 20 }),
  /** What the caller is now expected to say; endpointing and ears are set by it. */
  expect: Expect,
  /** Words the careful ear should know: the caller's own drugs; none when digits are due. */
  vocabulary: t.Array(t.String(), { maxItems: 60 }),
  next: t.Union([
    t.Literal("listen"),
    t.Literal("transfer"),
    t.Literal("take_message"),
    t.Literal("hang_up"),
  ]),
  /** The caller asked for time, and may be silent for long. */
  isWaiting: t.Optional(t.Boolean()),
  transfer: t.Optional(
    t.Object({
      to: t.Union([t.Literal("pharmacist"), t.Literal("technician")]),
      /** Spoken to the person before they accept: the minimum, and no name before they press 1. */
      whisper: t.String({ maxLength: 300 }),
      isEmergency: t.Boolean(),
    }),
  ),
  /** False once the caller objected. */
  recording: t.Boolean(),
  language: Language,
})
export type Turn = Static<typeof Turn>

const notOpen = { not_open: "No conversation with that id is open." }

export const conversations = defineContract({
  name: "conversations",
  version: "0.3.3",
  commands: {
    open: {
      does: "Begin a conversation and greet.",
      effect: "write",
      action: "internal",
      input: t.Object({
        conversation: t.String({ minLength: 1, maxLength: 64 }),
        channel: Channel,
        /** Supports, never suffices. Absent when withheld. */
        from: t.Optional(Phone),
        language: t.Optional(Language),
        /** The call came back after its node was lost: no greeting, the last question again. */
        resumed: t.Optional(t.Boolean()),
      }),
      output: Turn,
      faults: {},
      phi: ["from"],
    },
    hear: {
      does: "Take one utterance and answer it.",
      effect: "write",
      action: "internal",
      input: t.Object({
        conversation: t.String(),
        /** The turn this answers. */
        turn: t.Integer({ minimum: 0 }),
        source: t.Union([t.Literal("speech"), t.Literal("typed"), t.Literal("keys")]),
        text: t.String({ maxLength: 4_000 }),
        /** What the other ear heard, when the two do not agree. */
        otherText: t.Optional(t.String({ maxLength: 4_000 })),
        /** 0 to 1: of the transcription, before any understanding. */
        confidence: t.Number({ minimum: 0, maximum: 1 }),
        /** Said before the question had been heard: a yes to it is none. */
        beforeQuestion: t.Optional(t.Boolean()),
        /** Where in the recording it was said, for the person who may have to listen. */
        audio: t.Optional(t.Object({ fromMs: t.Integer(), untilMs: t.Integer() })),
      }),
      output: Turn,
      faults: notOpen,
      phi: ["text", "otherText"],
    },
    silence: {
      does: "The caller said nothing for a while, or nothing that could be made out.",
      effect: "write",
      action: "internal",
      input: t.Object({
        conversation: t.String(),
        turn: t.Integer({ minimum: 0 }),
        kind: t.Union([t.Literal("silent"), t.Literal("unintelligible")]),
      }),
      output: Turn,
      faults: notOpen,
    },
    transferEnded: {
      does: "A transfer came back without a person: offer a message and a callback.",
      effect: "write",
      action: "internal",
      input: t.Object({
        conversation: t.String(),
        turn: t.Integer({ minimum: 0 }),
        outcome: t.Union([
          t.Literal("accepted"),
          t.Literal("declined"),
          t.Literal("no_answer"),
          t.Literal("busy"),
          t.Literal("failed"),
        ]),
      }),
      output: Turn,
      faults: notOpen,
    },
    text: {
      does: "Take one text message and answer it.",
      effect: "write",
      action: "internal",
      input: t.Object({
        /** Twilio's MessageSid: the same message delivered twice is answered once. */
        message: t.String({ maxLength: 64 }),
        from: Phone,
        body: t.String({ maxLength: 1_600 }),
      }),
      /** Absent when nothing may be answered, as after STOP. */
      output: t.Object({ reply: t.Optional(t.String({ maxLength: 1_600 })) }),
      faults: {},
      phi: ["from", "body"],
    },
    close: {
      does: "End a conversation.",
      effect: "write",
      action: "internal",
      input: t.Object({
        conversation: t.String(),
        reason: t.Union([
          t.Literal("caller_left"),
          t.Literal("agent_ended"),
          t.Literal("transferred"),
          t.Literal("lost"),
        ]),
      }),
      output: t.Object({}),
      faults: notOpen,
    },
    get: {
      does: "Show one conversation to staff: who, how verified, what about, which step.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ conversation: t.String() }),
      output: t.Object({
        conversation: t.String(),
        channel: Channel,
        identity: IdentityLevel,
        patient: t.Optional(t.String()),
        about: t.Array(t.String()),
        step: t.String(),
        turns: t.Integer(),
        tone: t.Optional(t.String()),
        mood: t.Optional(Mood),
        language: t.Optional(Language),
        isOpen: t.Boolean(),
      }),
      faults: { unknown: "No conversation has that id." },
    },
    forget: {
      does: "Forget what was remembered to go on with conversations that are long over.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({ conversations: t.Integer() }),
      faults: {},
    },
  },
  events: {
    opened: t.Object({ conversation: t.String(), channel: Channel }),
    /** What an utterance was taken to mean, and which step said so. No word of the caller. */
    understood: t.Object({
      conversation: t.String(),
      turn: t.Integer({ minimum: 0 }),
      wishes: t.Array(Wish),
      tried: t.Array(Tried),
    }),
    stepped: t.Object({
      conversation: t.String(),
      step: t.String(),
      identity: IdentityLevel,
      mood: t.Optional(Mood),
    }),
    closed: t.Object({ conversation: t.String(), reason: t.String() }),
  },
})

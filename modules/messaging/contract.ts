/**
 * Text messages in and out, on the same conversation engine as calls. STOP and HELP are honoured.
 */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId, Phone } from "#core/pms.ts"

/** A patient, and the numbers that are on file with them and with nobody else. */
const Owner = t.Object({ patient: PatientId, phones: t.Array(Phone, { maxItems: 50 }) })

/** One message of a thread, in or out. */
export const Text = t.Object({
  direction: t.Union([t.Literal("in"), t.Literal("out")]),
  text: t.String(),
  atMs: t.Integer(),
  /** What the carrier last told of it. */
  status: t.Optional(t.String()),
  /** Who of the staff wrote it. */
  by: t.Optional(t.String()),
  /** What was answered to it, and is answered again when the carrier delivers it twice. */
  reply: t.Optional(t.String()),
})

export const messaging = defineContract({
  name: "messaging",
  version: "0.3.0",
  commands: {
    receive: {
      does: "Take in one text message and say whether it is one to converse about.",
      effect: "write",
      action: "internal",
      input: t.Object({
        /** Twilio's MessageSid: the same message delivered twice is taken once. */
        message: t.String({ maxLength: 64 }),
        from: Phone,
        body: t.String({ maxLength: 1_600 }),
      }),
      output: t.Union([
        /** Nothing may be answered: the sender has opted out. */
        t.Object({ kind: t.Literal("silent") }),
        /** STOP, START, HELP, or a message that was answered before: exactly this is answered. */
        t.Object({ kind: t.Literal("fixed"), reply: t.String() }),
        t.Object({ kind: t.Literal("converse"), conversation: t.String(), isNew: t.Boolean() }),
      ]),
      faults: {},
      phi: ["from", "body"],
    },
    answered: {
      does: "Note what was answered to a message.",
      effect: "write",
      action: "internal",
      input: t.Object({
        message: t.String({ maxLength: 64 }),
        reply: t.String({ maxLength: 1_600 }),
      }),
      output: t.Object({}),
      faults: {},
      phi: ["reply"],
    },
    send: {
      does: "Send one text message, unless the recipient opted out.",
      effect: "irreversible",
      action: "internal",
      input: t.Object({
        to: Phone,
        text: t.String({ maxLength: 1_600 }),
        /** Whose it is, where it is known: their erasure destroys the words. */
        patient: t.Optional(PatientId),
      }),
      output: t.Object({ message: t.String() }),
      faults: { opted_out: "The recipient has opted out of messages." },
      phi: ["to", "text"],
    },
    stopByVoice: {
      does: "Note that a number wants no messages, as it was said in a call from it.",
      effect: "write",
      action: "internal",
      /** 47 CFR 64.1200(a)(10): by any reasonable means, and not by a keyword alone. */
      input: t.Object({ phone: Phone }),
      output: t.Object({}),
      faults: {},
      phi: ["phone"],
    },
    accepts: {
      does: "Tell a module whether a number has said that it wants no messages.",
      effect: "read",
      action: "internal",
      input: t.Object({ phone: Phone }),
      output: t.Object({ hasStopped: t.Boolean() }),
      faults: {},
      phi: ["phone"],
    },
    delivered: {
      does: "Note what became of a message, as the carrier reports it.",
      effect: "write",
      action: "internal",
      input: t.Object({
        message: t.String({ maxLength: 64 }),
        status: t.Union([
          t.Literal("queued"),
          t.Literal("sent"),
          t.Literal("delivered"),
          t.Literal("undelivered"),
          t.Literal("failed"),
        ]),
        errorCode: t.Optional(t.Integer()),
      }),
      output: t.Object({}),
      faults: {},
    },
    fate: {
      does: "Tell a module what the carrier last said of a message.",
      effect: "read",
      action: "internal",
      input: t.Object({ message: t.String({ maxLength: 64 }) }),
      output: t.Object({ status: t.Optional(t.String()) }),
      faults: {},
    },
    write: {
      does: "Send a text that a member of staff wrote, unless the recipient opted out.",
      effect: "irreversible",
      action: "staff_view",
      input: t.Object({ phone: Phone, text: t.String({ minLength: 1, maxLength: 480 }) }),
      output: t.Object({ message: t.String() }),
      faults: { opted_out: "The recipient has opted out of messages." },
      phi: ["phone", "text"],
    },
    threads: {
      does: "List whom texts were exchanged with, the latest first.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ limit: t.Optional(t.Integer({ minimum: 1, maximum: 200 })) }),
      output: t.Object({
        threads: t.Array(
          t.Object({
            phone: Phone,
            lastAtMs: t.Integer(),
            optedOut: t.Boolean(),
            /** What was said last. */
            text: t.String(),
            direction: t.Union([t.Literal("in"), t.Literal("out")]),
          }),
        ),
      }),
      faults: {},
    },
    thread: {
      does: "Show the messages exchanged with one patient's number.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ phone: Phone, limit: t.Optional(t.Integer({ minimum: 1, maximum: 200 })) }),
      output: t.Object({
        optedOut: t.Boolean(),
        messages: t.Array(Text),
      }),
      faults: {},
      phi: ["phone"],
    },
    textsOf: {
      does: "List all texts that are one patient's, the oldest first.",
      effect: "read",
      action: "internal",
      input: Owner,
      output: t.Object({
        texts: t.Array(t.Object({ phone: Phone, ...Text.properties })),
      }),
      faults: {},
      phi: ["patient", "phones"],
    },
    destroy: {
      does: "Destroy what one patient's key does not hold of their texts; name the keys that do.",
      effect: "irreversible",
      action: "internal",
      input: Owner,
      /** Each has a key of its own: whoever may destroy keys destroys these, too. */
      output: t.Object({ conversations: t.Array(t.String()) }),
      faults: {},
      phi: ["patient", "phones"],
    },
  },
  events: {
    received: t.Object({ conversation: t.String() }),
    /** A text came or went, or it is known what became of one. */
    changed: t.Object({ atMs: t.Integer() }),
  },
})

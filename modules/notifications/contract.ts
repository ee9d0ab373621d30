/** Notifications: what patients are told by text without having asked just now. Names no drug. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId, RxNumber } from "#core/pms.ts"

const Kind = t.Union([
  t.Literal("ready"),
  t.Literal("refill_reminder"),
  t.Literal("pickup_reminder"),
  t.Literal("answer"),
])
export type Kind = Static<typeof Kind>

export const Notice = t.Object({
  notice: t.String(),
  patient: PatientId,
  /** The patient, or a caregiver who gets a copy. */
  recipient: PatientId,
  kind: Kind,
  state: t.Union([
    t.Literal("waiting"),
    /** Given to the carrier; whether it took it stands in what messaging remembers. */
    t.Literal("sending"),
    t.Literal("sent"),
    t.Literal("refused"),
    /** What it would have said is no longer so. */
    t.Literal("moot"),
    /** The carrier was down for too long. */
    t.Literal("lost"),
  ]),
  /** Why it was refused or still waits. */
  why: t.Optional(t.String({ maxLength: 40 })),
  /** It only asks for a call, whatever it is about. */
  isBare: t.Boolean(),
  createdAtMs: t.Integer(),
  dueAtMs: t.Integer(),
  sentAtMs: t.Optional(t.Integer()),
  /** The work item it answers. */
  item: t.Optional(t.String()),
  /** What the carrier said of it; asked for only when an item's notices are listed. */
  delivery: t.Optional(t.Union([t.Literal("delivered"), t.Literal("failed")])),
})
export type Notice = Static<typeof Notice>

const answer = {
  patient: PatientId,
  text: t.String({ minLength: 1, maxLength: 300 }),
} as const

export const notifications = defineContract({
  name: "notifications",
  version: "0.2.0",
  commands: {
    tell: {
      does: "Have a patient told about a prescription, when and if the policy lets it be.",
      effect: "write",
      action: "internal",
      input: t.Object({
        patient: PatientId,
        kind: t.Union([
          t.Literal("ready"),
          t.Literal("refill_reminder"),
          t.Literal("pickup_reminder"),
        ]),
        rxNumber: RxNumber,
        notAfterMs: t.Integer(),
      }),
      output: t.Object({}),
      faults: { unknown_rx: "No prescription has that number." },
      phi: ["rxNumber"],
    },
    answer: {
      does: "Send a patient what staff answer to a question of theirs.",
      effect: "irreversible",
      action: "queue_work",
      input: t.Object({ ...answer, item: t.Optional(t.String({ maxLength: 64 })) }),
      /** Bare: the answer names a medicine, so the text only asks the patient to call. */
      output: t.Object({ notice: t.String(), isBare: t.Boolean() }),
      faults: { unknown_patient: "No patient has that id." },
      phi: ["patient", "text"],
    },
    preview: {
      does: "Show an answer as it would be sent, and when that may be. Sends nothing.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object(answer),
      output: t.Object({
        /** Every word of the text. */
        text: t.String(),
        language: t.Union([t.Literal("en"), t.Literal("es")]),
        /** It names a medicine, so it only asks for a call. */
        isBare: t.Boolean(),
        verdict: t.Union([
          t.Literal("send"),
          t.Literal("hold"),
          /** A call back is owed in its place. */
          t.Literal("refuse"),
        ]),
        untilMs: t.Optional(t.Integer()),
        why: t.Optional(t.String({ maxLength: 40 })),
      }),
      faults: { unknown_patient: "No patient has that id." },
      phi: ["patient", "text"],
    },
    look: {
      does: "Look at every notice that is due, as the schedule does each minute.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({
        /** When the next one is due, if one waits. */
        nextAtMs: t.Optional(t.Integer()),
      }),
      faults: {},
    },
    list: {
      does: "List what a patient was told, or will be, the newest first.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ patient: PatientId, item: t.Optional(t.String({ maxLength: 64 })) }),
      output: t.Object({ notices: t.Array(Notice, { maxItems: 200 }) }),
      faults: {},
      phi: ["patient"],
    },
  },
  events: {
    sent: t.Object({ notice: t.String(), patient: PatientId, kind: Kind }),
  },
})

/**
 * Outreach policy: whether somebody may be written to now, later, or not at all. Sends nothing.
 */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId, Phone } from "#core/pms.ts"

/** What a message is for. */
export const Kind = t.Union([
  t.Literal("ready"),
  t.Literal("refill_reminder"),
  t.Literal("pickup_reminder"),
  /** What staff answer to a question the patient asked. */
  t.Literal("answer"),
])
export type Kind = Static<typeof Kind>

const Language = t.Union([t.Literal("en"), t.Literal("es")])

export const Admission = t.Union([
  /** Counted already: whoever asks sends it, and asks no second time under another key. */
  t.Object({ verdict: t.Literal("send"), phone: Phone, language: Language }),
  t.Object({
    verdict: t.Literal("hold"),
    /** The first minute at which it is lawful; then one asks again. */
    untilMs: t.Integer(),
    why: t.Union([t.Literal("hours"), t.Literal("cap")]),
  }),
  t.Object({
    verdict: t.Literal("refuse"),
    why: t.Union([
      t.Literal("stopped"),
      t.Literal("wants_calls"),
      t.Literal("no_consent"),
      t.Literal("too_late"),
      t.Literal("no_lawful_hour"),
      t.Literal("no_number"),
    ]),
  }),
])

const choice = {
  /** No messages from us, however that was said. */
  hasStopped: t.Boolean(),
  /** To be told by a person, on the telephone. */
  wantsCalls: t.Boolean(),
  /** Kinds the patient said yes to; those that need no yes are not listed. */
  agreed: t.Array(Kind, { maxItems: 4, uniqueItems: true }),
}
const narrowing = {
  /** `10:00-18:00` on the patient's clock. It narrows the law's hours and never widens them. */
  ownHours: t.Optional(
    t.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d$" }),
  ),
  language: t.Optional(Language),
}

export const Choices = t.Object({ ...choice, ...narrowing })
export type Choices = Static<typeof Choices>

export const outreachPolicy = defineContract({
  name: "outreach-policy",
  version: "0.1.1",
  commands: {
    admit: {
      does: "Decide whether a message may go to somebody now, and count it when it may.",
      effect: "write",
      action: "internal",
      input: t.Object({
        /** The same message asks with the same key, and is counted once. */
        message: t.String({ minLength: 1, maxLength: 120 }),
        recipient: PatientId,
        kind: Kind,
        notAfterMs: t.Optional(t.Integer()),
      }),
      output: Admission,
      faults: { unknown_patient: "No patient has that id." },
    },
    foresee: {
      does: "Tell what would be decided about a message now, and count nothing.",
      effect: "read",
      action: "internal",
      input: t.Object({ recipient: PatientId, kind: Kind }),
      output: t.Object({ language: Language, now: Admission }),
      faults: { unknown_patient: "No patient has that id." },
    },
    choose: {
      does: "Put on file how a patient wants to be reached, as they said it.",
      effect: "write",
      action: "staff_view",
      input: t.Object({
        patient: PatientId,
        ...t.Partial(t.Object(choice)).properties,
        ...narrowing,
      }),
      output: Choices,
      faults: { no_hours: "The hours end before they begin." },
      phi: ["patient"],
    },
    choices: {
      does: "Show how a patient wants to be reached.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      output: Choices,
      faults: {},
      phi: ["patient"],
    },
  },
  events: {
    chosen: t.Object({ patient: PatientId }),
  },
})

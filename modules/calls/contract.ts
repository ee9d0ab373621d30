/** The register of calls: which are in progress, which were, and how they ended. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Mood } from "#core/mood.ts"
import { Phone } from "#core/pms.ts"

export const CallState = t.Union([
  t.Literal("ringing"),
  t.Literal("in_progress"),
  t.Literal("transferring"),
  t.Literal("transferred"),
  t.Literal("ended"),
  t.Literal("lost"),
])
export type CallState = Static<typeof CallState>

export const Call = t.Object({
  /** Twilio's CallSid. */
  call: t.String({ maxLength: 64 }),
  /** The same id names its conversation. */
  from: t.Optional(Phone),
  /** Caller id attestation as Twilio reports it: a signal, never identity. */
  attestation: t.Optional(t.String({ maxLength: 40 })),
  state: CallState,
  startedAtMs: t.Integer(),
  endedAtMs: t.Optional(t.Integer()),
  patient: t.Optional(t.String()),
  recording: t.Optional(t.String()),
  /** How the caller seems: the gravest so far. */
  mood: t.Optional(Mood),
})
export type Call = Static<typeof Call>

const unknownCall = { unknown_call: "No call has that id." }

export const calls = defineContract({
  name: "calls",
  version: "0.2.1",
  commands: {
    begin: {
      does: "Register a call that is ringing.",
      effect: "write",
      action: "internal",
      input: t.Object({
        call: t.String({ maxLength: 64 }),
        from: t.Optional(Phone),
        attestation: t.Optional(t.String({ maxLength: 40 })),
      }),
      output: t.Object({}),
      faults: {},
      phi: ["from"],
    },
    update: {
      does: "Note a call's new state, its patient or its recording.",
      effect: "write",
      action: "internal",
      input: t.Object({
        call: t.String({ maxLength: 64 }),
        state: t.Optional(CallState),
        patient: t.Optional(t.String()),
        recording: t.Optional(t.String()),
      }),
      output: t.Object({}),
      faults: unknownCall,
    },
    /** Which calls to take up again when their media stream was lost. */
    open: {
      does: "List calls that have not ended.",
      effect: "read",
      action: "internal",
      input: t.Object({}),
      output: t.Object({ calls: t.Array(Call) }),
      faults: {},
    },
    list: {
      does: "List calls, the newest first.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({
        state: t.Optional(CallState),
        /** Who rang, and who it turned out to be. */
        phone: t.Optional(Phone),
        patient: t.Optional(t.String({ maxLength: 64 })),
        fromMs: t.Optional(t.Integer()),
        beforeMs: t.Optional(t.Integer()),
        limit: t.Optional(t.Integer({ minimum: 1, maximum: 200, default: 50 })),
      }),
      output: t.Object({ calls: t.Array(Call) }),
      faults: {},
      phi: ["phone", "patient"],
    },
    get: {
      does: "Show one call.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ call: t.String() }),
      output: Call,
      faults: unknownCall,
    },
  },
  events: {
    changed: t.Object({ call: t.String(), state: CallState }),
  },
})

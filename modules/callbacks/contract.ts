/** Calls the pharmacy owes somebody: who, about what, by when, and whether it was done. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId, Phone } from "#core/pms.ts"

const promised = {
  conversation: t.Optional(t.String()),
  /** The work item that it was promised from. */
  item: t.Optional(t.String({ maxLength: 64 })),
  patient: t.Optional(PatientId),
  phone: t.Optional(Phone),
  about: t.String({ maxLength: 200 }),
  /** What the caller left as a message. */
  message: t.Optional(t.String({ maxLength: 4_000 })),
  forRole: t.Union([t.Literal("technician"), t.Literal("pharmacist"), t.Literal("manager")]),
}

export const Callback = t.Object({
  callback: t.String(),
  ...promised,
  dueAtMs: t.Integer(),
  doneAtMs: t.Optional(t.Integer()),
  doneBy: t.Optional(t.String()),
})
export type Callback = Static<typeof Callback>

export const callbacks = defineContract({
  name: "callbacks",
  version: "0.2.0",
  commands: {
    promise: {
      does: "Note that somebody will be called back.",
      effect: "write",
      action: "internal",
      input: t.Object(promised),
      output: t.Object({ callback: t.String(), dueAtMs: t.Integer() }),
      faults: {},
      phi: ["phone", "about", "message"],
    },
    owe: {
      does: "Note, as a member of staff, that somebody will be called back.",
      effect: "write",
      action: "queue_work",
      input: t.Object({ ...promised, phone: Phone }),
      output: t.Object({ callback: t.String(), dueAtMs: t.Integer() }),
      faults: {},
      phi: ["phone", "about", "message"],
    },
    list: {
      does: "List the calls that are owed, the most urgent first.",
      effect: "read",
      action: "queue_work",
      discloses: true,
      input: t.Object({ includeDone: t.Optional(t.Boolean()) }),
      output: t.Object({ callbacks: t.Array(Callback) }),
      faults: {},
    },
    done: {
      does: "Note that the call was made.",
      effect: "write",
      action: "queue_work",
      input: t.Object({ callback: t.String() }),
      output: t.Object({}),
      faults: { unknown_callback: "No callback has that id." },
    },
  },
  events: {
    promised: t.Object({
      callback: t.String(),
      item: t.Optional(t.String()),
      dueAtMs: t.Optional(t.Integer()),
    }),
    done: t.Object({ callback: t.String(), item: t.Optional(t.String()) }),
  },
})

/** Reminders: a refill that falls due, a fill that nobody fetched. Says when; others say how. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId, RxNumber } from "#core/pms.ts"

export const Kind = t.Union([t.Literal("refill"), t.Literal("pickup")])

export const Plan = t.Object({
  rxNumber: RxNumber,
  patient: PatientId,
  kind: Kind,
  dueAtMs: t.Integer(),
})
export type Plan = Static<typeof Plan>

export const reminders = defineContract({
  name: "reminders",
  version: "0.1.0",
  commands: {
    look: {
      does: "Look at every reminder that is due, as the schedule does.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({
        /** When the next one is due, if one is planned. */
        nextAtMs: t.Optional(t.Integer()),
      }),
      faults: {},
    },
    list: {
      does: "List what a patient will be reminded of, the soonest first.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      output: t.Object({ reminders: t.Array(Plan, { maxItems: 200 }) }),
      faults: {},
      phi: ["patient"],
    },
  },
  events: {
    reminded: t.Object({ patient: PatientId, rxNumber: RxNumber, kind: Kind }),
  },
})

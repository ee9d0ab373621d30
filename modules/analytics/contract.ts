/** What the days looked like, in numbers. No name, no number, no word of anybody. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"

/** A day of the pharmacy's own calendar. */
export const Day = t.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" })

export const Outcome = t.Union([
  /** Answered to the end by the agent. */
  t.Literal("alone"),
  /** Put before a person; the highest tier counts. */
  t.Literal("technician"),
  t.Literal("pharmacist"),
  t.Literal("manager"),
  t.Literal("transferred"),
  /** The caller left before anything was understood. */
  t.Literal("abandoned"),
  /** The line was lost and did not come back. */
  t.Literal("lost"),
])
export type Outcome = Static<typeof Outcome>

const Spread = t.Object({
  count: t.Integer(),
  p50: t.Number(),
  p95: t.Number(),
})

const Figures = t.Object({
  calls: t.Integer(),
  texts: t.Integer(),
  outcomes: t.Record(t.String(), t.Integer()),
  /** Answered alone, and how many of those callers came back within 24 hours. */
  contained: t.Integer(),
  repeated: t.Integer(),
})

export const Report = t.Object({
  days: t.Array(t.Object({ day: Day, ...Figures.properties })),
  all: Figures,
  /** Conversations by the hour they began in, from 0. */
  hours: t.Array(t.Integer(), { minItems: 24, maxItems: 24 }),
  /** What they were about, the commonest first. */
  reasons: t.Array(t.Object({ reason: t.String(), count: t.Integer() })),
  /** Milliseconds from the caller's last word to the agent's first sound. */
  latencyMs: Spread,
  /** How sure the understanding was, in ten steps from 0 to 1: how many wishes in each. */
  confidence: t.Array(t.Integer(), { minItems: 10, maxItems: 10 }),
  /** Minutes from asking a person to their decision. */
  approvals: t.Array(t.Object({ tier: t.Integer(), ...Spread.properties })),
})
export type Report = Static<typeof Report>

export const analytics = defineContract({
  name: "analytics",
  version: "0.1.0",
  commands: {
    report: {
      does: "Sum up the days from one to another, both included.",
      effect: "read",
      action: "staff_view",
      input: t.Object({ from: Day, until: Day }),
      output: Report,
      faults: { too_long: "At most 400 days are summed up at once." },
    },
    today: {
      does: "Sum up today so far.",
      effect: "read",
      action: "staff_view",
      input: t.Object({}),
      output: t.Object({ day: Day, ...Figures.properties }),
      faults: {},
    },
    missed: {
      does: "List where nothing was understood, the newest first.",
      effect: "read",
      action: "staff_view",
      input: t.Object({ limit: t.Optional(t.Integer({ minimum: 1, maximum: 200 })) }),
      output: t.Object({
        missed: t.Array(
          t.Object({
            conversation: t.String(),
            atMs: t.Integer(),
            turn: t.Integer(),
          }),
        ),
      }),
      faults: {},
    },
  },
  events: {},
})

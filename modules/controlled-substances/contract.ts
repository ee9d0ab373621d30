/** Controlled substances: what the law says of a refill or a transfer. Decides nothing alone. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { DeaSchedule } from "#core/decision.ts"
import { Day, PatientId, RxNumber } from "#core/pms.ts"

/** One row of the law, as staff read it. */
export const LawRow = t.Object({
  rule: t.String(),
  is: t.String(),
  source: t.String(),
  since: t.Optional(Day),
  about: t.Optional(
    t.Union([t.Literal("refill"), t.Literal("partial_fill"), t.Literal("transfer")]),
  ),
  needsCounsel: t.Boolean(),
})

export const Ruling = t.Object({
  isAllowed: t.Boolean(),
  schedule: DeaSchedule,
  /** The row that refuses. */
  broken: t.Optional(LawRow),
  /** Which sentence a caller may hear. It names no schedule and blames nobody. */
  says: t.Optional(
    t.Union([
      t.Literal("new_each_time"),
      t.Literal("used_up"),
      t.Literal("too_old"),
      t.Literal("moved_before"),
      t.Literal("stays_here"),
    ]),
  ),
  /** What could not be looked at here: a pharmacist does. */
  unknown: t.Array(
    t.Union([
      t.Literal("schedule"),
      t.Literal("written_on"),
      t.Literal("refills_used"),
      t.Literal("electronic"),
      t.Literal("moves_elsewhere"),
    ]),
  ),
})
export type Ruling = Static<typeof Ruling>

const unknownRx = { unknown_rx: "No prescription has that number." }

export const controlledSubstances = defineContract({
  name: "controlled-substances",
  version: "0.1.1",
  commands: {
    mayRefill: {
      does: "Tell whether the law lets a prescription be refilled, and which rule says no.",
      effect: "read",
      action: "internal",
      input: t.Object({ rxNumber: RxNumber }),
      output: Ruling,
      faults: unknownRx,
      phi: ["rxNumber"],
    },
    mayTransfer: {
      does: "Tell whether the law lets a prescription move, and which rule says no.",
      effect: "read",
      action: "internal",
      input: t.Object({ rxNumber: RxNumber }),
      output: Ruling,
      faults: unknownRx,
      phi: ["rxNumber"],
    },
    noteMove: {
      does: "Note that a prescription has moved, so that it does not move twice.",
      effect: "write",
      action: "internal",
      input: t.Object({ rxNumber: RxNumber, patient: PatientId }),
      output: t.Object({}),
      faults: {},
      phi: ["rxNumber", "patient"],
    },
    review: {
      does: "Show staff what the law says of one prescription, with the rows and their sources.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({
        rxNumber: RxNumber,
        /** As the prescription itself says, where the pharmacy system does not tell it. */
        writtenOn: t.Optional(Day),
        refillsUsed: t.Optional(t.Integer({ minimum: 0, maximum: 99 })),
      }),
      output: t.Object({
        refill: Ruling,
        transfer: Ruling,
        rows: t.Array(LawRow, { maxItems: 50 }),
        /** A schedule that only the state gives this drug. */
        stateSchedule: t.Optional(
          t.Object({ schedule: DeaSchedule, source: t.String(), needsCounsel: t.Boolean() }),
        ),
      }),
      faults: unknownRx,
      phi: ["rxNumber"],
    },
  },
  events: {},
})

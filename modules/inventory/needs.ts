/** What the inventory needs, in one place for its parts. */
import { DateTime } from "luxon"
import { type Static, Type as t } from "typebox"
import { DeaSchedule } from "#core/decision.ts"
import { type Context, nothing } from "#core/module.ts"
import { Day, PatientId, pms, Quantity, RxNumber } from "#core/pms.ts"
import { drugs } from "../drugs/contract.ts"
import { refills } from "../refills/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { Balance, type inventory, Lot, Movement, Ndc12, Shelf } from "./contract.ts"

/** One product, as it is kept. */
export const Item = t.Object({
  ndc: Ndc12,
  name: t.String(),
  schedule: DeaSchedule,
  /** What the pharmacy system told of it last; absent where it tells none. */
  told: t.Optional(
    t.Object({
      onHand: Balance,
      lots: t.Optional(t.Array(Lot)),
      readAtMs: t.Integer(),
    }),
  ),
  /** What the ledger comes to, since the first count or receipt here. */
  kept: Balance,
  countedAtMs: t.Optional(t.Integer()),
  /** As they were noted here. */
  lots: t.Array(Lot),
  reserved: Quantity,
  expected: Quantity,
  discrepancy: Shelf.properties.discrepancy,
})
export type Item = Static<typeof Item>

export const needs = {
  ...nothing,
  uses: [pms, drugs, workQueue],
  hears: [pms, refills],
  config: t.Object({
    timeZone: t.String(),
    /** What goes out of date within so many days is listed. */
    nearExpiryDays: t.Integer({ default: 90, minimum: 1, maximum: 400 }),
    /** For how long a caller may be told what the pharmacy system said. */
    freshMinutes: t.Integer({ default: 15, minimum: 1, maximum: 1_440 }),
    /** For how long a caller may be told what staff counted. */
    freshCountHours: t.Integer({ default: 24, minimum: 1, maximum: 720 }),
    /** What is ordered usually comes the next business day: callers are told so. */
    usuallyNextDay: t.Boolean({ default: false }),
    /** Dispensed in the weeks before the start, on average a day: only for a demo and its tests. */
    demo: t.Array(t.Object({ ndc: Ndc12, daily: t.Integer({ minimum: 1 }) }), { default: [] }),
  }),
  collections: {
    items: { schema: Item, indexes: { ndc: "plain" } },
    movements: { schema: Movement, indexes: { ndc: "plain", kind: "plain", atMs: "plain" } },
    /** Fills that take from a shelf. */
    fills: {
      schema: t.Object({
        rxNumber: RxNumber,
        patient: PatientId,
        ndc: Ndc12,
        quantity: Quantity,
        state: t.Union([t.Literal("reserved"), t.Literal("dispensed"), t.Literal("released")]),
        /** The day of the fill, as the pharmacy system has it: it tells one fill from the next. */
        filledOn: t.Optional(Day),
        atMs: t.Integer(),
      }),
      indexes: { rxNumber: "blind", state: "plain" },
      patientField: "patient",
    },
    /** What of an order is on its way, by order and product. */
    expected: {
      schema: t.Object({ order: t.String(), ndc: Ndc12, quantity: Quantity }),
      indexes: { order: "plain", ndc: "plain" },
    },
  },
} as const

export type Here = Context<typeof inventory, typeof needs>

/** The day at the pharmacy, so many days from now. */
export function dayHere({ clock, config }: Here, days = 0): string {
  const now = DateTime.fromMillis(clock.nowMs(), { zone: config.timeZone })
  return now.plus({ days }).toFormat("yyyy-MM-dd")
}

export function nowHere({ clock }: Here): number {
  return Math.round(clock.nowMs())
}

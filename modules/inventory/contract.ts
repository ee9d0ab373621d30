/** Inventory: what is on the shelves, reserved and on its way, by product. Dispenses nothing. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { DeaSchedule } from "#core/decision.ts"
import { Day, FillStatus, Prescription, Quantity, RxNumber } from "#core/pms.ts"

/** Twelve digits, 6-4-2. */
export const Ndc12 = t.String({ pattern: "^\\d{12}$" })
/** In any of the ways it is written: ten digits with hyphens, eleven, twelve. */
const Ndc = t.String({ minLength: 1, maxLength: 20 })
/** Units as the product is dispensed in, below zero where the books are wrong. */
export const Balance = t.String({ pattern: "^-?\\d{1,9}(\\.\\d{1,3})?$" })
const Reason = t.String({ minLength: 1, maxLength: 300 })
const LotNumber = t.String({ minLength: 1, maxLength: 40 })

export const Lot = t.Object({ lot: t.String(), expiresOn: Day, quantity: Quantity })
export type Lot = Static<typeof Lot>

export const MovementKind = t.Union([
  t.Literal("receipt"),
  t.Literal("count"),
  t.Literal("reservation"),
  t.Literal("release"),
  t.Literal("dispense"),
  /** Back to the wholesaler or to who takes what is out of date. */
  t.Literal("return"),
  t.Literal("waste"),
])
export type MovementKind = Static<typeof MovementKind>

/** One line of the ledger. It names no patient and is never changed. */
export const Movement = t.Object({
  movement: t.String(),
  ndc: Ndc12,
  kind: MovementKind,
  /** What it changed: above zero came to the shelf or was set aside, below zero left. */
  quantity: Balance,
  /** What a count found. */
  counted: t.Optional(Quantity),
  lot: t.Optional(t.String()),
  reason: t.Optional(t.String()),
  order: t.Optional(t.String()),
  /** User name of a colleague, or the module that noted it. */
  by: t.String(),
  atMs: t.Integer(),
})
export type Movement = Static<typeof Movement>

export const Shelf = t.Object({
  ndc: Ndc12,
  name: t.String(),
  schedule: DeaSchedule,
  /** Whose word `onHand` is: the pharmacy system's, or the counts of the staff. */
  source: t.Union([t.Literal("pms"), t.Literal("counts")]),
  onHand: Balance,
  /** When the pharmacy system was read, or somebody counted; absent when nobody ever did. */
  knownAtMs: t.Optional(t.Integer()),
  lots: t.Array(Lot),
  /** Of what is not out of date. */
  nearestExpiry: t.Optional(Day),
  expired: Quantity,
  reserved: Quantity,
  expected: Quantity,
  /** On hand, without what is out of date and what is reserved. */
  available: Balance,
  isNegative: t.Boolean(),
  /** The last count differed from the books by so much. */
  discrepancy: t.Optional(t.Object({ counted: Quantity, booked: Balance, atMs: t.Integer() })),
})
export type Shelf = Static<typeof Shelf>

const unknownNdc = { unknown_ndc: "No shelf and no entry of the NDC directory has that number." }
const ordinary = {
  ...unknownNdc,
  controlled: "A pharmacist receives, counts and corrects controlled drugs.",
}
const outOfDate = { out_of_date: "That lot is out of date. Don't put it on the shelf." }
const received = {
  ndc: Ndc,
  quantity: Quantity,
  lot: LotNumber,
  expiresOn: Day,
  /** The purchase order it came with. */
  order: t.Optional(t.String({ maxLength: 64 })),
}
const adjusted = {
  ndc: Ndc,
  /** What was counted, or what left the shelf. */
  quantity: Quantity,
  lot: t.Optional(LotNumber),
  reason: Reason,
}
const Change = t.Union([t.Literal("count"), t.Literal("return"), t.Literal("waste")])

export const inventory = defineContract({
  name: "inventory",
  version: "0.1.2",
  commands: {
    shelves: {
      does: "List shelves by drug or NDC, or those that need looking at.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({
        text: t.Optional(t.String({ maxLength: 100 })),
        only: t.Optional(
          t.Union([t.Literal("near_expiry"), t.Literal("discrepancies"), t.Literal("ours")]),
        ),
        /** These and no others. */
        ndcs: t.Optional(t.Array(Ndc12, { maxItems: 200 })),
      }),
      output: t.Object({
        shelves: t.Array(Shelf, { maxItems: 200 }),
        /** How many there are, shown or not. */
        found: t.Integer(),
        /** Whether the pharmacy system tells its stock at all. */
        isTold: t.Boolean(),
      }),
      faults: {},
    },
    shelf: {
      does: "Show one shelf as it is now, with what happened on it.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({ ndc: Ndc }),
      output: t.Object({ shelf: Shelf, movements: t.Array(Movement, { maxItems: 100 }) }),
      faults: unknownNdc,
    },
    receive: {
      does: "Put a delivery on a shelf, with its lot.",
      effect: "irreversible",
      action: "stock_keeping",
      input: t.Object(received),
      output: Shelf,
      faults: { ...ordinary, ...outOfDate },
    },
    receiveControlled: {
      does: "Put a delivery of a controlled drug on a shelf, with its lot.",
      effect: "irreversible",
      action: "controlled_stock",
      input: t.Object(received),
      output: Shelf,
      faults: { ...unknownNdc, ...outOfDate },
    },
    adjust: {
      does: "Note a count, a return or a waste, with its reason.",
      effect: "irreversible",
      action: "stock_keeping",
      input: t.Object({ ...adjusted, kind: Change }),
      output: Shelf,
      faults: ordinary,
    },
    adjustControlled: {
      does: "Note a count, a return or a waste of a controlled drug, with its reason.",
      effect: "irreversible",
      action: "controlled_stock",
      input: t.Object({ ...adjusted, kind: Change }),
      output: Shelf,
      faults: unknownNdc,
    },
    pickUp: {
      does: "Tell whether a prescription may be there today: promised, in stock, or to be ordered.",
      effect: "read",
      action: "status_inquiry",
      discloses: true,
      input: t.Object({ rxNumber: RxNumber }),
      output: t.Object({
        fill: FillStatus,
        readyAtMs: Prescription.properties.readyAtMs,
        /** Unknown wherever the facts do not support more, and for every controlled drug. */
        stock: t.Union([
          t.Literal("here"),
          t.Literal("on_its_way"),
          t.Literal("to_be_ordered"),
          t.Literal("unknown"),
        ]),
        /** The site says that what is ordered usually comes the next business day. */
        isUsuallyNextDay: t.Boolean(),
      }),
      faults: { unknown_rx: "No prescription has that number." },
      phi: ["rxNumber"],
    },
    expect: {
      does: "Note what of an order is still on its way.",
      effect: "write",
      action: "internal",
      input: t.Object({
        order: t.String({ maxLength: 64 }),
        lines: t.Array(t.Object({ ndc: Ndc12, quantity: Quantity }), { maxItems: 500 }),
      }),
      output: t.Object({}),
      faults: {},
    },
    use: {
      does: "Tell what was dispensed on each of the last days, by product.",
      effect: "read",
      action: "internal",
      input: t.Object({ days: t.Integer({ minimum: 1, maximum: 400 }) }),
      output: t.Object({
        /** `daily` begins with the oldest day and ends with yesterday. */
        products: t.Array(t.Object({ ndc: Ndc12, daily: t.Array(Quantity) }), { maxItems: 5_000 }),
      }),
      faults: {},
    },
    levels: {
      does: "Tell what is available and on its way of one or all products that were counted.",
      effect: "read",
      action: "internal",
      input: t.Object({ ndc: t.Optional(Ndc12) }),
      output: t.Object({
        levels: t.Array(t.Pick(Shelf, ["ndc", "name", "schedule", "available", "expected"]), {
          maxItems: 20_000,
        }),
      }),
      faults: {},
    },
    look: {
      does: "Read the pharmacy system's stock now, as the schedule does.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({}),
      faults: {},
    },
  },
  events: {
    changed: t.Object({ ndc: Ndc12, kind: MovementKind }),
  },
})

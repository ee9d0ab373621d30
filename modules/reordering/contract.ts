/** Reordering: when to order and how much, from use; drafts that people send. Buys nothing. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, Quantity } from "#core/pms.ts"
import { Ndc12 } from "../inventory/contract.ts"

const Reason = t.String({ minLength: 1, maxLength: 300 })
const Packs = t.Integer({ minimum: 0, maximum: 10_000 })
const Cents = t.Integer({ minimum: 0, maximum: 100_000_000 })
const OrderId = t.String({ maxLength: 64 })

export const Point = t.Object({
  ndc: Ndc12,
  /** Order when what is available and on its way comes to less: the override, if there is one. */
  point: Quantity,
  /** As it was reckoned from use. */
  reckoned: Quantity,
  /** Dispensed a day, on average over the window, days without any included. */
  mean: Quantity,
  /** The standard deviation of that. */
  deviation: Quantity,
  /** The last four weeks, the oldest day first. */
  daily: t.Array(Quantity, { maxItems: 28 }),
  reckonedAtMs: t.Integer(),
  override: t.Optional(
    t.Object({ point: Quantity, reason: t.String(), by: t.String(), atMs: t.Integer() }),
  ),
})
export type Point = Static<typeof Point>

export const OrderLine = t.Object({
  ndc: Ndc12,
  name: t.String(),
  packs: Packs,
  /** Units in one package; 1 where the NDC directory does not tell it. */
  packSize: Quantity,
  isPackKnown: t.Boolean(),
  /** What one package costs, if somebody noted it. */
  packCents: t.Optional(Cents),
  /** Units that have come. */
  received: Quantity,
})
export type OrderLine = Static<typeof OrderLine>

export const OrderState = t.Union([
  t.Literal("draft"),
  /** Sent to a manager. */
  t.Literal("waiting"),
  /** To be placed with the wholesaler, and on its way. */
  t.Literal("approved"),
  t.Literal("received"),
  t.Literal("cancelled"),
])
export type OrderState = Static<typeof OrderState>

export const Order = t.Object({
  order: OrderId,
  wholesaler: t.String(),
  state: OrderState,
  lines: t.Array(OrderLine, { maxItems: 500 }),
  madeOn: Day,
  /** Grows each time it is sent, so that nothing is approved but what was sent. */
  revision: t.Integer({ minimum: 0 }),
  sentBy: t.Optional(t.String()),
  approvedBy: t.Optional(t.String()),
  /** Why it came back to the draft, or was given up. */
  reason: t.Optional(t.String()),
})
export type Order = Static<typeof Order>

const unknownOrder = { unknown_order: "No order has that id." }
const notDraft = { not_a_draft: "Only a draft can be changed. Take it back first." }
const controlled = {
  controlled: "Controlled drugs are ordered by a pharmacist, CII with form 222 or CSOS.",
}

export const reordering = defineContract({
  name: "reordering",
  version: "0.1.0",
  commands: {
    points: {
      does: "Show when products are ordered again, and the use that it comes from.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({ ndcs: t.Array(Ndc12, { maxItems: 200 }) }),
      output: t.Object({ points: t.Array(Point, { maxItems: 200 }) }),
      faults: {},
    },
    below: {
      does: "List products of which less is there or on its way than their reorder point.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({}),
      output: t.Object({ ndcs: t.Array(Ndc12, { maxItems: 200 }) }),
      faults: {},
    },
    override: {
      does: "Set a reorder point by hand, with a reason, or give it back to the reckoning.",
      effect: "write",
      action: "stock_keeping",
      input: t.Object({ ndc: Ndc12, point: t.Optional(Quantity), reason: Reason }),
      output: Point,
      faults: {},
    },
    compute: {
      does: "Reckon reorder points from use, and put what is below them into drafts.",
      effect: "write",
      action: "internal",
      input: t.Object({}),
      output: t.Object({}),
      faults: {},
    },
    wholesalers: {
      does: "List the wholesalers of the site.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({}),
      output: t.Object({ wholesalers: t.Array(t.String(), { maxItems: 20 }) }),
      faults: {},
    },
    orders: {
      does: "List orders, the newest first.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({ state: t.Optional(OrderState) }),
      output: t.Object({ orders: t.Array(Order, { maxItems: 100 }) }),
      faults: {},
    },
    add: {
      does: "Put a product into a wholesaler's draft, which is begun when there is none.",
      effect: "write",
      action: "stock_keeping",
      input: t.Object({ wholesaler: t.String({ maxLength: 80 }), ndc: Ndc12, packs: Packs }),
      output: Order,
      faults: {
        ...controlled,
        unknown_ndc: "No shelf has that number.",
        unknown_wholesaler: "The site has no wholesaler of that name.",
      },
    },
    edit: {
      does: "Change packages and costs of a draft; no packages takes the line out.",
      effect: "write",
      action: "stock_keeping",
      input: t.Object({
        order: OrderId,
        lines: t.Array(t.Object({ ndc: Ndc12, packs: Packs, packCents: t.Optional(Cents) }), {
          maxItems: 500,
        }),
      }),
      output: Order,
      faults: { ...unknownOrder, ...notDraft },
    },
    send: {
      does: "Send a draft to a manager, who approves it or not.",
      effect: "write",
      action: "stock_keeping",
      input: t.Object({ order: OrderId }),
      output: Order,
      faults: { ...unknownOrder, ...notDraft, no_lines: "There is nothing in it." },
    },
    approve: {
      does: "Approve an order that was sent: it may be placed with the wholesaler.",
      effect: "write",
      action: "purchase_order",
      input: t.Object({ order: OrderId, revision: t.Integer({ minimum: 1 }) }),
      output: Order,
      faults: {
        ...unknownOrder,
        not_waiting: "It waits for nobody's approval.",
        sent_anew: "It was changed and sent again. Look at it as it is now.",
      },
    },
    takeBack: {
      does: "Make a draft again of an order that waits, with a reason.",
      effect: "write",
      action: "stock_keeping",
      input: t.Object({ order: OrderId, reason: Reason }),
      output: Order,
      faults: { ...unknownOrder, not_waiting: "It waits for nobody's approval." },
    },
    cancel: {
      does: "Give a draft up, with a reason.",
      effect: "write",
      action: "stock_keeping",
      input: t.Object({ order: OrderId, reason: Reason }),
      output: Order,
      faults: { ...unknownOrder, ...notDraft },
    },
    csv: {
      does: "Write an order as a file for a spreadsheet.",
      effect: "read",
      action: "stock_keeping",
      input: t.Object({ order: OrderId }),
      output: t.Object({ name: t.String(), text: t.String() }),
      faults: unknownOrder,
    },
    receive: {
      does: "Put what came of an order on the shelves, with its lots; the last delivery closes it.",
      effect: "irreversible",
      action: "stock_keeping",
      input: t.Object({
        order: OrderId,
        came: t.Array(
          t.Object({
            ndc: Ndc12,
            quantity: Quantity,
            lot: t.String({ minLength: 1, maxLength: 40 }),
            expiresOn: Day,
          }),
          { maxItems: 500 },
        ),
        /** Nothing more of it will come. */
        isLast: t.Boolean(),
      }),
      output: Order,
      faults: {
        ...unknownOrder,
        not_approved: "Only an approved order is received.",
        not_ordered: "That product is not in the order.",
        out_of_date: "A lot is out of date. Don't put it on the shelf.",
      },
    },
  },
  events: {
    changed: t.Object({ order: OrderId, state: OrderState }),
  },
})

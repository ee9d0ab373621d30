/** What reordering needs, in one place for its parts. */
import { DateTime } from "luxon"
import { Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { drugs } from "../drugs/contract.ts"
import { inventory } from "../inventory/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { Order, Point, type reordering } from "./contract.ts"

export const needs = {
  ...nothing,
  uses: [drugs, inventory, workQueue],
  config: t.Object({
    timeZone: t.String(),
    /** Whom the site buys from, and how many days a delivery takes. The first one is the usual. */
    wholesalers: t.Array(
      t.Object({
        name: t.String({ minLength: 1, maxLength: 80 }),
        leadDays: t.Integer({ minimum: 1, maximum: 60 }),
      }),
      { minItems: 1, maxItems: 20, default: [{ name: "Primary wholesaler", leadDays: 2 }] },
    ),
    /** Days of use that the average is taken over. */
    windowDays: t.Integer({ default: 56, minimum: 14, maximum: 365 }),
    /** For how many days one order should last beyond the reorder point. */
    coverDays: t.Integer({ default: 14, minimum: 1, maximum: 90 }),
    /** In so many of a hundred order cycles nothing runs out. */
    serviceLevel: t.Union([t.Literal(90), t.Literal(95), t.Literal(98), t.Literal(99)], {
      default: 95,
    }),
  }),
  collections: {
    points: { schema: t.Omit(Point, ["point"]), indexes: { ndc: "plain", reckonedAtMs: "plain" } },
    orders: { schema: Order, indexes: { state: "plain", wholesaler: "plain", madeOn: "plain" } },
  },
} as const

export type Here = Context<typeof reordering, typeof needs>

export function todayHere({ clock, config }: Here): string {
  return DateTime.fromMillis(clock.nowMs(), { zone: config.timeZone }).toFormat("yyyy-MM-dd")
}

export function nowHere({ clock }: Here): number {
  return Math.round(clock.nowMs())
}

/** User name of the colleague who acts, or the module. */
export function whoActs({ actor }: Here): string {
  if (actor.kind === "staff") return actor.person
  return actor.kind === "system" ? actor.module : actor.kind
}

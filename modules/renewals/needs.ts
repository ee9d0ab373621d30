/** What renewals needs, in one place for its parts. */
import { Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { drugs } from "../drugs/contract.ts"
import { notifications } from "../notifications/contract.ts"
import { prescribers } from "../prescribers/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { Renewal, type renewals } from "./contract.ts"

export const needs = {
  ...nothing,
  uses: [pms, drugs, notifications, prescribers, workQueue],
  config: t.Object({
    /** After so long without an answer a technician is told, once. */
    remindAfterHours: t.Integer({ default: 72, minimum: 1 }),
  }),
  collections: {
    renewals: {
      schema: t.Object({ ...Renewal.properties, isWaiting: t.Boolean() }),
      indexes: { rxNumber: "blind", isWaiting: "plain", askedAtMs: "plain" },
      patientField: "patient",
    },
  },
} as const

export type Here = Context<typeof renewals, typeof needs>

/** What notifications needs, in one place for its parts. */
import { type Static, Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { PatientId, pms, RxNumber } from "#core/pms.ts"
import { callbacks } from "../callbacks/contract.ts"
import { consents } from "../consents/contract.ts"
import { drugs } from "../drugs/contract.ts"
import { messaging } from "../messaging/contract.ts"
import { outreachPolicy } from "../outreach-policy/contract.ts"
import { storeInfo } from "../store-info/contract.ts"
import { Notice, type notifications } from "./contract.ts"

export const Kept = t.Object({
  ...Notice.properties,
  /** About which prescriptions; none for an answer. */
  rxNumbers: t.Array(RxNumber, { maxItems: 50 }),
  /** The carrier's message, once there is one. */
  message: t.Optional(t.String()),
  /** What staff answered, in their words. */
  text: t.Optional(t.String()),
  notAfterMs: t.Integer(),
  tries: t.Integer(),
  /** Something is still to be done about it. */
  isOpen: t.Boolean(),
})
export type Kept = Static<typeof Kept>

export const needs = {
  ...nothing,
  uses: [callbacks, consents, drugs, messaging, outreachPolicy, pms, storeInfo],
  hears: [pms],
  config: t.Object({
    timeZone: t.String(),
    /** What becomes ready within so many minutes is told in one text. */
    gatherMinutes: t.Integer({ default: 10, minimum: 0 }),
  }),
  collections: {
    notices: {
      schema: Kept,
      indexes: { patient: "blind", isOpen: "plain", dueAtMs: "plain", createdAtMs: "plain" },
      patientField: "patient",
    },
    /** A fill that was announced, until it is on the shelf no longer. */
    announced: {
      schema: t.Object({ rxNumber: RxNumber, patient: PatientId }),
      indexes: { rxNumber: "blind" },
      patientField: "patient",
    },
  },
} as const

export type Here = Context<typeof notifications, typeof needs>

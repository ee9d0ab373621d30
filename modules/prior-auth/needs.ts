/** What prior authorisations need, in one place for their parts. */
import { DateTime } from "luxon"
import { Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { intent } from "../../intent/contract.ts"
import { insurance } from "../insurance/contract.ts"
import { notifications } from "../notifications/contract.ts"
import { prescribers } from "../prescribers/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { PriorAuth, type priorAuth, Wait } from "./contract.ts"

export const needs = {
  ...nothing,
  uses: [pms, insurance, intent, notifications, prescribers, workQueue],
  hears: [pms],
  config: t.Object({
    timeZone: t.String(),
    /** How long a plan may take when nobody says otherwise. */
    answerHours: t.Integer({ default: 72, minimum: 1, maximum: 2_160 }),
    /** So many days before an approval ends a technician is told. */
    renewDays: t.Integer({ default: 14, minimum: 1, maximum: 90 }),
    /** On file from the start, sent two days ago: only for a demo and its tests. */
    demo: t.Array(t.Pick(PriorAuth, ["patient", "rxNumber", "patientName", "drugName"]), {
      default: [],
    }),
  }),
  collections: {
    auths: {
      schema: t.Object({
        ...PriorAuth.properties,
        isOver: t.Boolean(),
        /** The claim that the payer refused with its codes waits still: it opens no second one. */
        isWaiting: t.Optional(t.Boolean()),
      }),
      indexes: {
        patient: "blind",
        rxNumber: "blind",
        state: "plain",
        isOver: "plain",
        openedOn: "plain",
      },
      patientField: "patient",
    },
    waits: {
      schema: Wait,
      indexes: { rxNumber: "blind", sinceMs: "plain" },
      patientField: "patient",
    },
  },
} as const

export type Here = Context<typeof priorAuth, typeof needs>

/** The day at the pharmacy, so many days from now. */
export function dayHere({ clock, config }: Here, days = 0): string {
  const now = DateTime.fromMillis(clock.nowMs(), { zone: config.timeZone })
  return now.plus({ days }).toFormat("yyyy-MM-dd")
}

/** What automations need, in one place for their parts. */
import { type Static, Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { callbacks } from "../callbacks/contract.ts"
import { calls } from "../calls/contract.ts"
import { complaints } from "../complaints/contract.ts"
import { emergencies } from "../emergencies/contract.ts"
import { insurance } from "../insurance/contract.ts"
import { notifications } from "../notifications/contract.ts"
import { priorAuth } from "../prior-auth/contract.ts"
import { refills } from "../refills/contract.ts"
import { reminders } from "../reminders/contract.ts"
import { renewals } from "../renewals/contract.ts"
import { sessions } from "../sessions/contract.ts"
import { transfers } from "../transfers/contract.ts"
import { verification } from "../verification/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { Automation, type automations, Change, Run, Value } from "./contract.ts"

const { counts, last, isTested: _, ...told } = Automation.properties

export const Kept = t.Object({
  ...told,
  /** The event it hears, or `schedule`. */
  event: t.String(),
  testedRevision: t.Optional(t.Integer()),
  onSinceMs: t.Optional(t.Integer()),
})
export type Kept = Static<typeof Kept>

/** What changes with every run, apart from what people change. */
const Tally = t.Object({
  counts,
  last,
  /** The moment that a time of day was last met for. */
  dueMs: t.Optional(t.Integer()),
})
export type Tally = Static<typeof Tally>

const Values = t.Record(t.String(), Value)

const KeptRun = t.Object({
  ...Run.properties,
  name: t.String(),
  command: t.String(),
  input: Values,
  patient: t.Optional(t.String()),
})
export type KeptRun = Static<typeof KeptRun>

export const needs = {
  ...nothing,
  uses: [workQueue, callbacks, notifications, renewals],
  hears: [
    pms,
    callbacks,
    calls,
    complaints,
    emergencies,
    insurance,
    notifications,
    priorAuth,
    refills,
    reminders,
    renewals,
    sessions,
    transfers,
    verification,
    workQueue,
  ],
  acts: ["system"],
  config: t.Object({
    timeZone: t.String(),
    automationsMax: t.Integer({ default: 50, minimum: 1, maximum: 200 }),
  }),
  collections: {
    automations: { schema: Kept, indexes: { event: "plain", isOn: "plain" } },
    tallies: { schema: Tally },
    changes: { schema: Change, indexes: { atMs: "plain" } },
    samples: {
      schema: t.Object({
        event: t.String(),
        atMs: t.Integer(),
        values: Values,
        patient: t.Optional(t.String()),
      }),
      indexes: { event: "plain", atMs: "plain" },
      patientField: "patient",
    },
    runs: {
      schema: KeptRun,
      indexes: { automation: "plain", atMs: "plain", item: "plain", result: "plain" },
      patientField: "patient",
    },
  },
} as const

export type Here = Context<typeof automations, typeof needs>

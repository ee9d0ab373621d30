/** What the monitoring programmes' module needs, and what a site sets about it. */
import { DateTime } from "luxon"
import { Type as t } from "typebox"
import { DeaSchedule } from "#core/decision.ts"
import { type Context, nothing } from "#core/module.ts"
import { PatientId, pms } from "#core/pms.ts"
import { Site } from "#core/site.ts"
import { workQueue } from "../work-queue/contract.ts"
import { type pdmp, Report } from "./contract.ts"

const { address, npi, spokenName, timeZone } = Site.properties

export const needs = {
  ...nothing,
  uses: [pms, workQueue],
  hears: [workQueue],
  ports: ["secrets"],
  config: t.Object({
    ...{ address, npi, spokenName, timeZone },
    /** Without it a pharmacist asks on the programme's own page. */
    gateway: t.Optional(
      t.Object({
        url: t.String({ pattern: "^https?://" }),
        token: t.String({ pattern: "^(keychain|env|file):" }),
        timeoutMs: t.Integer({ minimum: 1_000, maximum: 60_000, default: 20_000 }),
        /** The licensed person whose name the gateway wants. */
        pharmacistLastName: t.String({ minLength: 1, maxLength: 80 }),
      }),
    ),
    /** A report is deleted by then. */
    keepHours: t.Integer({ minimum: 1, maximum: 720, default: 24 }),
  }),
  collections: {
    due: {
      schema: t.Object({
        item: t.String(),
        patient: PatientId,
        schedule: DeaSchedule,
        atMs: t.Integer(),
        report: t.Optional(t.String()),
        askedAtMs: t.Optional(t.Integer()),
      }),
      indexes: { atMs: "plain" },
      patientField: "patient",
    },
    reports: {
      schema: t.Object({ ...Report.properties, url: t.Optional(t.String()) }),
      indexes: { askedAtMs: "plain" },
      patientField: "patient",
    },
  },
} as const

export type Here = Context<typeof pdmp, typeof needs>

export function todayHere({ clock, config }: Here): string {
  return DateTime.fromMillis(clock.nowMs(), { zone: config.timeZone }).toFormat("yyyy-MM-dd")
}

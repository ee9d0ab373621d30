/** What the reports need of the host, and what a site may set. */
import { Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { Day } from "#core/pms.ts"
import { Site } from "#core/site.ts"
import { patients } from "../patients/contract.ts"
import { staffAccounts } from "../staff-accounts/contract.ts"
import { storeInfo } from "../store-info/contract.ts"
import { ReportKind, type reports } from "./contract.ts"

/** All but the accounting, which is about one patient. */
const kindsOfAMonth = [
  ...(["accesses", "after_hours", "bulk", "denied"] as const),
  ...(["break_glass", "cloud", "approvals", "recordings"] as const),
]

export const BULK_PATIENTS = 30

/** Facts of the site, and from how many patients within an hour on somebody's work is bulk. */
export const Surroundings = t.Object({
  name: Site.properties.name,
  timeZone: t.String(),
  bulkPatients: t.Integer({ default: BULK_PATIENTS, minimum: 2 }),
})

export const needs = {
  ...nothing,
  uses: [patients, staffAccounts, storeInfo],
  ports: ["audit", "files"],
  // A report over a long time is put together in memory.
  memoryMiB: 256,
  config: t.Object({
    ...Surroundings.properties,
    /** The newest signed checkpoint of the audit log. It holds no secret. */
    checkpointFile: t.Optional(t.String()),
    /** What is made for each month when it is over. */
    monthly: t.Array(ReportKind, {
      default: [...kindsOfAMonth],
    }),
  }),
  collections: {
    kept: {
      schema: t.Object({
        id: t.String(),
        kind: ReportKind,
        from: Day,
        until: Day,
        madeAtMs: t.Integer(),
        rows: t.Integer(),
      }),
      indexes: { madeAtMs: "plain" },
    },
    dismissals: {
      schema: t.Object({ by: t.String(), because: t.String(), atMs: t.Integer() }),
    },
  },
} as const

export type Here = Context<typeof reports, typeof needs>

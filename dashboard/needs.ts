/** What the dashboard asks of the host, and what its settings are. */
import { Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { Phone, pms } from "#core/pms.ts"
import { intent } from "../intent/contract.ts"
import { analytics } from "../modules/analytics/contract.ts"
import { automations } from "../modules/automations/contract.ts"
import { backups } from "../modules/backups/contract.ts"
import { callbacks } from "../modules/callbacks/contract.ts"
import { calls } from "../modules/calls/contract.ts"
import { consents } from "../modules/consents/contract.ts"
import { controlledSubstances } from "../modules/controlled-substances/contract.ts"
import { conversations } from "../modules/conversations/contract.ts"
import { emergencies } from "../modules/emergencies/contract.ts"
import { inventory } from "../modules/inventory/contract.ts"
import { messaging } from "../modules/messaging/contract.ts"
import { mfa } from "../modules/mfa/contract.ts"
import { notifications } from "../modules/notifications/contract.ts"
import { patients } from "../modules/patients/contract.ts"
import { pdmp } from "../modules/pdmp/contract.ts"
import { pmsTrials } from "../modules/pms-trials/contract.ts"
import { prescriptions } from "../modules/prescriptions/contract.ts"
import { priorAuth } from "../modules/prior-auth/contract.ts"
import { privacy } from "../modules/privacy/contract.ts"
import { recordings } from "../modules/recordings/contract.ts"
import { reordering } from "../modules/reordering/contract.ts"
import { reports } from "../modules/reports/contract.ts"
import { sessions } from "../modules/sessions/contract.ts"
import { staffAccounts } from "../modules/staff-accounts/contract.ts"
import { storeInfo } from "../modules/store-info/contract.ts"
import { tierRules } from "../modules/tier-rules/contract.ts"
import { transcripts } from "../modules/transcripts/contract.ts"
import { transfers } from "../modules/transfers/contract.ts"
import { workQueue } from "../modules/work-queue/contract.ts"
import { voice } from "../voice/contract.ts"
import type { dashboard } from "./contract.ts"

export const needs = {
  ...nothing,
  uses: [sessions, mfa, pms],
  // Of patients, recordings and hours the pages need the words only; hearing grants nothing.
  hears: [
    analytics,
    automations,
    backups,
    intent,
    patients,
    pmsTrials,
    prescriptions,
    consents,
    messaging,
    notifications,
    priorAuth,
    privacy,
    recordings,
    reordering,
    reports,
    workQueue,
    calls,
    controlledSubstances,
    conversations,
    inventory,
    pdmp,
    emergencies,
    callbacks,
    storeInfo,
    transcripts,
    transfers,
    sessions,
    staffAccounts,
    tierRules,
    voice,
  ],
  ports: ["catalogue", "audit"],
  acts: ["staff", "partner"],
  listens: ["staff"],
  config: t.Object({
    /** Facts of the site, shown on the pages. */
    name: t.String({ default: "Mortar" }),
    timeZone: t.Optional(t.String()),
    models: t.String({ default: "embedded" }),
    phones: t.Optional(t.Object({ pharmacy: Phone })),
    /** The demo telephone's websocket. The page is hidden when this is left out. */
    phoneUrl: t.Optional(t.String({ pattern: "^wss?://[^/]+/phone$" })),
    /** Sends the cookie over TLS only: for a site that has put TLS before this listener. */
    hasTls: t.Boolean({ default: false }),
  }),
} as const

export type Here = Context<typeof dashboard, typeof needs>

/** What the conversation engine asks of the host. */
import { Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { intent } from "../../intent/contract.ts"
import { callbacks } from "../callbacks/contract.ts"
import { complaints } from "../complaints/contract.ts"
import { controlledSubstances } from "../controlled-substances/contract.ts"
import { drugs } from "../drugs/contract.ts"
import { emergencies } from "../emergencies/contract.ts"
import { inventory } from "../inventory/contract.ts"
import { messaging } from "../messaging/contract.ts"
import { patients } from "../patients/contract.ts"
import { prescriptions } from "../prescriptions/contract.ts"
import { priorAuth } from "../prior-auth/contract.ts"
import { refills } from "../refills/contract.ts"
import { storeInfo } from "../store-info/contract.ts"
import { transfers } from "../transfers/contract.ts"
import { verification } from "../verification/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { conversations } from "./contract.ts"
import { State } from "./state.ts"

export const needs = {
  ...nothing,
  uses: [
    intent,
    callbacks,
    complaints,
    controlledSubstances,
    drugs,
    emergencies,
    messaging,
    patients,
    prescriptions,
    refills,
    storeInfo,
    transfers,
    verification,
    workQueue,
  ],
  // The answers of these are read by their contracts; they may not be there at all.
  hears: [conversations, inventory, priorAuth],
  ports: ["conversations"],
  acts: ["caller"],
  config: t.Object({
    spokenName: t.String(),
    timeZone: t.String(),
    recording: t.Union([t.Literal("announced"), t.Literal("off")], { default: "announced" }),
  }),
  collections: {
    states: { schema: State, indexes: { openedAtMs: "plain" }, patientField: "whose" },
  },
} as const

export type Here = Context<typeof conversations, typeof needs>

/**
 * Talks to the server in the words of the contracts: a command that does not exist, or an input
 * that does not fit, is a compile error. Nothing of a patient is ever put into an address.
 */
import type { ContractSpec, Input, Name, Output } from "../../../core/contract.ts"
import type { intent } from "../../../intent/contract.ts"
import type { analytics } from "../../../modules/analytics/contract.ts"
import type { automations } from "../../../modules/automations/contract.ts"
import type { backups } from "../../../modules/backups/contract.ts"
import type { callbacks } from "../../../modules/callbacks/contract.ts"
import type { calls } from "../../../modules/calls/contract.ts"
import type { consents } from "../../../modules/consents/contract.ts"
import type { controlledSubstances } from "../../../modules/controlled-substances/contract.ts"
import type { conversations } from "../../../modules/conversations/contract.ts"
import type { inventory } from "../../../modules/inventory/contract.ts"
import type { messaging } from "../../../modules/messaging/contract.ts"
import type { mfa } from "../../../modules/mfa/contract.ts"
import type { notifications } from "../../../modules/notifications/contract.ts"
import type { patients } from "../../../modules/patients/contract.ts"
import type { pdmp } from "../../../modules/pdmp/contract.ts"
import type { pmsTrials } from "../../../modules/pms-trials/contract.ts"
import type { prescriptions } from "../../../modules/prescriptions/contract.ts"
import type { priorAuth } from "../../../modules/prior-auth/contract.ts"
import type { privacy } from "../../../modules/privacy/contract.ts"
import type { recordings } from "../../../modules/recordings/contract.ts"
import type { reordering } from "../../../modules/reordering/contract.ts"
import type { reports } from "../../../modules/reports/contract.ts"
import type { sessions } from "../../../modules/sessions/contract.ts"
import type { staffAccounts } from "../../../modules/staff-accounts/contract.ts"
import type { storeInfo } from "../../../modules/store-info/contract.ts"
import type { tierRules } from "../../../modules/tier-rules/contract.ts"
import type { transcripts } from "../../../modules/transcripts/contract.ts"
import type { transfers } from "../../../modules/transfers/contract.ts"
import type { workQueue } from "../../../modules/work-queue/contract.ts"
import type { voice } from "../../../voice/contract.ts"
import type { dashboard } from "../../contract.ts"
import { withProof } from "./proof.ts"
import { say, told } from "./say.ts"

interface Contracts {
  readonly analytics: typeof analytics
  readonly automations: typeof automations
  readonly backups: typeof backups
  readonly voice: typeof voice
  readonly "work-queue": typeof workQueue
  readonly dashboard: typeof dashboard
  readonly callbacks: typeof callbacks
  readonly calls: typeof calls
  readonly consents: typeof consents
  readonly "controlled-substances": typeof controlledSubstances
  readonly conversations: typeof conversations
  readonly intent: typeof intent
  readonly inventory: typeof inventory
  readonly messaging: typeof messaging
  readonly notifications: typeof notifications
  readonly transfers: typeof transfers
  readonly transcripts: typeof transcripts
  readonly patients: typeof patients
  readonly pdmp: typeof pdmp
  readonly "pms-trials": typeof pmsTrials
  readonly prescriptions: typeof prescriptions
  readonly "prior-auth": typeof priorAuth
  readonly privacy: typeof privacy
  readonly recordings: typeof recordings
  readonly reordering: typeof reordering
  readonly reports: typeof reports
  readonly sessions: typeof sessions
  readonly "store-info": typeof storeInfo
  readonly mfa: typeof mfa
  readonly "staff-accounts": typeof staffAccounts
  readonly "tier-rules": typeof tierRules
}

type Commands<M extends keyof Contracts> = Contracts[M]["commands"]

/** Why something was not done: what to say about it, and a code to decide by. */
export class Trouble extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, says: string) {
    super(says)
    this.status = status
    this.code = code
  }
}

/** Happens when the server lets nothing more through: the screen is locked, or nobody is in. */
export const SHUT = "mortar:shut"

const WAIT_MS = 15_000

export async function command<M extends keyof Contracts & string, C extends Name<Commands<M>>>(
  module: M,
  name: C,
  input: Contracts[M] extends ContractSpec ? Input<Contracts[M], C> : never,
): Promise<Output<Contracts[M], C>> {
  const answer = await withProof(() => post(`/v1/${module}/${name}`, input))
  return answer.value
}

/** Posts JSON. The server has checked its answer against the contract that types it here. */
export function post(path: string, body: unknown) {
  return send(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-mortar-page": "1" },
    body: JSON.stringify(body),
  })
}

export function get(path: string) {
  return send(path, {})
}

async function send(path: string, init: RequestInit) {
  const response = await fetch(path, {
    ...init,
    credentials: "same-origin",
    signal: AbortSignal.timeout(WAIT_MS),
  }).catch(() => {
    throw new Trouble(
      0,
      "lost",
      say("The server cannot be reached. Check the network; this page tries again by itself."),
    )
  })
  const body = await response.json().catch(() => ({}))
  const isShut = body.code === "screen_locked" || body.code === "signed_out"
  if (isShut && path !== "/session") dispatchEvent(new Event(SHUT))
  if (response.status === 202)
    throw new Trouble(202, "asked", say("Somebody with another licence was asked."))
  if (!response.ok) throw new Trouble(response.status, body.code ?? "broken", saysOf(body))
  return body
}

function saysOf(body: { readonly says?: string; readonly hint?: string }): string {
  return told(
    body.says ?? body.hint ?? "The server made a mistake. Try again, then tell the operator.",
  )
}

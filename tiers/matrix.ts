/**
 * Who may do what. A pharmacist can read this table and sign it. The thirteen requests are the
 * owner's and are not changed here without the owner; no command runs without a row.
 */
import type { Role } from "#core/actor.ts"
import type { Facts, Tier } from "#core/decision.ts"

export interface Row {
  /** What contracts name in `action`, and the scope that a partner needs for it. */
  readonly action: string
  /** One sentence for the reader of this table. */
  readonly is: string
  /** 0 acts alone; 1 asks a technician, 2 a pharmacist, 3 a manager. Rules only raise it. */
  readonly tier: Tier
  /** Whether a patient's record is shown or acted on. Its caller must be verified for it. */
  readonly record: "none" | "acts" | "shows"
  /** A request is brought by a person and weighed by every rule; a step is our own machinery. */
  readonly kind: "request" | "step"
  readonly callers: boolean
  /** The roles that may bring it. Others are refused, whatever the tier. */
  readonly staff: readonly Role[]
  readonly partners: "none" | "scope" | "any"
  /** Modules acting on their own: schedules, events. */
  readonly system: boolean
  /** Facts without which a pharmacist is asked. */
  readonly needs: readonly (keyof Facts)[]
}

export type Matrix = readonly Row[]

const everyRole: readonly Role[] = ["technician", "pharmacist", "manager", "operator"]
const counter: readonly Role[] = ["technician", "pharmacist", "manager"]

/** What people ask for. The tiers are the owner's. */
const requests = [
  { action: "status_inquiry", tier: 0, record: "shows", is: "How a prescription stands." },
  { action: "refill_request", tier: 0, record: "acts", is: "An eligible refill." },
  { action: "store_hours", tier: 0, record: "none", is: "Opening hours, address, directions." },
  { action: "transfer_request", tier: 1, record: "none", is: "A transfer in or out." },
  { action: "insurance_question", tier: 1, record: "none", is: "A question about coverage." },
  { action: "prior_auth_submission", tier: 1, record: "acts", is: "A prior authorisation form." },
  { action: "new_rx_verification", tier: 2, record: "none", is: "A new prescription to verify." },
  { action: "controlled_substance", tier: 2, record: "acts", is: "Anything on CII to CV." },
  { action: "drug_interaction_override", tier: 2, record: "acts", is: "Going over an alert." },
  { action: "clinical_consultation", tier: 2, record: "none", is: "A clinical question." },
  { action: "price_adjustment", tier: 3, record: "acts", is: "A change to a price." },
  { action: "refund", tier: 3, record: "acts", is: "Money back." },
  { action: "complaint", tier: 3, record: "none", is: "A patient's complaint." },
] as const satisfies readonly Partial<Row>[]

/** What must be known before a request is let through; a record's patient always. */
const neededByRequest: Readonly<Record<string, readonly (keyof Facts)[]>> = {
  refill_request: ["schedule", "eligibility"],
}

const step = {
  tier: 0,
  kind: "step",
  record: "none",
  callers: false,
  staff: [],
  partners: "none",
  system: false,
  needs: [],
} as const satisfies Partial<Row>

/** What is not a patient's request: the steps of the house itself. */
const steps: Matrix = [
  {
    ...step,
    action: "internal",
    is: "Work one module does for another. Nobody outside comes straight to it.",
    callers: true,
    staff: everyRole,
    partners: "any",
    system: true,
  },
  {
    ...step,
    action: "conversation",
    is: "Talking itself: opening, one turn, hanging up, leaving a message, asking for a person.",
    callers: true,
    staff: counter,
    system: true,
  },
  {
    ...step,
    action: "verification",
    is: "Proving who one is. Answers pass or fail and nothing else.",
    callers: true,
    system: true,
  },
  {
    ...step,
    action: "queue_work",
    is: "Reading, claiming and escalating work items.",
    staff: counter,
    system: true,
  },
  {
    ...step,
    action: "queue_decide",
    is: "Approving or refusing a work item. What it holds is decided again, for the approver.",
    staff: counter,
  },
  {
    ...step,
    action: "staff_view",
    is: "Reading patients, prescriptions, calls and recordings at the counter.",
    staff: counter,
    system: true,
  },
  {
    ...step,
    action: "pharmacist_act",
    is: "What only a pharmacist sees or does: a monitoring programme's answer, ending a transfer.",
    tier: 2,
    staff: ["pharmacist"],
  },
  {
    ...step,
    action: "stock_keeping",
    is: "What is on the shelves: seeing it, receiving it, counting it. Shows no patient.",
    staff: counter,
    system: true,
  },
  {
    ...step,
    action: "controlled_stock",
    is: "Receiving, counting and correcting a controlled drug on the shelves.",
    tier: 2,
    staff: counter,
  },
  {
    ...step,
    action: "purchase_order",
    is: "Committing the pharmacy to pay a wholesaler for an order.",
    tier: 3,
    staff: counter,
  },
  { ...step, action: "staff_admin", is: "Accounts and roles of the staff.", staff: ["manager"] },
  {
    ...step,
    action: "operate",
    is: "Running the machines: health, modules, backups. Shows no patient.",
    staff: ["manager", "operator"],
    system: true,
  },
  {
    ...step,
    action: "sign_in",
    is: "Signing in and out.",
    callers: true,
    staff: everyRole,
    partners: "any",
    system: true,
  },
  {
    ...step,
    action: "own_account",
    is: "One's own password, PIN, second factors and sessions.",
    staff: everyRole,
  },
  {
    ...step,
    action: "break_glass",
    is: "Taking another role's rights for a while, with a reason that managers read.",
    staff: everyRole,
  },
  {
    ...step,
    action: "rule_change",
    is: "Editing the tier rules and the automations.",
    staff: ["manager"],
  },
  {
    ...step,
    action: "site_change",
    is: "What the pharmacy says of itself: its name, hours, holidays and numbers.",
    staff: ["manager", "operator"],
  },
  { ...step, action: "audit_read", is: "Reading the audit log.", staff: ["manager"] },
]

export const matrix: Matrix = Object.freeze([
  ...requests.map((request): Row => {
    const patient: readonly (keyof Facts)[] = request.record === "none" ? [] : ["patient"]
    return {
      ...request,
      kind: "request",
      callers: true,
      staff: counter,
      partners: request.action === "store_hours" ? "any" : "scope",
      system: true,
      needs: [...patient, ...(neededByRequest[request.action] ?? [])],
    }
  }),
  ...steps,
])

/** The row of an action. A contract whose command has none stops the boot. */
export function rowOf(rows: Matrix, action: string): Row | undefined {
  return rows.find((row) => row.action === action)
}

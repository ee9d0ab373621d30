/**
 * What automations are made of, and what they never touch. The lists name events and commands; what
 * fields those have is read from their contracts. docs/adr/0015 says how the lists were drawn up.
 */
import type { TSchema } from "typebox"
import type { CommandSpec, ContractSpec } from "#core/contract.ts"
import { needs } from "./needs.ts"

/**
 * Facts that somebody may want to act on. Left out is what comes with every word of a call, and
 * the work queue's own: whatever an automation does may come to an item, and set it off again.
 */
export const events = [
  "calls.changed",
  "callbacks.promised",
  "callbacks.done",
  "complaints.filed",
  "emergencies.reported",
  "insurance.photoTaken",
  "notifications.sent",
  "pms.fillChanged",
  "prior-auth.changed",
  "refills.requested",
  "reminders.reminded",
  "renewals.requested",
  "renewals.answered",
  "sessions.rightsChanged",
  "transfers.requested",
  "transfers.ended",
  "verification.locked",
] as const
export type HeardEvent = (typeof events)[number]

/** The ends of what patients asked for themselves: after these, a text answers them. */
const answersToPatients: readonly HeardEvent[] = [
  "complaints.filed",
  "insurance.photoTaken",
  "prior-auth.changed",
  "refills.requested",
  "renewals.answered",
  "renewals.requested",
  "transfers.ended",
  "transfers.requested",
]

interface Offered {
  /** Only after these events. */
  readonly after?: readonly HeardEvent[]
}

/** What an automation may do: put work before people, and say to patients what they wait for. */
export const commands: Readonly<Record<string, Offered>> = {
  "work-queue.assign": {},
  "work-queue.askInsurance": {},
  "work-queue.askPriorAuth": {},
  "work-queue.askNewRx": {},
  "work-queue.askClinical": {},
  "work-queue.askInteraction": {},
  "work-queue.askPrice": {},
  "work-queue.askRefund": {},
  "work-queue.askControlled": {},
  "callbacks.owe": {},
  "renewals.request": {},
  // Through the outreach policy, like every text. An answer needs no consent of its own and counts
  // towards no cap, because it was asked for: so it may follow only what a patient did ask for.
  "notifications.answer": { after: answersToPatients },
}

/** What no automation does, with the reason; by module, or by command where others are offered. */
export const never: Readonly<Record<string, string>> = {
  automations: "An automation that changes automations could lift every limit set to it.",
  backups: "Backups have a schedule of their own, and are opened by who may operate the machines.",
  callbacks: "That a call was made is noted by whoever made it.",
  complaints: "A complaint is taken down in the words of whoever makes it.",
  consents: "Who may act for a patient is the patient's own decision, given at the counter.",
  conversations: "What is said to a caller is said by the agent that hears them, or by a person.",
  dashboard: "Running the machines is for who can look at them.",
  insurance: "Cards and coverage are changed by who has them before them.",
  inventory: "Stock is what somebody received or counted with their own hands.",
  messaging: "A text sent past notifications would go around quiet hours, stops and consent.",
  mfa: "Second factors are their owner's alone.",
  notifications: "Only answers are sent; reminders have their own schedule and consent.",
  "outreach-policy": "What somebody wants to be written is for them to choose.",
  patients: "What a patient prefers is for them to say.",
  pdmp: "Only a pharmacist asks a monitoring programme, for one patient at a time.",
  prescribers: "Who a prescriber is, is looked up and checked by a person.",
  "prior-auth": "What a plan is sent and what it answers is read by a person.",
  privacy: "Erasing, and keeping from erasure, cannot be taken back.",
  refills:
    "A refill that nobody asked for is an automatic refill, which needs the patient's consent.",
  renewals: "What a prescriber answered is noted by who read it.",
  reordering: "An order is money: its own schedule drafts it, and people send it.",
  reports: "A false alarm is called one by a manager who looked at it.",
  sessions: "Signing in, and taking rights, is what somebody does in person.",
  "staff-accounts": "Who works here, and as what, is a manager's decision each time.",
  "store-info": "What the pharmacy says of itself is changed by who knows it.",
  "tier-rules": "What has to be asked of a person must not be decided by a machine.",
  transfers: "Moving a prescription is a patient's wish and two pharmacists' act.",
  verification: "Nobody is verified but by what they say themselves.",
  voice: "A call is ended and taken over by who listens to it.",
  "work-queue": "Claiming, deciding and escalating work is done by the people it waits for.",
}

/**
 * What commands set off in modules beside their own. A loop through these is found as well; one
 * that nobody foresaw ends at the limit on how many automations follow from each other.
 */
export const setsOff: Readonly<Record<string, readonly string[]>> = {
  notifications: ["callbacks"],
  renewals: ["notifications", "callbacks"],
}

export function schemaOf(event: string): TSchema | undefined {
  if (!events.some((one) => one === event)) return undefined
  const [module, name = ""] = event.split(".")
  const contract: ContractSpec | undefined = needs.hears.find((one) => one.name === module)
  return contract?.events[name]
}

export function specOf(command: string): CommandSpec | undefined {
  if (!Object.hasOwn(commands, command)) return undefined
  const [module, name = ""] = command.split(".")
  const contract: ContractSpec | undefined = needs.uses.find((one) => one.name === module)
  return contract?.commands[name]
}

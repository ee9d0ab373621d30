/** One refill put before the gate: what the pharmacy system acknowledged is said, and no more. */

import { Value } from "typebox/value"
import type { Fault } from "#core/fault.ts"
import type { Prescription } from "#core/pms.ts"
import type { Ruling } from "../../controlled-substances/contract.ts"
import { refills } from "../../refills/contract.ts"
import type { Task } from "../state.ts"
import { sayTrouble, type Talk } from "../talk.ts"
import { nameOf } from "../tell.ts"

export async function request(talk: Talk, task: Task, prescription: Prescription): Promise<void> {
  const { rxNumber, drugName, patient } = prescription
  const isFree = prescription.schedule === "none"
  // "I'm out of oxycodone and need it filled" is one request, however many wishes were heard.
  const isAsked = talk.state.askedFor?.includes(rxNumber) === true
  if (isAsked) return talk.say(isFree ? "refill.asked_technician" : "refill.asked_pharmacist")
  const law = isFree ? undefined : await talk.world.lawOn("refill", rxNumber)
  const willHappen = willHappenBy(law)
  const proposal = { task, willHappen, drugName, patient }
  const reply = await talk.propose("refills.request", { rxNumber }, proposal)
  switch (reply.kind) {
    case "asked":
      talk.state.askedFor = [...(talk.state.askedFor ?? []), rxNumber]
      if (law?.says) talk.say(`refill.law_${law.says}`)
      return talk.say(reply.tier === 1 ? "refill.asked_technician" : "refill.asked_pharmacist")
    case "done":
      return sayDone(talk, prescription, reply.value)
    case "fault":
      if (reply.code === "already_requested")
        return talk.say("refill.already", { drug: await nameOf(talk, prescription) })
      if (reply.code === "by_hand") return talk.say("refill.asked_technician")
      return sayRefused(talk, reply)
    default:
      return sayTrouble(talk, reply, "refill")
  }
}

/** What the pharmacist reads before deciding: the rule, where one stands in the way. */
function willHappenBy(law: Ruling | undefined): string {
  if (!law?.broken) return "The refill is submitted to the pharmacy system."
  const { is, source } = law.broken
  return `Nothing is refilled: ${is} (${source}) Ask the prescriber for a new prescription.`
}

/** What has run out is not filled: on a technician's word the prescriber is asked for more. */
export async function renew(talk: Talk, task: Task, prescription: Prescription): Promise<void> {
  const { rxNumber, drugName, patient } = prescription
  const drug = await nameOf(talk, prescription)
  const willHappen = "The prescriber is asked for a renewal."
  const proposal = { task, willHappen, drugName, patient }
  const reply = await talk.propose("renewals.request", { rxNumber }, proposal)
  if (reply.kind === "asked" || reply.kind === "done")
    return talk.say("refill.renewal_asked", { drug })
  if (reply.kind === "fault") return sayRefused(talk, reply)
  await sayTrouble(talk, reply, "refill")
}

async function sayDone(talk: Talk, prescription: Prescription, value: unknown): Promise<void> {
  const { duplicate, readyAtMs } = Value.Parse(refills.commands.request.output, value)
  const drug = await nameOf(talk, prescription)
  if (duplicate) return talk.say("refill.already", { drug })
  if (readyAtMs === undefined) return talk.say("refill.submitted", { drug })
  talk.say("refill.submitted_ready", { drug, ...talk.world.localTime(readyAtMs) })
}

/** The pharmacy system would not take it: somebody looks why. */
async function sayRefused(talk: Talk, { code }: Fault): Promise<void> {
  await talk.world.promiseCallback(talk.state, "refill", undefined)
  talk.say(code === "not_refillable" ? "refill.not_accepted" : "asked.technician")
}

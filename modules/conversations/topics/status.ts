/** How prescriptions stand, in the words of the pharmacy system and with nothing promised beyond. */
import type { Prescription } from "#core/pms.ts"
import type { Task } from "../state.ts"
import { sayTrouble, type Talk } from "../talk.ts"
import { findTargets, type Words } from "../targets.ts"
import type { Topic } from "../topic.ts"

const which = { askWhich: "status.ask_which" }
const SPOKEN_MAX = 4

/** Fills that somebody waits for: what a caller who names nothing wants to hear of. */
const underWay = [
  "queued",
  "in_process",
  "waiting_payer",
  "waiting_prescriber",
  "verified",
  "ready",
]

export const status: Topic = {
  needsIdentity: true,

  async begin(talk, task) {
    const { slots, words: text } = task
    const isNamed = slots.rxNumbers !== undefined || (await namesDrug(talk, text))
    if (isNamed || slots.forSomeoneElse) return tellNamed(talk, task, { text, slots })
    const { patient } = talk.state.caller
    const profile = patient === undefined ? [] : await talk.world.profile(patient)
    const waiting = profile.filter(({ fill }) => underWay.includes(fill))
    if (waiting.length === 0) return talk.say("status.none")
    await tellAll(talk, task, waiting)
  },

  async answer(talk, task, heard) {
    delete task.step
    await tellNamed(talk, task, heard)
    return true
  },
}

async function namesDrug(talk: Talk, text: string): Promise<boolean> {
  const { patient, caresFor = [] } = talk.state.caller
  const people = patient === undefined ? caresFor : [patient, ...caresFor]
  const profiles = await Promise.all(people.map((one) => talk.world.profile(one)))
  const { meant, unclear } = await talk.world.matchDrugs(text, undefined, profiles.flat())
  return meant.length > 0 || unclear.length > 0
}

async function tellNamed(talk: Talk, task: Task, words: Words): Promise<void> {
  const found = await findTargets(talk, task, words, which)
  if (found !== "asked") await tellAll(talk, task, found)
}

async function tellAll(talk: Talk, task: Task, found: readonly Prescription[]): Promise<void> {
  if (found.length > 1) talk.say("status.several", { count: found.length })
  for (const prescription of found.slice(0, SPOKEN_MAX)) await tell(talk, task, prescription)
}

async function tell(talk: Talk, task: Task, { rxNumber, drugName }: Prescription): Promise<void> {
  const willHappen = "The status may be told to the patient. Call them back."
  const proposal = { task, confidence: 1, willHappen, drugName }
  const reply = await talk.propose("prescriptions.status", { rxNumber }, proposal)
  if (reply.kind !== "done") return sayTrouble(talk, reply, "status")
  const now = reply.value as Prescription
  const { isSensitive, plainName } = await talk.world.describe(drugName)
  const drug = isSensitive ? `prescription ending in ${rxNumber.slice(-4)}` : plainName
  sayFill(talk, now, drug)
  if (now.fill === "unknown") await talk.world.promiseCallback(talk.state, "status", undefined)
}

function sayFill(
  talk: Talk,
  { fill, copayCents, readyAtMs, lastFilledOn }: Prescription,
  drug: string,
) {
  switch (fill) {
    case "ready":
      return copayCents === undefined
        ? talk.say("status.ready_no_price", { drug })
        : talk.say("status.ready", { drug, money: copayCents })
    case "queued":
    case "in_process":
    case "verified":
      return readyAtMs === undefined
        ? talk.say("status.in_process", { drug })
        : talk.say("status.promised", { drug, ...talk.world.localTime(readyAtMs) })
    case "waiting_prescriber":
      return talk.say("status.waiting_prescriber")
    case "waiting_payer":
      return talk.say("status.waiting_payer")
    case "picked_up":
      return lastFilledOn === undefined
        ? talk.say("status.none")
        : talk.say("status.picked_up", { drug, day: lastFilledOn })
    case "shipped":
      return talk.say("status.shipped", { drug })
    case "delivered":
      return talk.say("status.delivered", { drug })
    case "returned_to_stock":
      return talk.say("status.returned", { drug })
    case "cancelled":
      return talk.say("status.cancelled", { drug })
    case "unknown":
      return talk.say("status.unknown")
  }
}

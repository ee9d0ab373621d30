/** Moving a prescription from or to another pharmacy: taken in, carried out by the team. */

import type { Ruling } from "../../controlled-substances/contract.ts"
import type { Task } from "../state.ts"
import { sayTrouble, type Talk } from "../talk.ts"
import type { Topic } from "../topic.ts"

const PHARMACY_CHARACTERS_MAX = 120

export const transfer: Topic = {
  needsIdentity: true,
  isAside: false,

  async begin(talk, task) {
    task.step = "pharmacy"
    talk.ask("message", "transfer.ask_pharmacy")
  },

  async answer(talk, task, { text }) {
    delete task.step
    const { patient } = talk.state.caller
    const rxNumber = await rxNumberOf(talk, task)
    const direction = task.intent === "transfer_in" ? "in" : "out"
    const isTheirs = direction === "out" && rxNumber !== undefined
    const law = isTheirs ? await talk.world.lawOn("transfer", rxNumber) : undefined
    const input = {
      direction,
      patient,
      otherPharmacy: text.slice(0, PHARMACY_CHARACTERS_MAX),
      ...(rxNumber && { rxNumber }),
    }
    const willHappen = willHappenBy(law)
    const reply = await talk.propose("transfers.request", input, { task, willHappen })
    if (reply.kind === "asked" && law?.says) talk.say(`transfer.law_${law.says}`)
    if (reply.kind === "asked" || reply.kind === "done") talk.say("transfer.asked")
    else await sayTrouble(talk, reply, "transfer")
    return true
  },
}

/** What whoever decides reads first: the rule, where one stands in the way. */
function willHappenBy(law: Ruling | undefined): string {
  if (law === undefined || law.isAllowed)
    return "The transfer is entered, and a pharmacist speaks with the other pharmacy."
  const why = law.broken ? `${law.broken.is} (${law.broken.source})` : "No rule lets it move."
  return `Nothing is moved: ${why} Ask the prescriber for a new prescription there.`
}

/** The one of theirs that was named; which of several is for the team to ask. */
async function rxNumberOf({ state, world }: Talk, task: Task): Promise<string | undefined> {
  const { patient } = state.caller
  const own = patient === undefined ? [] : await world.profile(patient)
  const numbers = task.slots.rxNumbers ?? (await world.matchDrugs(task.words, undefined, own)).meant
  const named = own.filter(({ rxNumber }) => numbers.includes(rxNumber))
  return named.length === 1 ? named[0]?.rxNumber : undefined
}

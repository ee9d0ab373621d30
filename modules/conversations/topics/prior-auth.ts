/** Prior authorisations: what is on file is told; for what is not, one is asked for (T1). */
import { Value } from "typebox/value"
import { priorAuth as contract } from "../../prior-auth/contract.ts"
import type { Task } from "../state.ts"
import { sayTrouble, type Talk } from "../talk.ts"
import { nameOf } from "../tell.ts"
import { asksNothing, type Topic } from "../topic.ts"
import { askVerified } from "./ask.ts"

const TOLD_MAX = 3

export const priorAuth: Topic = {
  needsIdentity: true,
  isAside: false,
  answer: asksNothing,

  async begin(talk, task) {
    const { patient, caresFor = [] } = talk.state.caller
    const [whose] = task.slots.forSomeoneElse ? caresFor : [patient]
    if (whose === undefined) return askVerified.begin(talk, task)
    const willHappen = "How it stands may be told to the patient. Call them back."
    const proposal = { task, willHappen, patient: whose }
    const reply = await talk.propose("prior-auth.status", { patient: whose }, proposal)
    if (reply.kind !== "done") return sayTrouble(talk, reply, "prior_auth")
    const { found } = Value.Parse(contract.commands.status.output, reply.value)
    const named = await namedOf(talk, task, whose)
    const meant = named ? found.filter(({ rxNumber }) => rxNumber === named.rxNumber) : found
    for (const one of meant.slice(0, TOLD_MAX)) {
      const drug = await nameOf(talk, one)
      const isDated = one.state === "submitted" || one.state === "approved"
      talk.say(`prior_auth.${one.state}`, isDated ? { drug, day: one.on } : { drug })
    }
    if (meant.length > 0) return
    if (named) await ask(talk, task, named)
    else await askVerified.begin(talk, task)
  },
}

interface Named {
  readonly patient: string
  readonly rxNumber: string
  readonly drugName: string
}

/** The one prescription that was named; which of several is for the team to ask. */
async function namedOf({ world }: Talk, task: Task, patient: string): Promise<Named | undefined> {
  const own = await world.profile(patient)
  const { otherWords, slots, words } = task
  const numbers = slots.rxNumbers ?? (await world.matchDrugs(words, otherWords, own)).meant
  const [one, ...more] = own.filter(({ rxNumber }) => numbers.includes(rxNumber))
  return more.length === 0 ? one : undefined
}

async function ask(talk: Talk, task: Task, { patient, rxNumber, drugName }: Named): Promise<void> {
  const willHappen = "A prior authorisation is opened, and its letter is to be prepared."
  const proposal = { task, willHappen, drugName, patient }
  const reply = await talk.propose("prior-auth.request", { patient, rxNumber }, proposal)
  if (reply.kind === "asked" && reply.tier === 2) return talk.say("controlled.asked")
  if (reply.kind === "asked" || reply.kind === "done") return talk.say("prior_auth.asked")
  await sayTrouble(talk, reply, "prior_auth")
}

/** What Mortar never does alone and a person always decides: taken down and passed on. */
import type { IntentName } from "../../../intent/contract.ts"
import type { Task } from "../state.ts"
import { sayTrouble, type Talk } from "../talk.ts"
import { asksNothing, type Topic } from "../topic.ts"

interface Desk {
  readonly command: string
  readonly reply: string
}

const clinical = { command: "work-queue.askClinical", reply: "clinical.asked" }

const desks: Readonly<Partial<Record<IntentName, Desk>>> = {
  insurance: { command: "work-queue.askInsurance", reply: "insurance.asked" },
  prior_auth: { command: "work-queue.askPriorAuth", reply: "prior_auth.asked" },
  new_rx: { command: "work-queue.askNewRx", reply: "new_rx.asked" },
  clinical,
  interaction: { command: "work-queue.askInteraction", reply: "clinical.asked" },
  controlled: { command: "work-queue.askControlled", reply: "controlled.asked" },
  price: { command: "work-queue.askPrice", reply: "price.asked" },
  refund: { command: "work-queue.askRefund", reply: "refund.asked" },
}

/** For what touches nobody's record: whoever asks is called back. */
export const ask: Topic = {
  needsIdentity: false,
  isAside: true,
  answer: asksNothing,
  begin: passOn,
}

/** For what touches a record, so that whoever decides knows whose. */
export const askVerified: Topic = { ...ask, needsIdentity: true, isAside: false }

async function passOn(talk: Talk, task: Task): Promise<void> {
  const { caller } = talk.state
  const { command, reply: passedOn } = desks[task.intent] ?? clinical
  const [rxNumber] = task.slots.rxNumbers ?? []
  const input = {
    about: task.words,
    ...(caller.patient && { patient: caller.patient }),
    ...(rxNumber && { rxNumber }),
  }
  const willHappen = "The request is marked as dealt with. Call the patient back first."
  const reply = await talk.propose(command, input, { task, willHappen })
  if (reply.kind === "asked" || reply.kind === "done") talk.say(passedOn)
  else await sayTrouble(talk, reply, task.intent)
}

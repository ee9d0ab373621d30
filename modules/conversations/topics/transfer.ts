/** Moving a prescription from or to another pharmacy: taken in, carried out by the team. */
import { sayTrouble } from "../talk.ts"
import type { Topic } from "../topic.ts"

const PHARMACY_CHARACTERS_MAX = 120

export const transfer: Topic = {
  needsIdentity: true,

  async begin(talk, task) {
    task.step = "pharmacy"
    talk.ask("message", "transfer.ask_pharmacy")
  },

  async answer(talk, task, { text }) {
    delete task.step
    const { patient } = talk.state.caller
    const [rxNumber] = task.slots.rxNumbers ?? []
    const input = {
      direction: task.intent === "transfer_in" ? "in" : "out",
      patient,
      otherPharmacy: text.slice(0, PHARMACY_CHARACTERS_MAX),
      ...(rxNumber && { rxNumber }),
    }
    const willHappen = "The transfer is entered in the pharmacy system."
    const reply = await talk.propose("transfers.request", input, { task, willHappen })
    if (reply.kind === "asked" || reply.kind === "done") talk.say("transfer.asked")
    else await sayTrouble(talk, reply, "transfer")
    return true
  },
}

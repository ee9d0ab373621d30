/** Complaints: heard out once, in the caller's own words, and put before the manager. */

import { plain } from "../plain.ts"
import type { Task } from "../state.ts"
import { handOver, sayTrouble, type Talk } from "../talk.ts"
import type { Topic } from "../topic.ts"

/** Fewer words than this only announce a complaint. */
const WORDS_THAT_TELL = 9

/** A wrong drug, dose or label: the pharmacist hears of it as well. */
const safety = new RegExp(
  "\\b(wrong|mix(ed)? up|mistake|some(one|body) elses?|not my|expired|allergic|got sick|" +
    "equivocad[oa]s?|equivocaron|confundieron|error|otra persona|no (es|son) (mi|mia|mias)|" +
    "vencid[oa]s?|caducad[oa]s?|alergic[oa]|(me|se) enferm[eo])\\b",
)

export const complaint: Topic = {
  needsIdentity: false,
  isAside: false,

  async begin(talk, task) {
    if (task.words.split(/\s+/).length >= WORDS_THAT_TELL) return file(talk, task, task.words)
    task.step = "words"
    talk.ask("message", "complaint.sorry")
  },

  async answer(talk, task, { text }) {
    delete task.step
    await file(talk, task, `${task.words}. ${text}`)
    return true
  },
}

async function file(talk: Talk, task: Task, words: string): Promise<void> {
  const { conversation, caller } = talk.state
  const concernsSafety = safety.test(plain(words))
  const input = {
    conversation,
    words,
    concernsSafety,
    ...(caller.patient && { patient: caller.patient }),
  }
  const willHappen = "The complaint is filed as handled."
  const reply = await talk.propose("complaints.file", input, { task, willHappen })
  if (reply.kind !== "asked" && reply.kind !== "done") return sayTrouble(talk, reply, "complaint")
  talk.say("complaint.asked")
  await alsoControlled(talk, task, words)
  if (!concernsSafety) return
  // What may harm somebody today does not wait for the manager.
  await talk.world.warnPharmacist(talk.state, words)
  talk.say("complaint.safety")
  await handOver(talk, "pharmacist")
}

/**
 * What is said of a controlled drug in anger is the pharmacist's as well as the manager's: it goes
 * before them now, whether or not the caller stays to prove who they are.
 */
async function alsoControlled(talk: Talk, task: Task, words: string): Promise<void> {
  const { state, world } = talk
  if (!(await world.namesControlled(words))) return
  const { patient } = state.caller
  const input = { about: words, ...(patient && { patient }) }
  const willHappen = "The request is marked as dealt with. Call the patient back first."
  const reply = await talk.propose("work-queue.askControlled", input, { task, willHappen })
  if (reply.kind !== "asked" && reply.kind !== "done") return sayTrouble(talk, reply, "controlled")
  talk.say("controlled.asked")
  state.agenda = state.agenda.filter(
    (one) => one.intent !== "controlled" || one.words !== task.words,
  )
}

/** Whatever is controlled: the caller's own prescription when one is named, else the question. */
import { findTargets } from "../targets.ts"
import { asksNothing, type Topic } from "../topic.ts"
import { askVerified } from "./ask.ts"
import { request } from "./refill-request.ts"
import { status } from "./status.ts"

const refillWords =
  /\b(refill(ed|s)?|renew(ed|al)?|more|another|out of|ran out|running (out|low)|fill)\b/i
const statusWords = /\b(ready|status|pick(ed)? ?up|filled yet|check on)\b/i

export const controlled: Topic = {
  needsIdentity: true,
  isAside: false,
  answer: asksNothing,

  async begin(talk, task) {
    const { words: text, slots } = task
    const saidBefore = talk.lines.length
    if (statusWords.test(text)) return status.begin(talk, task)
    const named = await findTargets(talk, task, { text, slots })
    const [one, ...others] = named.kind === "found" ? named.found : []
    const isOne = one !== undefined && others.length === 0 && one.schedule !== "none"
    if (isOne && refillWords.test(text)) return request(talk, task, one)
    delete task.step
    if (talk.next !== "listen") return
    // Which one it is, is for the pharmacist to ask.
    talk.lines.length = saidBefore
    const numbered = isOne ? { ...slots, rxNumbers: [one.rxNumber] } : slots
    await askVerified.begin(talk, { ...task, slots: numbered })
  },
}

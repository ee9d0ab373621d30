/** Whatever is controlled: the caller's own prescription when one is named, else the question. */
import { findTargets } from "../targets.ts"
import { asksNothing, type Topic } from "../topic.ts"
import { askVerified } from "./ask.ts"
import { request } from "./refill-request.ts"

export const controlled: Topic = {
  needsIdentity: true,
  isAside: false,
  answer: asksNothing,

  async begin(talk, task) {
    const { words: text, slots } = task
    const named = await findTargets(talk, task, { text, slots })
    const [one, ...others] = named.kind === "found" ? named.found : []
    if (one && others.length === 0 && one.schedule !== "none") return request(talk, task, one)
    delete task.step
    if (talk.next === "listen") await askVerified.begin(talk, task)
  },
}

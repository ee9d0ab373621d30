/** Whatever is controlled: the caller's own prescription when one is named, else the question. */
import { plain } from "../plain.ts"
import { findTargets } from "../targets.ts"
import { asksNothing, type Topic } from "../topic.ts"
import { askVerified } from "./ask.ts"
import { refill } from "./refill.ts"
import { request } from "./refill-request.ts"
import { status } from "./status.ts"

const refillWords = new RegExp(
  "\\b(refill(ed|s)?|renew(ed|al)?|more|another|out of|ran out|running (out|low)|fill|" +
    "re?surt\\w+|surt\\w+|re?llen\\w+|renov\\w+|necesito|quiero|ocupo|toca|otra vez|acab\\w+|" +
    "termin\\w+|mas)\\b",
)
const statusWords = new RegExp(
  "\\b(ready|status|pick(ed)? ?up|filled yet|check on|list[oa]s?|estatus|recoger\\w*|" +
    "ya (esta|estan|llego))\\b",
)

export const controlled: Topic = {
  needsIdentity: true,
  isAside: false,
  answer: asksNothing,

  async begin(talk, task) {
    const { words: text, slots } = task
    const saidBefore = talk.lines.length
    if (statusWords.test(plain(text))) return status.begin(talk, task)
    const named = await findTargets(talk, task, { text, slots })
    const [one, ...others] = named.kind === "found" ? named.found : []
    const isPlain = one?.schedule === "none" && !(await talk.world.namesControlled(text))
    // It was heard as something controlled, and is not: what it is called says more.
    if (isPlain && refillWords.test(plain(text))) {
      task.intent = "refill"
      return refill.begin(talk, task)
    }
    const isOne = one !== undefined && others.length === 0 && one.schedule !== "none"
    if (isOne && refillWords.test(plain(text))) return request(talk, task, one)
    delete task.step
    if (talk.next !== "listen") return
    // Which one it is, is for the pharmacist to ask.
    talk.lines.length = saidBefore
    const numbered = isOne ? { ...slots, rxNumbers: [one.rxNumber] } : slots
    await askVerified.begin(talk, { ...task, slots: numbered })
  },
}

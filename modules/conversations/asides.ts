/** What people say beside an answer: wait, why, are you there. None of it is a failed answer. */
import type { Slots } from "../../intent/contract.ts"
import { CLEAR, type Heard, handOver, type Talk } from "./talk.ts"

/** True when the words were no answer and no wish, and have been answered themselves. */
export async function heardAside(talk: Talk, heard: Heard): Promise<boolean> {
  const { slots } = heard
  const { current, mode } = talk.state
  const isProving = mode === "identity"
  switch (slots.aside) {
    case "waits":
      return giveTime(talk)
    case "looks_for_us":
      // "Bueno" is how Mexico answers the telephone, and a yes.
      return slots.yesNo === undefined && answeredWith(talk, "presence.here")
    case "asks_what_we_do":
      if (isProving || current?.step !== undefined) return false
      talk.ask("request", "menu.keys")
      return true
    case "has_question":
      if (isProving || current?.step !== undefined) return false
      talk.ask("request", "ask.question")
      return true
    case "asks_why":
      return isProving && !isTold(slots) && answeredWith(talk, "verify.why")
    case "refuses":
      if (!isProving) return false
      talk.say("asked.refused")
      await handOver(talk, "technician")
      return true
    case "may_wait":
      if (isProving && isNothingElse(heard)) return giveTime(talk)
      return isProving && toldForWhom(talk, slots)
    default:
      return isProving && toldForWhom(talk, slots)
  }
}

/** "It's for my son" names nobody; the record that may be opened depends on who calls. */
function toldForWhom(talk: Talk, { datesOfBirth, forSomeoneElse, name }: Slots): boolean {
  const { current } = talk.state
  if (!forSomeoneElse || datesOfBirth || name?.spelled) return false
  if (current) current.slots = { ...current.slots, forSomeoneElse: true }
  return answeredWith(talk, "verify.yourself")
}

function giveTime(talk: Talk): true {
  talk.say("wait.take_time")
  talk.wait()
  return true
}

/** "Let me get my dottle" is no name, as long as nothing else was told or wished for. */
function isNothingElse({ slots, wishes: [first] }: Heard): boolean {
  const isWish = first !== undefined && first.confidence >= CLEAR
  return !isTold(slots) && !isWish
}

/** Something that proves who one is stands in the words, whatever else does. */
function isTold({ datesOfBirth, digits, name, rxNumbers, zip }: Slots): boolean {
  return Boolean(datesOfBirth || digits || rxNumbers || zip || name?.spelled)
}

function answeredWith(talk: Talk, reply: string): true {
  talk.say(reply)
  talk.askAgain()
  return true
}

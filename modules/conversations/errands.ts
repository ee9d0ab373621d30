/**
 * What callers want and no command carries out: a technician does it, and is told in the caller's
 * own words. That texts stop is done at once; that they come is so, unless somebody stopped them.
 */
import type { Slots } from "../../intent/contract.ts"
import { type Heard, handOver, type Talk } from "./talk.ts"

type Errand = NonNullable<Slots["errand"]>["kind"]

const errands: Readonly<Record<Errand, (talk: Talk, words: string) => Promise<void>>> = {
  new_contact: leave("Their record is changed, once it is sure who they are. Call them back."),
  cancel: leave(
    "What they asked for is called off, if it is not too late. Call them back.",
    "refill.cancel_asked",
  ),
  // 45 CFR 164.524: a patient has a right to it, within 30 days.
  own_record: leave("They are given what their record says, once it is sure who they are."),
  auto_refill: leave("What they take is refilled by itself, or all on one day. Call them back."),
  not_arrived: leave("Where the delivery is, is found out. Call them back."),
  off_record: leave("What they no longer take is taken off, once it is sure who they are."),

  /** A few tablets without a refill are the pharmacist's to give, or not. */
  async few_meanwhile(talk, words) {
    talk.state.agenda.unshift({ intent: "clinical", words, confidence: 1, slots: {} })
  },

  async no_texts(talk) {
    const { from } = talk.state
    if (from === undefined) return handOver(talk, "technician")
    await talk.world.stopTexts(from)
    talk.say("texts.stopped")
  },

  async text_when_ready(talk) {
    talk.say("texts.when_ready")
  },
}

/** A task for a technician, who reads what was said. */
function leave(willHappen: string, reply = "asked.technician") {
  return async (talk: Talk, words: string) => {
    await talk.world.leaveTask(talk.state, { willHappen, words })
    talk.say(reply)
  }
}

/** "Actually, cancel that": said to a request that was just read back, a no. */
export function asksToCancel({ aside, errand }: Slots): boolean {
  return aside === "calls_off" || errand?.kind === "cancel"
}

/** The words beside the errand, when one was carried out; undefined when there was none. */
export async function heardErrand(talk: Talk, { slots, text }: Heard): Promise<string | undefined> {
  const { errand } = slots
  if (!errand) return undefined
  await errands[errand.kind](talk, text)
  return errand.beside
}

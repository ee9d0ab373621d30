/**
 * What callers want and no command carries out: a technician does it, and is told in the caller's
 * own words. That texts stop is done at once; that they come is so, unless somebody stopped them.
 */
import type { Slots } from "../../intent/contract.ts"
import { type Heard, handOver, type Talk } from "./talk.ts"

type Errand = NonNullable<Slots["errand"]>["kind"]

const errands: Readonly<Record<Errand, (talk: Talk, words: string) => Promise<void>>> = {
  async new_contact(talk, words) {
    const willHappen = "Their record is changed, once it is sure who they are. Call them back."
    await talk.world.leaveTask(talk.state, { willHappen, words })
    talk.say("asked.technician")
  },

  async cancel(talk, words) {
    const willHappen = "What they asked for is called off, if it is not too late. Call them back."
    await talk.world.leaveTask(talk.state, { willHappen, words })
    talk.say("refill.cancel_asked")
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

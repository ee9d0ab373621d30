/**
 * "Can I pick it up today?" about a fill that nobody promised: what the shelf supports is said, and
 * whatever it does not is a technician's. No sentence names what is on a shelf.
 */
import { Value } from "typebox/value"
import type { Prescription } from "#core/pms.ts"
import { inventory } from "../inventory/contract.ts"
import { plain } from "./plain.ts"
import type { Task } from "./state.ts"
import { sayTrouble, type Talk } from "./talk.ts"
import { nameOf } from "./tell.ts"

/** Being filled, with no hour that the pharmacy system told. */
const underWay: readonly Prescription["fill"][] = ["queued", "in_process", "verified"]

/** Words that ask for a time, beside those that ask how far it is. */
const english =
  /\b(pick\w* (it |that |this |them |up|my )|grab|today|tonight|this (morning|afternoon|evening))/
const englishTime = /\b(how soon|what time|when (can|could|should|will)|come (by|get|in))\b/
const spanish = /\b(recog\w+|buscar|pasar por|ir por|hoy|esta (tarde|noche)|a que hora|cuando)\b/
const asking = [english, englishTime, spanish]

/** Whether it is asked when something can be fetched, and nobody but the shelf knows. */
export function asksPickUp({ words }: Task, { fill, readyAtMs }: Prescription): boolean {
  return (
    underWay.includes(fill) &&
    readyAtMs === undefined &&
    asking.some((one) => one.test(plain(words)))
  )
}

export async function tellPickUp(talk: Talk, task: Task, named: Prescription): Promise<void> {
  const { rxNumber, drugName } = named
  const willHappen = "They are told whether it can be picked up today. Call them back."
  const proposal = { task, confidence: 1, willHappen, drugName }
  const reply = await talk.propose("inventory.pickUp", { rxNumber }, proposal)
  if (reply.kind === "asked" || reply.kind === "refused") return sayTrouble(talk, reply, "status")
  const told =
    reply.kind === "done"
      ? Value.Parse(inventory.commands.pickUp.output, reply.value)
      : { stock: "unknown" as const, isUsuallyNextDay: false }
  if (told.stock === "unknown") {
    talk.say("pick_up.unknown")
    return talk.world.promiseCallback(talk.state, "status", undefined)
  }
  talk.say(`pick_up.${told.stock}`, { drug: await nameOf(talk, named) })
  if (told.stock === "to_be_ordered" && told.isUsuallyNextDay) talk.say("pick_up.next_day")
}

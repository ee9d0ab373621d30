/** How prescriptions stand, in the words of the pharmacy system and nothing promised beyond. */
import { Value } from "typebox/value"
import { Prescription } from "#core/pms.ts"
import type { Line } from "../../../intent/contract.ts"
import { asksPickUp, tellPickUp } from "../pick-up.ts"
import { plain } from "../plain.ts"
import type { Task } from "../state.ts"
import { sayTrouble, type Talk } from "../talk.ts"
import { askWhich, findTargets, isNotTheirs, type Words, wordsOf } from "../targets.ts"
import { nameOf } from "../tell.ts"
import type { Topic } from "../topic.ts"

const SPOKEN_MAX = 4

/**
 * Fills that somebody waits for: what a caller who names nothing wants to hear of, what can be
 * fetched before what is worked on, and that before what waits for others.
 */
const underWay = [
  "ready",
  "verified",
  "in_process",
  "queued",
  "waiting_payer",
  "waiting_prescriber",
]

export const status: Topic = {
  needsIdentity: true,
  isAside: false,

  async begin(talk, task) {
    const { slots } = task
    if (await tellNamed(talk, task, wordsOf(task))) return
    // A number or a drug that is not theirs was named: which one, then?
    if (talk.lines.some(isNotTheirs) || asksRefills.test(plain(task.words)))
      return askWhich(talk, task, "status.ask_which")
    const { patient, caresFor = [] } = talk.state.caller
    const own = patient === undefined ? [] : [patient]
    const people = slots.forSomeoneElse ? caresFor : own
    const profiles = await Promise.all(people.map((one) => talk.world.profile(one)))
    const waiting = profiles
      .flat()
      .filter(({ fill }) => underWay.includes(fill))
      .toSorted(inOrder)
    if (waiting.length === 0) return talk.say("status.none")
    await tellAll(talk, task, waiting)
  },

  answer: (talk, task, heard) => tellNamed(talk, task, heard),
}

/** The same order at every call, whatever order the pharmacy system has. */
function inOrder(one: Prescription, other: Prescription): number {
  const nearer = underWay.indexOf(one.fill) - underWay.indexOf(other.fill)
  return nearer === 0 ? Number(one.rxNumber) - Number(other.rxNumber) : nearer
}

/** False when nothing in the words names any. */
async function tellNamed(talk: Talk, task: Task, words: Words): Promise<boolean> {
  const found = await findTargets(talk, task, words)
  if (found.kind !== "found") return found.kind === "asked"
  delete task.step
  await tellAll(talk, task, found.found)
  return true
}

async function tellAll(talk: Talk, task: Task, found: readonly Prescription[]): Promise<void> {
  if (found.length > 1) talk.say("status.several", { count: found.length })
  for (const prescription of found.slice(0, SPOKEN_MAX))
    if (talk.next === "listen") await tell(talk, task, prescription)
}

async function tell(talk: Talk, task: Task, { rxNumber, drugName }: Prescription): Promise<void> {
  const willHappen = "The status may be told to the patient. Call them back."
  const proposal = { task, confidence: 1, willHappen, drugName }
  const reply = await talk.propose("prescriptions.status", { rxNumber }, proposal)
  if (reply.kind !== "done") return sayTrouble(talk, reply, "status")
  const now = Value.Parse(Prescription, reply.value)
  const { refillsLeft: refills } = now
  if (refills !== undefined && asksRefills.test(plain(task.words)))
    return talk.say("status.refills_left", { drug: await nameOf(talk, now), refills })
  if (asksPickUp(task, now)) return tellPickUp(talk, task, now)
  const { reply: said, values } = lineOf(now, await nameOf(talk, now), talk.world.localTime)
  talk.say(said, values)
  if (now.fill === "unknown") await talk.world.promiseCallback(talk.state, "status", undefined)
}

const asksRefills = new RegExp(
  "\\b(how many (more )?(refills?|times)|refills? (are |is |do i have |i have )*(left|remaining)|" +
    "any (more )?refills?|cuant[oa]s (resurtidos?|refills?|recargas?|veces)|" +
    "(resurtidos?|refills?) (me )?(quedan?|tengo))\\b",
)

/** What only needs the drug's name. */
const plainly: Readonly<Partial<Record<Prescription["fill"], string>>> = {
  shipped: "status.shipped",
  delivered: "status.delivered",
  returned_to_stock: "status.returned",
  cancelled: "status.cancelled",
  waiting_prescriber: "status.waiting_prescriber",
  waiting_payer: "status.waiting_payer",
}

type Promised = Talk["world"]["localTime"]

/** One fill as a sentence of the catalogue and the facts to fill it with. */
function lineOf({ fill, ...known }: Prescription, drug: string, promised: Promised): Line {
  const { copayCents: money, readyAtMs, lastFilledOn: day } = known
  const plain = plainly[fill]
  if (plain) return { reply: plain, values: { drug } }
  switch (fill) {
    case "ready":
      return money === undefined
        ? { reply: "status.ready_no_price", values: { drug } }
        : { reply: "status.ready", values: { drug, money } }
    case "picked_up":
      return day === undefined
        ? { reply: "status.none" }
        : { reply: "status.picked_up", values: { drug, day } }
    case "unknown":
      return { reply: "status.unknown" }
    default:
      return readyAtMs === undefined
        ? { reply: "status.in_process", values: { drug } }
        : { reply: "status.promised", values: { drug, ...promised(readyAtMs) } }
  }
}

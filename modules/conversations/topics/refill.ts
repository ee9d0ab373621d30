/** Refills: find which, read back, ask the gate, and say what the pharmacy system said. */
import type { Static } from "typebox"
import { Value } from "typebox/value"
import type { Prescription } from "#core/pms.ts"
import { refills } from "../../refills/contract.ts"
import { asksToCancel } from "../errands.ts"
import type { Task } from "../state.ts"
import { CLEAR, type Heard, sayTrouble, type Talk } from "../talk.ts"
import { askWhich, findTargets, isNotTheirs, isOnlyOne, type Words, wordsOf } from "../targets.ts"
import { nameOf } from "../tell.ts"
import type { Topic } from "../topic.ts"
import { renew, request } from "./refill-request.ts"
import { changesTerms } from "./refill-terms.ts"

const checkedSchema = refills.commands.check.output
type Checked = Static<typeof checkedSchema>

export const refill: Topic = {
  needsIdentity: true,
  isAside: false,

  async begin(talk, task) {
    if (task.targets) return readBack(talk, task, await prescriptionsOf(talk, task.targets))
    if (await choose(talk, task, wordsOf(task))) return
    const { offered } = task
    const isOffered = offered !== undefined && !talk.lines.some(isNotTheirs)
    const number = { text: "", slots: { rxNumbers: [offered ?? ""] } }
    if (isOffered && (await choose(talk, task, number))) return
    await askWhich(talk, task, "refill.ask_which")
  },

  async answer(talk, task, heard) {
    if (task.step === "which") {
      // "Do you mean amlodipine?" named it: a yes to that is a yes to the refill.
      const isConfirmed = isOnlyOne(task) && heard.slots.yesNo === "yes"
      return choose(talk, task, heard, isConfirmed ? heard : undefined)
    }
    const { yesNo, corrects, choice, rxNumbers } = heard.slots
    if (asksToCancel(heard.slots)) return callOff(talk, task)
    const isOther = corrects || choice || rxNumbers || (yesNo === "no" && saysMore(heard))
    // "No. Metformin." is short, and names another one.
    if (isOther || yesNo === "no") {
      if (await choose(talk, task, heard)) return true
      if (!isOther) return callOff(talk, task)
      await askWhich(talk, task, "refill.ask_which")
      return true
    }
    if (yesNo === undefined) return !isOtherWish(heard) && choose(talk, task, heard)
    await confirmed(talk, task, heard)
    return true
  },
}

async function confirmed(talk: Talk, task: Task, heard: Heard): Promise<void> {
  delete task.step
  await requestAll(talk, task, changesTerms(task.words, heard.text) ? 0 : 1)
  await alsoWanted(talk, task, heard)
}

/** "How much is the metformin" chooses none. */
function isOtherWish({ wishes: [first] }: Heard): boolean {
  return first !== undefined && first.confidence >= CLEAR && first.intent !== "refill"
}

/** "Yes, and the lisinopril too": the other one is looked into next. */
async function alsoWanted(talk: Talk, task: Task, heard: Heard): Promise<void> {
  const { state, world } = talk
  const { text, otherText, slots, confidence } = heard
  const people = [state.caller.patient, ...(state.caller.caresFor ?? [])]
  const profiles = await Promise.all(
    people.map(async (one) => (one === undefined ? [] : world.profile(one))),
  )
  const { meant, unclear, namesOther } = await world.matchDrugs(text, otherText, profiles.flat())
  if (namesOther) talk.say("drug.not_found")
  const others = [...meant, ...unclear.flat()].filter((one) => !task.targets?.includes(one))
  if (others.length === 0) return
  state.agenda.unshift({ intent: "refill", words: text, confidence, slots })
}

function callOff(talk: Talk, task: Task): true {
  delete task.step
  talk.say("refill.cancelled")
  return true
}

const WORDS_OF_A_BARE_NO = 3

function saysMore({ text }: Heard): boolean {
  return text.split(/\s+/).length > WORDS_OF_A_BARE_NO
}

/** False when nothing in the words names any. A yes that was heard needs no second one. */
async function choose(talk: Talk, task: Task, words: Words, yes?: Heard): Promise<boolean> {
  const found = await findTargets(talk, task, words)
  if (found.kind !== "found") return found.kind === "asked"
  delete task.step
  const ready: Prescription[] = []
  for (const prescription of found.found) {
    const isRefillable = await lookInto(talk, task, prescription)
    if (isRefillable) ready.push(prescription)
    // A person has been called: nothing more is asked.
    if (talk.next !== "listen") return true
  }
  if (ready.length === 0) return true
  if (!yes) await readBack(talk, task, ready)
  else {
    task.targets = ready.map(({ rxNumber }) => rxNumber)
    await confirmed(talk, task, yes)
  }
  return true
}

/** True when it may be refilled now; else the caller was told why, or a person was asked. */
async function lookInto(talk: Talk, task: Task, prescription: Prescription): Promise<boolean> {
  // Whatever is controlled goes before the pharmacist as a request, without a word about it.
  if (prescription.schedule !== "none") {
    await request(talk, task, prescription)
    return false
  }
  const { rxNumber } = prescription
  const reply = await talk.propose("refills.check", { rxNumber }, { task, confidence: 1 })
  if (reply.kind !== "done") {
    await sayTrouble(talk, reply, "refill")
    return false
  }
  const checked = Value.Parse(checkedSchema, reply.value)
  if (checked.eligibility === "refillable") return true
  await sayWhyNot(talk, task, { prescription, checked })
  return false
}

interface Looked {
  readonly prescription: Prescription
  readonly checked: Checked
}

/** What the pharmacy system's answer means; what needs a person is put before one. */
async function sayWhyNot(talk: Talk, task: Task, looked: Looked): Promise<void> {
  const { prescription, checked } = looked
  const { eligibility, earliestOn } = checked
  const drug = await nameOf(talk, prescription)
  if (eligibility === "too_soon" && earliestOn)
    return talk.say("refill.too_soon", { drug, day: earliestOn })
  if (eligibility === "recently_picked_up" && prescription.lastFilledOn)
    return talk.say("status.picked_up", { drug, day: prescription.lastFilledOn })
  const final = finalReplies[eligibility]
  if (final) return talk.say(final, { drug })
  const reason = reasons[eligibility]
  if (reason) talk.say(reason, { drug })
  if (runOut.includes(eligibility)) await renew(talk, task, prescription)
  else await request(talk, task, prescription)
}

/** Nothing more can be done about these by anybody here. */
const finalReplies: Readonly<Partial<Record<Checked["eligibility"], string>>> = {
  already_in_process: "refill.already",
  ready_now: "refill.ready_now",
  transferred_out: "refill.transferred",
}

const reasons: Readonly<Partial<Record<Checked["eligibility"], string>>> = {
  no_refills: "refill.none_left",
  prescriber_auth_possible: "refill.none_left",
  expired: "refill.expired",
  on_hold: "refill.on_hold",
  discontinued: "refill.discontinued",
  too_soon: "refill.too_soon_unknown",
}

/** Only the prescriber can help. */
const runOut: readonly Checked["eligibility"][] = [
  "no_refills",
  "prescriber_auth_possible",
  "expired",
]

async function readBack(talk: Talk, task: Task, ready: readonly Prescription[]): Promise<void> {
  task.targets = ready.map(({ rxNumber }) => rxNumber)
  task.choices ??= task.targets
  task.step = "confirm"
  const [first] = ready
  if (ready.length > 1 || !first)
    return talk.ask("yes_no", "refill.confirm_all", { count: ready.length })
  const { isSensitive, plainName } = await talk.world.describe(first.drugName)
  if (isSensitive) return talk.ask("yes_no", "refill.confirm_rx", { digits: first.rxNumber })
  talk.ask("yes_no", "refill.confirm", { drug: plainName })
}

/** A plain yes is as sure as it gets. */
async function requestAll(talk: Talk, task: Task, confidence: 0 | 1): Promise<void> {
  for (const prescription of await prescriptionsOf(talk, task.targets ?? []))
    await request(talk, { ...task, confidence }, prescription)
}

async function prescriptionsOf({ state, world }: Talk, rxNumbers: readonly string[]) {
  const { patient, caresFor = [] } = state.caller
  const people = patient === undefined ? caresFor : [patient, ...caresFor]
  const profiles = await Promise.all(people.map((one) => world.profile(one)))
  return profiles.flat().filter(({ rxNumber }) => rxNumbers.includes(rxNumber))
}

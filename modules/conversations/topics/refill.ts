/** Refills: find which, read back, ask the gate, and say what the pharmacy system said. */
import type { Reply } from "#core/module.ts"
import type { Prescription } from "#core/pms.ts"
import type { Task } from "../state.ts"
import { type Heard, sayTrouble, type Talk } from "../talk.ts"
import { findTargets, type Words } from "../targets.ts"
import type { Topic } from "../topic.ts"

const which = { askWhich: "refill.ask_which" }

export const refill: Topic = {
  needsIdentity: true,

  async begin(talk, task) {
    const { words: text, slots } = task
    await choose(talk, task, { text, slots })
  },

  async answer(talk, task, heard) {
    if (task.step === "which") {
      await choose(talk, task, heard)
      return true
    }
    const { yesNo, corrects, choice, rxNumbers } = heard.slots
    if (corrects || choice || rxNumbers || (yesNo === "no" && saysMore(heard))) {
      await choose(talk, task, heard)
      return true
    }
    if (yesNo === undefined) return false
    delete task.step
    if (yesNo === "no") talk.say("refill.cancelled")
    else await requestAll(talk, task)
    return true
  },
}

const WORDS_OF_A_BARE_NO = 3

function saysMore({ text }: Heard): boolean {
  return text.split(/\s+/).length > WORDS_OF_A_BARE_NO
}

async function choose(talk: Talk, task: Task, words: Words): Promise<void> {
  const found = await findTargets(talk, task, words, which)
  if (found === "asked") return
  delete task.step
  const ready: Prescription[] = []
  for (const prescription of found) {
    const isRefillable = await lookInto(talk, task, prescription)
    if (isRefillable) ready.push(prescription)
  }
  if (ready.length > 0) await readBack(talk, task, ready)
}

/** True when it may be refilled now; otherwise the caller has been told why, or a person was asked. */
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
  const checked = reply.value as Checked
  if (checked.eligibility === "refillable") return true
  await sayWhyNot(talk, task, { prescription, checked })
  return false
}

interface Checked {
  readonly eligibility: string
  readonly earliestOn?: string
}

/** What the pharmacy system's answer means for the caller; what needs a person is put before one. */
async function sayWhyNot(
  talk: Talk,
  task: Task,
  { prescription, checked }: { prescription: Prescription; checked: Checked },
): Promise<void> {
  const drug = await nameOf(talk, prescription)
  const { eligibility, earliestOn } = checked
  if (eligibility === "too_soon" && earliestOn)
    return talk.say("refill.too_soon", { drug, day: earliestOn })
  const final = finalReplies[eligibility]
  if (final) return talk.say(final, { drug })
  const reason = reasons[eligibility]
  if (reason) talk.say(reason, { drug })
  await request(talk, task, prescription)
}

/** Nothing more can be done about these by anybody here. */
const finalReplies: Readonly<Record<string, string>> = {
  already_in_process: "refill.already",
  ready_now: "refill.ready_now",
  transferred_out: "refill.transferred",
}

const reasons: Readonly<Record<string, string>> = {
  no_refills: "refill.none_left",
  prescriber_auth_possible: "refill.none_left",
  expired: "refill.expired",
}

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

async function requestAll(talk: Talk, task: Task): Promise<void> {
  const { caller } = talk.state
  const people = [caller.patient, ...(caller.caresFor ?? [])].filter((one) => one !== undefined)
  const profiles = await Promise.all(people.map((patient) => talk.world.profile(patient)))
  const own = profiles.flat()
  for (const rxNumber of task.targets ?? []) {
    const prescription = own.find((one) => one.rxNumber === rxNumber)
    if (prescription) await request(talk, { ...task, confidence: 1 }, prescription)
  }
}

async function request(talk: Talk, task: Task, prescription: Prescription): Promise<void> {
  const { rxNumber, drugName, patient } = prescription
  const willHappen = "The refill is submitted to the pharmacy system."
  const reply = await talk.propose(
    "refills.request",
    { rxNumber },
    { task, confidence: task.confidence, willHappen, drugName, patient },
  )
  if (reply.kind === "asked") return sayAsked(talk, reply)
  if (reply.kind !== "done") return sayTrouble(talk, reply, "refill")
  const { duplicate, readyAtMs } = reply.value as { duplicate: boolean; readyAtMs?: number }
  const drug = await nameOf(talk, prescription)
  if (duplicate) return talk.say("refill.already", { drug })
  if (readyAtMs === undefined) return talk.say("refill.submitted", { drug })
  talk.say("refill.submitted_ready", { drug, ...talk.world.localTime(readyAtMs) })
}

function sayAsked(talk: Talk, { tier }: Extract<Reply, { kind: "asked" }>): void {
  talk.say(tier === 1 ? "refill.asked_technician" : "refill.asked_pharmacist")
}

/** How a drug is called aloud: never more than the caller's own label says. */
async function nameOf({ world }: Talk, { drugName, rxNumber }: Prescription): Promise<string> {
  const { isSensitive, plainName } = await world.describe(drugName)
  return isSensitive ? `prescription ending in ${rxNumber.slice(-4)}` : plainName
}

/** Which prescriptions a caller means: their own and those of people they care for, no others. */
import type { Prescription } from "#core/pms.ts"
import type { Slots } from "../../intent/contract.ts"
import { writtenBy } from "./prescriber.ts"
import type { Task } from "./state.ts"
import { handOver, type Talk } from "./talk.ts"

/** More names than this are not read out. */
const CHOICES_MAX = 4
const PRESCRIPTIONS_MAX = 500

export interface Words {
  readonly text: string
  readonly otherText?: string
  readonly slots: Slots
}

/** What was said when the task was wished for. */
export function wordsOf({ words: text, otherWords, slots }: Task): Words {
  return { text, ...(otherWords === undefined ? {} : { otherText: otherWords }), slots }
}

/**
 * Settled; or a question was asked or a person called; or nothing in the words names any, and it is
 * for the topic to say what then. `found` is then empty.
 */
export type Found =
  | { readonly kind: "found"; readonly found: readonly Prescription[] }
  | { readonly kind: "asked" | "none" }

export async function findTargets(talk: Talk, task: Task, words: Words): Promise<Found> {
  const { slots } = words
  const candidates = await candidatesFor(talk, task, slots)
  if (candidates === "no_consent") {
    talk.say("consent.none")
    delete task.step
    await handOver(talk, "technician")
    return { kind: "asked" }
  }
  if (slots.rxNumbers) return byNumber(talk, slots.rxNumbers, candidates)
  if (isOnlyOne(task) && slots.yesNo === "no") {
    talk.say("drug.not_found")
    delete task.step
    return { kind: "asked" }
  }
  const chosen = byChoice(task, slots)
  if (chosen !== undefined) return settled(candidates, [chosen])
  return byName(talk, task, { words, candidates })
}

/** The prescriptions the caller may speak about. */
async function candidatesFor(
  { state, world }: Talk,
  task: Task,
  slots: Slots,
): Promise<readonly Prescription[] | "no_consent"> {
  const { patient, caresFor = [] } = state.caller
  const isForOther = slots.forSomeoneElse === true || task.slots.forSomeoneElse === true
  if (isForOther && caresFor.length === 0) return "no_consent"
  const own = patient === undefined || isForOther ? [] : [patient]
  const people = [...own, ...caresFor]
  const profiles = await Promise.all(people.map((one) => world.profile(one, slots.rxNumbers)))
  return profiles.flat().slice(0, PRESCRIPTIONS_MAX)
}

function settled(candidates: readonly Prescription[], rxNumbers: readonly string[]): Found {
  return { kind: "found", found: candidatesAmong(candidates, rxNumbers) }
}

function byNumber(
  talk: Talk,
  numbers: readonly string[],
  candidates: readonly Prescription[],
): Found {
  const found = candidates.filter(({ rxNumber }) => numbers.includes(rxNumber))
  if (found.length === new Set(numbers).size) return { kind: "found", found }
  // The same words whether the number is nobody's or somebody else's.
  talk.say("refill.not_yours")
  return { kind: "none" }
}

/** Nothing else was read out, so that a yes is enough. */
export function isOnlyOne({ step, choices = [] }: Task): boolean {
  return step === "which" && choices.length === 1
}

/** Among what was read out: "the second one", or the last digits of its number. */
function byChoice(task: Task, slots: Slots): string | undefined {
  const { choices = [], targets = [] } = task
  const { choice, digits, yesNo } = slots
  if (yesNo === "yes" && isOnlyOne(task)) return choices[0]
  if (choice === "other") {
    const others = choices.filter((rxNumber) => !targets.includes(rxNumber))
    return targets.length > 0 && others.length === 1 ? others[0] : choices[1]
  }
  if (choice === "last") return choices.at(-1)
  if (choice) return choices[choice - 1]
  if (!digits) return undefined
  // "The one ending in 1322" may be heard with a digit too many in front.
  const ending = choices.filter((rxNumber) => isEnding(rxNumber, digits))
  return ending.length === 1 ? ending[0] : undefined
}

const DIGITS_READ_OUT = 4

function isEnding(rxNumber: string, digits: string): boolean {
  return rxNumber.endsWith(digits) || digits.endsWith(rxNumber.slice(-DIGITS_READ_OUT))
}

/** Whether this was said of a number or a drug that is not the caller's. */
export function isNotTheirs({ reply }: { readonly reply: string }): boolean {
  return reply === "refill.not_yours" || reply === "drug.not_found"
}

interface Named {
  readonly words: Words
  readonly candidates: readonly Prescription[]
}

async function byName(talk: Talk, task: Task, { words, candidates }: Named): Promise<Found> {
  const { text, otherText, slots } = words
  const { meant, unclear, leftOut, exact, namesOther } = await talk.world.matchDrugs(
    text,
    otherText,
    candidates,
  )
  // What one ear alone heard is read back before anything is done about it.
  const likely = [...meant, ...unclear.filter(({ length }) => length === 1).flat()]
  const doubtful = unclear.find(({ length }) => length > 1)
  // A drug that is not theirs is not taken for another one of the same doctor.
  const written = namesOther ? [] : byPrescriber(task, { words, candidates }, doubtful)
  if (written.length === 1 && likely.length === 0) return settled(candidates, written)
  if (written.length > 1 && likely.length === 0 && !doubtful && !isSameChoice(task, written)) {
    await askOf(talk, task, written, candidates)
    return { kind: "asked" }
  }
  if (doubtful) {
    if (isSameChoice(task, doubtful)) {
      const [only, ...more] = exact.filter((one) => doubtful.includes(one))
      const isNamed = only !== undefined && more.length === 0
      // Who has no label at hand can't tell the number: the names are read out beside each other.
      if (isNamed && !wereNamesOffered(talk)) {
        await askAmong(talk, task, candidatesAmong(candidates, doubtful), "drug.which_number")
        return { kind: "asked" }
      }
      // It is read back before anything is done.
      return isNamed ? settled(candidates, [only]) : { kind: "none" }
    }
    await askOf(talk, task, doubtful, candidates)
    return { kind: "asked" }
  }
  if (likely.length > 0) return settled(candidates, likely)
  if (slots.all) {
    const wanted = candidates.filter(({ rxNumber }) => !leftOut.includes(rxNumber))
    return { kind: "found", found: wanted }
  }
  if (namesOther) talk.say("drug.not_found")
  return { kind: "none" }
}

/** Those a named doctor wrote, among the doubtful or, when no drug was told, among all. */
function byPrescriber(
  task: Task,
  { words, candidates }: Named,
  doubtful: readonly string[] | undefined,
): readonly string[] {
  const prescriber = words.slots.prescriber ?? task.slots.prescriber
  if (prescriber === undefined) return []
  const among = doubtful
    ? candidates.filter(({ rxNumber }) => doubtful.includes(rxNumber))
    : candidates
  return writtenBy(prescriber, among).map(({ rxNumber }) => rxNumber)
}

/** These were read out already, and what was said still fits more than one. */
function isSameChoice({ step, choices = [] }: Task, rxNumbers: readonly string[]): boolean {
  return step === "which" && rxNumbers.every((rxNumber) => choices.includes(rxNumber))
}

function wereNamesOffered({ state }: Talk): boolean {
  return state.question.some(({ reply }) => reply === "drug.which_of")
}

/** Never picks between names that look or sound alike: two are told apart by their numbers. */
async function askOf(
  talk: Talk,
  task: Task,
  rxNumbers: readonly string[],
  candidates: readonly Prescription[],
): Promise<void> {
  task.step = "which"
  task.choices = [...rxNumbers]
  const [one = "", other = ""] = rxNumbers
  if (rxNumbers.length === 2) {
    const values = { digits1: one.slice(-4), digits2: other.slice(-4) }
    return talk.ask("which_drug", "drug.which_of_two", values)
  }
  await askAmong(talk, task, candidatesAmong(candidates, rxNumbers), "drug.which_number")
}

function candidatesAmong(
  candidates: readonly Prescription[],
  rxNumbers: readonly string[],
): readonly Prescription[] {
  return candidates.filter(({ rxNumber }) => rxNumbers.includes(rxNumber))
}

/** Asks which; by name when few enough and none is better left unsaid. */
export async function askWhich(talk: Talk, task: Task, otherwise: string): Promise<void> {
  const candidates = await candidatesFor(talk, task, task.slots)
  if (candidates === "no_consent" || candidates.length === 0) return talk.say("drug.none_on_file")
  await askAmong(talk, task, candidates, otherwise)
}

async function askAmong(
  talk: Talk,
  task: Task,
  group: readonly Prescription[],
  otherwise: string,
): Promise<void> {
  task.step = "which"
  const drugs = await Promise.all(group.map(({ drugName }) => talk.world.describe(drugName)))
  const names = [...new Set(drugs.map(({ plainName }) => plainName))]
  // Who stands beside the caller need not hear that there is an opioid in the house.
  const isControlled = group.some(({ schedule }) => schedule !== "none")
  const isFew = group.length <= CHOICES_MAX && names.length === group.length
  const isSpeakable = isFew && !isControlled
  if (!isSpeakable || drugs.some(({ isSensitive }) => isSensitive))
    return talk.ask("which_drug", otherwise)
  task.choices = group.map(({ rxNumber }) => rxNumber)
  const [only = "", ...more] = names
  if (more.length === 0) return talk.ask("yes_no", "drug.is_it", { drug: only })
  talk.ask("which_drug", "drug.which_of", {
    drugs: listed(names, talk.state.language),
  })
}

function listed(names: readonly string[], language: "en" | "es"): string {
  const last = names.at(-1) ?? ""
  const spanish = /^h?o/i.test(last) ? "u" : "o"
  const or = language === "es" ? spanish : "or"
  return `${names.slice(0, -1).join(", ")} ${or} ${last}`
}

/** Which prescriptions a caller means: among their own and those of people they care for, no others. */
import type { Prescription } from "#core/pms.ts"
import type { Slots } from "../../intent/contract.ts"
import type { Task } from "./state.ts"
import { handOver, type Talk } from "./talk.ts"

/** Prescriptions that are still of use to somebody; the others are only found by number or name. */
const CHOICES_MAX = 4

export interface Words {
  readonly text: string
  readonly otherText?: string
  readonly slots: Slots
}

/** Settled, or something was asked or said and the turn is over. */
export type Found = readonly Prescription[] | "asked"

export async function findTargets(
  talk: Talk,
  task: Task,
  words: Words,
  { askWhich }: { readonly askWhich: string },
): Promise<Found> {
  const candidates = await candidatesFor(talk, words.slots)
  if (candidates === "no_consent") {
    talk.say("consent.none")
    delete task.step
    await handOver(talk, "technician")
    return "asked"
  }
  const numbers = words.slots.rxNumbers
  if (numbers) return byNumber(talk, task, { numbers, candidates })
  if (task.choices && words.slots.choice) {
    const chosen = byChoice(task.choices, words.slots.choice, candidates)
    if (chosen) return [chosen]
  }
  if (task.choices && words.slots.digits) {
    const ending = words.slots.digits
    const chosen = task.choices.filter((rxNumber) => rxNumber.endsWith(ending))
    if (chosen.length === 1) return candidates.filter(({ rxNumber }) => rxNumber === chosen[0])
  }
  return byName(talk, task, { words, candidates, askWhich })
}

/** The prescriptions the caller may speak about. */
async function candidatesFor(
  { state, world }: Talk,
  { forSomeoneElse }: Slots,
): Promise<readonly Prescription[] | "no_consent"> {
  const { patient, caresFor = [] } = state.caller
  if (forSomeoneElse && caresFor.length === 0) return "no_consent"
  const own = patient === undefined || forSomeoneElse ? [] : [patient]
  const profiles = await Promise.all([...own, ...caresFor].map((one) => world.profile(one)))
  return profiles.flat()
}

interface Numbers {
  readonly numbers: readonly string[]
  readonly candidates: readonly Prescription[]
}

function byNumber(talk: Talk, task: Task, { numbers, candidates }: Numbers): Found {
  const found = candidates.filter(({ rxNumber }) => numbers.includes(rxNumber))
  if (found.length === numbers.length) return found
  // The same words whether the number is nobody's or somebody else's.
  task.step = "which"
  talk.say("refill.not_yours")
  talk.ask("rx_number", "verify.ask_rx_keys")
  return "asked"
}

function byChoice(
  choices: readonly string[],
  choice: NonNullable<Slots["choice"]>,
  candidates: readonly Prescription[],
): Prescription | undefined {
  const at = choice === "last" ? choices.length - 1 : choice === "other" ? 1 : choice - 1
  return candidates.find(({ rxNumber }) => rxNumber === choices[at])
}

interface Named {
  readonly words: Words
  readonly candidates: readonly Prescription[]
  readonly askWhich: string
}

async function byName(talk: Talk, task: Task, named: Named): Promise<Found> {
  const { words, candidates, askWhich } = named
  const { meant, unclear, namesOther } = await talk.world.matchDrugs(
    words.text,
    words.otherText,
    candidates,
  )
  const [first] = unclear
  if (first && first.length > 1) return askOfTwo(talk, task, first)
  if (meant.length > 0) return candidates.filter(({ rxNumber }) => meant.includes(rxNumber))
  if (words.slots.all) return candidates
  if (namesOther) talk.say("drug.not_found")
  await askWhichOne(talk, task, candidates, askWhich)
  return "asked"
}

/** Never picks between names that look or sound alike: the caller reads the number. */
function askOfTwo(talk: Talk, task: Task, rxNumbers: readonly string[]): "asked" {
  const [one = "", other = ""] = rxNumbers
  task.step = "which"
  task.choices = [one, other]
  talk.ask("which_drug", "drug.which_of_two", { digits1: one.slice(-4), digits2: other.slice(-4) })
  return "asked"
}

async function askWhichOne(
  talk: Talk,
  task: Task,
  candidates: readonly Prescription[],
  askWhich: string,
): Promise<void> {
  task.step = "which"
  const drugs = await Promise.all(candidates.map(({ drugName }) => talk.world.describe(drugName)))
  const names = [...new Set(drugs.map(({ plainName }) => plainName))]
  talk.vocabulary = names
  const isSpeakable = names.length <= CHOICES_MAX && names.length > 0
  const hidesSome = drugs.some(({ isSensitive }) => isSensitive)
  if (isSpeakable && !hidesSome && askWhich === "refill.ask_which") {
    task.choices = candidates.map(({ rxNumber }) => rxNumber)
    return talk.ask("which_drug", "refill.ask_which_of", { drugs: names.join(", ") })
  }
  talk.ask("which_drug", askWhich)
}

/** Proving who one is, in a fixed order and in the same words whether or not the person exists. */
import type { Expect } from "../../intent/contract.ts"
import type { State, Task } from "./state.ts"
import { CLEAR, type Heard, handOver, type Talk } from "./talk.ts"
import type { Proven, Stated } from "./world.ts"

const REASKS_MAX = 2

/** Begins to ask who is calling; the task goes on afterwards. */
export async function checkIdentity(talk: Talk, task: Task): Promise<void> {
  const { state } = talk
  const proven = await offered(talk, statedIn(task.slots, state))
  const isAsked = proven.state.startsWith("ask")
  if (isAsked) talk.say("verify.needed")
  state.mode = "identity"
  await proceed(talk, proven)
}

/** Takes an answer. False when nothing in it was of use. */
export async function continueIdentity(talk: Talk, heard: Heard): Promise<boolean> {
  const { state, world } = talk
  if (heard.slots.wantsCode) {
    await world.sendCode(state.conversation)
    talk.ask("code", "verify.code_sent")
    return true
  }
  if (asksOfPharmacy(heard)) return false
  const stated = statedIn(heard.slots, state, heard)
  if (Object.keys(stated).length === 0) return false
  if (heard.otherText !== undefined && isInDigits(heard)) return false
  const proven = await offered(talk, stated)
  if (stated.rxNumber && state.current) state.current.offered = stated.rxNumber
  await proceed(talk, proven)
  return true
}

/** The number somebody calls from is no proof, but may tell whose name the ears got wrong. */
function offered({ state, world }: Talk, stated: Stated): Promise<Proven> {
  const { conversation, from: phone } = state
  return world.offerIdentity(conversation, { ...stated, ...(phone && { phone }) })
}

/** What each question of the proof expects: to know when it is put again. */
const asksFor: Readonly<Partial<Record<Proven["state"], Expect>>> = {
  ask_name: "name",
  ask_date_of_birth: "date_of_birth",
  ask_third: "rx_number",
}

async function proceed(talk: Talk, proven: Proven): Promise<void> {
  const { state } = talk
  // An answer that brings the proof no further is no answer, however often it is given.
  const isAgain = asksFor[proven.state] === state.turn.expect
  state.reasks = isAgain ? state.reasks + 1 : 0
  if (state.reasks > REASKS_MAX) return handOver(talk, "technician")
  switch (proven.state) {
    case "ask_name":
      if (!isAgain) return talk.ask("name", "verify.ask_name_dob")
      // Asked for one thing alone, people say it more clearly; the date they gave is kept.
      talk.ask("name", "verify.ask_name")
      return talk.say("hint.name")
    case "ask_date_of_birth":
      return talk.ask(
        "date_of_birth",
        talk.offersKeys ? "verify.ask_date_of_birth_keys" : "verify.ask_date_of_birth",
      )
    case "ask_third":
      return talk.ask("rx_number", talk.offersKeys ? "verify.ask_third_keys" : "verify.ask_third")
    case "failed":
      // What was typed is surer than what was heard.
      state.prefersKeys = true
      talk.say("verify.failed_again")
      return talk.ask("name", "verify.ask_name_again")
    case "locked":
      state.mode = "tasks"
      delete state.current
      state.caller.isLockedOut = true
      talk.say("verify.failed_person")
      return handOver(talk, "technician")
    case "passed":
      return passed(talk, proven)
  }
}

async function passed(talk: Talk, { patient, caresFor }: Proven): Promise<void> {
  const { state, world } = talk
  state.mode = "tasks"
  const known = patient === undefined ? {} : await world.whoIs(state.conversation, patient)
  const people = [...(patient === undefined ? [] : [patient]), ...(caresFor ?? [])]
  const medicines = (await Promise.all(people.map((one) => medicinesOf(talk, one)))).flat()
  state.caller = {
    isVerified: true,
    ...(patient === undefined ? {} : { patient }),
    ...(caresFor === undefined ? {} : { caresFor }),
    ...known,
    medicines: [...new Set(medicines)].slice(0, MEDICINES_MAX),
  }
  talk.say("verify.passed")
}

/** As many as the ears can be told of. */
const MEDICINES_MAX = 60

async function medicinesOf({ world }: Talk, patient: string): Promise<readonly string[]> {
  const profile = await world.profile(patient)
  const described = await Promise.all(profile.map(({ drugName }) => world.describe(drugName)))
  return described.map(({ plainName }) => plainName)
}

/** "Wait, do you have a drive-through" holds no name, whatever its words look like. */
function asksOfPharmacy({ slots, wishes: [first] }: Heard): boolean {
  const isAsked = first?.intent === "store_fact" || first?.intent === "hours"
  return isAsked && first.confidence >= CLEAR && slots.datesOfBirth === undefined
}

/** Two ears that heard different numbers are no basis: the keypad is. */
function isInDigits({ slots }: Heard): boolean {
  return slots.rxNumbers !== undefined || slots.zip !== undefined || slots.digits !== undefined
}

function statedIn(slots: Heard["slots"], { turn }: State, heard?: Heard): Stated {
  const { name, datesOfBirth, rxNumbers, zip, digits } = slots
  const code = turn.expect === "code" && /^\d{6}$/.test(digits ?? "") ? digits : undefined
  const isAboutName = !heard || turn.expect === "name" || name?.spelled === true
  return {
    ...(isAboutName && name?.first && { firstName: name.first }),
    ...(isAboutName && name?.last && { lastName: name.last }),
    ...(datesOfBirth?.length && { datesOfBirth }),
    ...(rxNumbers?.[0] && { rxNumber: rxNumbers[0] }),
    ...(zip && { zip }),
    ...(code && { code }),
  }
}

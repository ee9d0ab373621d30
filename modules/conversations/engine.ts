/**
 * The conversation engine: one utterance in, one turn out. It listens for danger first, honours a
 * wish for a person always, and never asks more than twice before it gives the caller to a person.
 */

import { heardAside } from "./asides.ts"
import { REASKS_MAX, reask } from "./asking-again.ts"
import { besideNo, heardDanger } from "./danger.ts"
import { heardErrand } from "./errands.ts"
import { checkIdentity, continueIdentity } from "./identity.ts"
import { finishForAnybody, forAnybody } from "./left-over.ts"
import { heardOnlyLanguage } from "./other-language.ts"
import { asksWhatThisIs } from "./robot.ts"
import type { Task } from "./state.ts"
import { askForMessage, CLEAR, GUESSED, type Heard, handOver, type Talk } from "./talk.ts"
import { topicOf } from "./topics.ts"

const WORDS_OF_A_WISH = 3
const AGENDA_MAX = 4
const ANSWERS = ["yes", "no", "repeat", "goodbye", "person"]

export async function hear(talk: Talk, heard: Heard): Promise<void> {
  const { state } = talk
  state.silences = 0
  const wordsBefore = state.words
  state.words = heard.text
  if (heard.tone) state.tone = heard.tone
  const isOtherLanguage = state.language !== heard.language
  state.language = heard.language
  switch (await heardDanger(talk, heard)) {
    case "alarm":
      return
    case "asked":
      // What was wanted beside is kept, for when nobody is in danger.
      return keep(talk, newTasks(heard))
    case "over":
      await preferSaidNow(talk, heard, wordsBefore)
      return goOn(talk)
    case "none":
  }
  if (isOtherLanguage && heardOnlyLanguage(talk, heard)) return talk.askAgain()
  if (heardObjection(talk, heard)) return talk.askAgain()
  if (state.mode === "message") return takeMessage(talk, heard)
  if (state.turn.next === "hang_up" && !wantsMore(heard)) return talk.hangUp()
  if (!isAsked(state) && (await didErrand(talk, heard))) return
  if (await heardCourtesy(talk, heard)) return
  if (heard.tone === "angry" && !state.hasAcknowledgedAnger) {
    state.hasAcknowledgedAnger = true
    talk.say("anger.acknowledge")
  }
  await heardBusiness(talk, heard)
}

/** Said over our goodbye: one more wish, or theirs. */
function wantsMore(heard: Heard): boolean {
  const isAsked = heard.wishes.some(({ intent }) => intent === "person" || intent === "repeat")
  return isAsked || newTasks(heard).length > 0
}

/** Stops the recording for good. True when nothing else was said. */
function heardObjection(talk: Talk, { objectsToRecording, wishes }: Heard): boolean {
  const { state } = talk
  if (!objectsToRecording || !state.isRecording) return false
  state.isRecording = false
  talk.say("recording.stopped")
  return wishes.every(({ intent }) => intent === "no")
}

/**
 * "No, I just need my pills": what is wished for beside the no counts before what had been made of
 * the words that sounded like danger.
 */
async function preferSaidNow(talk: Talk, heard: Heard, wordsBefore: string): Promise<void> {
  const { state, world } = talk
  const words = besideNo(heard.text)
  if (words.split(" ").length < WORDS_OF_A_WISH) return
  const { turn } = state
  const asked = { ...state, turn: { ...turn, expect: "request" as const } }
  const { wishes, slots } = await world.understand({ text: words, source: heard.source }, asked)
  const fresh = newTasks({ ...heard, text: words, wishes, slots }).filter(
    ({ confidence }) => confidence >= CLEAR,
  )
  if (fresh.length === 0) return
  state.agenda = [...fresh, ...state.agenda.filter((task) => task.words !== wordsBefore)]
  state.agenda.splice(AGENDA_MAX)
}

/** Nobody is in danger: what stood before goes on. */
async function goOn(talk: Talk): Promise<void> {
  const { state } = talk
  if (state.mode !== "tasks" || state.current?.step) return void talk.lines.push(...state.question)
  if (state.agenda.length > 0) return settle(talk)
  askWhat(talk)
}

/** A person, the same again, goodbye: honoured wherever the conversation stands. */
async function heardCourtesy(talk: Talk, heard: Heard): Promise<boolean> {
  const { state } = talk
  // On a guess nobody is sent away, hung up on or given to a person: they are asked again.
  const wishes = heard.wishes
    .filter(({ confidence }) => confidence >= GUESSED)
    .map(({ intent }) => intent)
  if (await heardAside(talk, heard)) return true
  if (asksWhatThisIs(heard)) {
    talk.say("identity.automated")
    talk.askAgain()
    return true
  }
  if (wishes.includes("person")) {
    const isPharmacist = /pharmac(ist|y person)|farmac[eé]utic/i.test(heard.text)
    await handOver(talk, isPharmacist ? "pharmacist" : "technician")
    return true
  }
  if (heard.tone === "child") {
    state.reasks++
    if (state.reasks > REASKS_MAX) await handOver(talk, "technician")
    else talk.ask("request", "child.ask_adult")
    return true
  }
  if (wishes[0] === "repeat") {
    state.reasks++
    if (state.reasks > REASKS_MAX) await handOver(talk, "technician")
    else talk.repeat()
    return true
  }
  if (isDone(state, heard) || isFarewell(heard)) {
    await leave(talk, "goodbye")
    return true
  }
  return false
}

/** On what only sounds like a farewell nobody is hung up on. */
function isFarewell({ wishes: [first] }: Heard): boolean {
  return first?.intent === "goodbye" && first.confidence >= CLEAR
}

/** Nothing more: a bare no, or, once something was done, any clear one. */
function isDone({ about, current, mode }: Talk["state"], { slots, wishes }: Heard): boolean {
  if (current || mode !== "tasks") return false
  const [first] = wishes
  const isClearNo = first?.intent === "no" && first.confidence >= CLEAR
  return slots.yesNo === "no" || (isClearNo && about.length > 0)
}

/** Whether something waits for an answer: words may be that and no wish. */
function isAsked({ current, mode }: Talk["state"]): boolean {
  return mode === "identity" || current?.step !== undefined
}

async function heardBusiness(talk: Talk, heard: Heard): Promise<void> {
  const { state } = talk
  const { current } = state
  const saidBefore = talk.lines.length
  if (heard.beforeQuestion && current?.step === "confirm" && heard.slots.yesNo === "yes")
    return talk.askAgain()
  const isAnswering = isAsked(state)
  if (current && isAnswering) {
    const isAnswered =
      state.mode === "identity"
        ? await continueIdentity(talk, heard)
        : await topicOf(current.intent).answer(talk, current, heard)
    if (isAnswered) return afterAnswer(talk)
  }
  const fresh = isAnswering
    ? newWishes(current, heard, talk.lines.length > saidBefore)
    : newTasks(heard)
  if (fresh.length === 0) {
    const isOpen = !isAnswering && heard.slots.yesNo === "yes"
    return isOpen ? askWhat(talk) : reask(talk)
  }
  if (current && isAnswering) return aside(talk, current, fresh)
  delete state.current
  state.agenda.unshift(...fresh.slice(0, AGENDA_MAX))
  await settle(talk)
}

/** True when one was asked for. What was wished for beside it is begun. */
async function didErrand(talk: Talk, heard: Heard): Promise<boolean> {
  const { state, world } = talk
  const beside = await heardErrand(talk, heard)
  if (beside === undefined) return false
  if (talk.next !== "listen") return true
  delete state.current
  if (beside.split(" ").length >= WORDS_OF_A_WISH) {
    const { wishes, slots } = await world.understand({ text: beside, source: heard.source }, state)
    const others = newTasks({ ...heard, text: beside, wishes, slots })
    keep(
      talk,
      others.filter(({ confidence }) => confidence >= CLEAR),
    )
  }
  await settle(talk)
  return true
}

/**
 * What may be a new wish while something is being asked: said clearly, and another one. When the
 * answer was understood and does not do, it is asked for again and nothing else is begun.
 */
function newWishes(
  current: Task | undefined,
  heard: Heard,
  isUnderstood: boolean,
): readonly Task[] {
  if (isUnderstood) return []
  return newTasks(heard).filter(
    ({ intent, confidence }) => intent !== current?.intent && confidence >= CLEAR,
  )
}

/** Another wish came, and no answer: what anybody may know is told, and the question stands. */
async function aside(talk: Talk, current: Task, fresh: readonly Task[]): Promise<void> {
  const { state } = talk
  const [first, ...rest] = fresh
  if (first && topicOf(first.intent).isAside) {
    state.about.push(first.intent)
    await topicOf(first.intent).begin(talk, first)
    keep(talk, rest)
    if (talk.next === "listen") talk.askAgain()
    return
  }
  if (state.mode === "identity") {
    keep(talk, fresh)
    return talk.askAgain()
  }
  delete state.current
  delete current.step
  state.agenda.unshift(...fresh, current)
  state.agenda.splice(AGENDA_MAX)
  await settle(talk)
}

function keep({ state }: Talk, tasks: readonly Task[]): void {
  state.agenda.push(...tasks)
  state.agenda.splice(AGENDA_MAX)
}

function askWhat(talk: Talk): void {
  talk.ask("request", "ask.request")
}

async function afterAnswer(talk: Talk): Promise<void> {
  const { state } = talk
  // Still proving, or given to a person.
  if (state.mode === "identity" || talk.next !== "listen") return
  const isProven = state.caller.isVerified && state.current && !state.current.isBegun
  if (isProven && state.current) await begin(talk, state.current)
  await settle(talk)
}

/** Begins what is on the agenda until something has to be asked, or nothing is left. */
async function settle(talk: Talk): Promise<void> {
  const { state } = talk
  state.reasks = 0
  while (talk.next === "listen" && !(state.current?.step || state.mode === "identity")) {
    const task = state.agenda.shift()
    if (!task) {
      delete state.current
      return talk.ask("request", "ask.anything_else")
    }
    state.current = task
    state.about.push(task.intent)
    await begin(talk, task)
  }
}

async function begin(talk: Talk, task: Task): Promise<void> {
  const topic = topicOf(task.intent)
  if (topic.needsIdentity && !talk.state.caller.isVerified) {
    // Whoever stops answering texts has not hung up: what they may have now is not left for later.
    if (talk.state.channel === "sms") await finishForAnybody(talk)
    await checkIdentity(talk, task)
    // What was said in the first breath may have been enough.
    if (!talk.state.caller.isVerified) return
  }
  task.isBegun = true
  await topic.begin(talk, task)
}

function newTasks({ wishes, text, otherText, slots, confidence }: Heard): Task[] {
  return (
    wishes
      .filter(({ intent, confidence: sure }) => !ANSWERS.includes(intent) && sure >= GUESSED)
      // A complaint is put down before anything else is asked that might end the call.
      .toSorted((one, other) => isComplaint(other) - isComplaint(one))
      .map((wish) => ({
        intent: wish.intent,
        words: text,
        ...(otherText === undefined ? {} : { otherWords: otherText }),
        confidence: Math.min(wish.confidence, confidence),
        slots,
      }))
  )
}

function isComplaint({ intent }: Heard["wishes"][number]): number {
  return intent === "complaint" ? 1 : 0
}

/** The caller said nothing, or nothing that could be made out. */
export async function silence(talk: Talk, kind: "silent" | "unintelligible"): Promise<void> {
  const { state } = talk
  const isAlarming = state.mode === "alarm"
  if (kind === "unintelligible" && !isAlarming) {
    state.silences = 0
    return reask(talk, "unheard")
  }
  state.silences++
  // Somebody may be in danger and unable to speak: a person looks, whatever the time.
  if (isAlarming && state.silences > 1) return void (await heardDanger(talk, nothingHeard))
  if (state.silences === 1) {
    talk.say("silence.first")
    return talk.askAgain()
  }
  if (state.silences === 2) {
    talk.say("silence.second")
    talk.expect = state.turn.expect
    if (state.mode === "message") talk.next = "take_message"
    return
  }
  if (state.mode === "message") await promiseWithoutMessage(talk)
  // Who has tried to speak and was not understood is there, and is not hung up on.
  else if (state.reasks > 0) return handOver(talk, "technician")
  await leave(talk, "goodbye.silent")
}

const nothingHeard: Heard = {
  text: "",
  source: "speech",
  confidence: 0,
  wishes: [],
  slots: {},
  objectsToRecording: false,
  language: "en",
}

async function takeMessage(talk: Talk, heard: Heard): Promise<void> {
  const { state, world } = talk
  const isOver = isFarewell(heard)
  const isNone = isOver || heard.slots.yesNo === "no"
  if (isNone) await promiseWithoutMessage(talk)
  else {
    await world.promiseCallback(state, state.about.at(-1) ?? "message", heard.text)
    talk.say("message.thanks")
  }
  state.mode = "tasks"
  delete state.current
  talk.say("callback.promised")
  if (isOver) return leave(talk, "goodbye")
  if (state.caller.isLockedOut) state.agenda = forAnybody(state)
  return settle(talk)
}

async function leave(talk: Talk, goodbye: "goodbye" | "goodbye.silent"): Promise<void> {
  await finishForAnybody(talk)
  talk.say(goodbye)
  talk.hangUp()
}

/** Whoever asked for a person and left no message is called back all the same. */
export async function promiseWithoutMessage({ state, world }: Talk): Promise<void> {
  if (!state.from && !state.caller.patient) return
  await world.promiseCallback(state, state.about.at(-1) ?? "call", undefined)
}

/** The transfer came back without a person. */
export function transferFailed(talk: Talk): void {
  const { state } = talk
  // Nobody in danger is left with "leave a message".
  const isEmergency = state.turn.transfer?.isEmergency
  talk.say(isEmergency ? "emergency.general_alone" : "person.none_available")
  askForMessage(talk)
}

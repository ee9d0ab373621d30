/**
 * The conversation engine: one utterance in, one turn out. It listens for danger first, honours a
 * wish for a person always, and never asks more than twice before it gives the caller to a person.
 */
import { checkIdentity, continueIdentity } from "./identity.ts"
import type { Task } from "./state.ts"
import { askForMessage, type Heard, handOver, type Talk, whisperOf } from "./talk.ts"
import { topicOf } from "./topics.ts"

const REASKS_MAX = 2
const AGENDA_MAX = 4
const ANSWERS = ["yes", "no", "repeat", "goodbye", "person"]

export async function hear(talk: Talk, heard: Heard): Promise<void> {
  const { state } = talk
  state.silences = 0
  state.words = heard.text
  if (heard.tone) state.tone = heard.tone
  if (await heardDanger(talk, heard)) return
  if (heard.objectsToRecording && state.isRecording) {
    state.isRecording = false
    talk.say("recording.stopped")
  }
  if (state.mode === "message") return takeMessage(talk, heard)
  if (await heardCourtesy(talk, heard)) return
  if (heard.tone === "angry" && !state.hasAcknowledgedAnger) {
    state.hasAcknowledgedAnger = true
    talk.say("anger.acknowledge")
  }
  await heardBusiness(talk, heard)
}

/** Before all else, verified or not, whatever was asked. */
async function heardDanger(talk: Talk, heard: Heard): Promise<boolean> {
  const { state } = talk
  const { emergency } = heard
  if (state.mode === "alarm") {
    // Only a clear no lets it go: on doubt it is an emergency.
    if (heard.slots.yesNo !== "no" || emergency?.certainty === "certain") return alarm(talk, heard)
    state.mode = "tasks"
    if (state.current) talk.askAgain()
    else talk.ask("request", "ask.request")
    return true
  }
  if (!emergency) return false
  if (emergency.certainty === "certain") return alarm(talk, heard)
  state.mode = "alarm"
  talk.ask("yes_no", "emergency.ask_certain")
  return true
}

const alarmReply = {
  heart_stroke_breathing: "emergency.heart",
  anaphylaxis: "emergency.anaphylaxis",
  overdose_poison: "emergency.overdose",
  self_harm: "emergency.self_harm",
  sugar_bleeding_pregnancy_infant: "emergency.general",
  violence: "emergency.violence",
  animal_poison: "emergency.animal",
} as const

async function alarm(talk: Talk, { emergency }: Heard): Promise<true> {
  const { state, world } = talk
  const family = emergency?.family ?? "heart_stroke_breathing"
  talk.say(emergency ? alarmReply[family] : "emergency.general")
  state.about.push("emergency")
  state.wantsRole = "pharmacist"
  state.mode = "transferring"
  talk.next = state.channel === "phone" ? "transfer" : "listen"
  talk.transfer = { to: "pharmacist", whisper: `Emergency. ${whisperOf(state)}`, isEmergency: true }
  await world.reportEmergency(state, family, emergency?.certainty ?? "possible")
  return true
}

/** A person, the same again, goodbye: honoured wherever the conversation stands. */
async function heardCourtesy(talk: Talk, heard: Heard): Promise<boolean> {
  const { state } = talk
  const wishes = heard.wishes.map(({ intent }) => intent)
  if (wishes.includes("person")) {
    await handOver(
      talk,
      /pharmac(ist|y person)|farmac/i.test(heard.text) ? "pharmacist" : "technician",
    )
    return true
  }
  if (heard.tone === "child") {
    talk.ask("request", "child.ask_adult")
    return true
  }
  if (wishes[0] === "repeat") {
    talk.askAgain()
    return true
  }
  const isDone = !state.current && heard.slots.yesNo === "no"
  if (isDone || (wishes[0] === "goodbye" && state.mode !== "identity")) {
    talk.say("goodbye")
    talk.hangUp()
    return true
  }
  return false
}

async function heardBusiness(talk: Talk, heard: Heard): Promise<void> {
  const { state } = talk
  const fresh = newTasks(heard)
  if (state.mode === "identity") {
    if (await continueIdentity(talk, heard)) return afterIdentity(talk)
    if (fresh.length === 0) return reask(talk)
    // Another wish came instead of an answer: it is kept, and the question stands.
    state.agenda.push(...fresh.slice(0, AGENDA_MAX - state.agenda.length))
    return talk.askAgain()
  }
  if (state.current?.step) {
    const task = state.current
    if (await topicOf(task.intent).answer(talk, task, heard)) return settle(talk)
    if (fresh.length === 0) return reask(talk)
  }
  if (fresh.length === 0) return heard.slots.yesNo === "yes" ? askWhat(talk) : reask(talk)
  state.agenda.unshift(...fresh.slice(0, AGENDA_MAX))
  delete state.current
  await settle(talk)
}

function askWhat(talk: Talk): void {
  talk.ask("request", "ask.request")
}

/** Begins what is on the agenda until something has to be asked, or nothing is left. */
export async function settle(talk: Talk): Promise<void> {
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
  if (topic.needsIdentity && !talk.state.caller.isVerified) return checkIdentity(talk, task)
  await topic.begin(talk, task)
}

async function afterIdentity(talk: Talk): Promise<void> {
  const { state } = talk
  // Still proving, locked out, or proven: then the wish that started it goes on.
  if (state.mode === "identity" || talk.next !== "listen") return
  if (state.caller.isVerified && state.current) await begin(talk, state.current)
  await settle(talk)
}

function newTasks({ wishes, text, slots, confidence }: Heard): Task[] {
  return wishes
    .filter(({ intent }) => !ANSWERS.includes(intent))
    .map((wish) => ({
      intent: wish.intent,
      words: text,
      confidence: Math.min(wish.confidence, confidence),
      slots,
    }))
}

/** Nothing could be made of it: asked again, then by keys, then a person. */
export async function reask(talk: Talk): Promise<void> {
  const { state } = talk
  state.reasks++
  if (state.reasks > REASKS_MAX) return handOver(talk, "technician")
  const isOpenQuestion = state.mode === "tasks" && !state.current?.step
  if (isOpenQuestion && state.reasks === REASKS_MAX) {
    talk.say("ask.again_keys")
    return talk.ask("request", "menu.keys")
  }
  if (isOpenQuestion) return talk.ask("request", "ask.rephrase")
  state.prefersKeys = true
  talk.say("ask.again")
  talk.askAgain()
}

/** The caller said nothing, or nothing that could be made out. */
export async function silence(talk: Talk, kind: "silent" | "unintelligible"): Promise<void> {
  const { state } = talk
  if (kind === "unintelligible") return reask(talk)
  state.silences++
  // Somebody may be in danger and unable to speak: a person looks, whatever the time.
  if (state.mode === "alarm" && state.silences > 1)
    return void (await heardDanger(talk, { ...nothingHeard, text: "" }))
  if (state.silences === 1) {
    talk.say("silence.first")
    return talk.askAgain()
  }
  if (state.silences === 2) return talk.ask(state.turn.expect, "silence.second")
  talk.say("goodbye.silent")
  talk.hangUp()
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
  await world.promiseCallback(state, state.about.at(-1) ?? "message", heard.text)
  state.mode = "tasks"
  talk.say("message.thanks")
  talk.say("callback.promised")
  delete state.current
  await settle(talk)
}

/** The transfer came back without a person. */
export function transferFailed(talk: Talk): void {
  talk.say("person.none_available")
  askForMessage(talk)
}

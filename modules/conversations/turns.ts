/** One turn from the saved state to the next saved state. A turn asked for twice acts once. */
import type { Static } from "typebox"
import { Conflict, type Stored } from "#core/documents.ts"
import { Outage } from "#core/fault.ts"
import { gravest } from "#core/mood.ts"
import { noClaims, withClaims } from "./claims.ts"
import type { conversations, Turn } from "./contract.ts"
import { hear } from "./engine.ts"
import type { Here } from "./needs.ts"
import { giveUpTurn } from "./outage.ts"
import { sentencesOf } from "./saying.ts"
import { type State, sealedForSpeaker } from "./state.ts"
import { Talk } from "./talk.ts"
import { worldOf } from "./world-of.ts"

type Input<C extends "open" | "hear"> = Static<(typeof conversations)["commands"][C]["input"]>

export async function openConversation(
  { conversation, channel, from, language, resumed }: Input<"open">,
  context: Here,
): Promise<Turn> {
  const { clock, config, ports, store, emit } = context
  const known = await store.states.get(conversation)
  if (known?.doc.isOpen && resumed) return resume(known.doc, known.version, context)
  if (known?.doc.isOpen) return known.doc.turn
  await ports.conversations.open(conversation, channel)
  const state: State = {
    ...structuredClone(beginning),
    conversation,
    channel,
    ...(from === undefined ? {} : { from }),
    language: language ?? "en",
    openedAtMs: clock.nowMs(),
    isRecording: channel === "phone" && config.recording === "announced",
  }
  const talk = new Talk(state, worldOf(context))
  await greet(talk)
  emit("opened", { conversation, channel })
  return save(talk, known?.version ?? 0, context)
}

export type Utterance = Omit<Input<"hear">, "conversation" | "turn">

const HEARD_MAX = 2_000

export async function hearUtterance(
  talk: Talk,
  utterance: Utterance,
  { emit }: Pick<Here, "emit">,
): Promise<void> {
  const { text, otherText, source, confidence, audio, beforeQuestion = false } = utterance
  const { state, world } = talk
  const other = otherText === undefined ? {} : { otherText }
  const understood = await world.understand({ text, ...other, source }, state)
  const { wishes, tried = [] } = understood
  const mood = gravest(state.mood, understood.mood)
  if (mood) state.mood = mood
  if (source !== "keys") state.heard = `${state.heard ?? ""} ${text}`.slice(-HEARD_MAX)
  state.claims = withClaims(state.claims ?? noClaims, understood.slots)
  const { conversation, turn } = state
  emit("understood", { conversation, turn: turn.turn, wishes, tried })
  if (audio) state.audio = audio
  else delete state.audio
  await hear(talk, { ...understood, ...other, text, source, confidence, beforeQuestion })
}

const silent: Turn = {
  turn: 0,
  say: [],
  expect: "request",
  vocabulary: [],
  next: "listen",
  recording: true,
  language: "en",
}

export const beginning = {
  isOpen: true,
  caller: { isVerified: false },
  mode: "tasks",
  agenda: [],
  about: [],
  reasks: 0,
  silences: 0,
  prefersKeys: false,
  hasAcknowledgedAnger: false,
  wantsRole: "technician",
  words: "",
  question: [],
  said: [],
  turn: silent,
} satisfies Partial<State>

/** What it is and that the call is recorded come first, whoever calls. */
async function greet(talk: Talk): Promise<void> {
  const { state, world } = talk
  const { spokenName: pharmacy, greeting = {} } = await world.location()
  state.toldIn = [state.language]
  if (state.channel === "sms") {
    talk.say("greeting.sms", { pharmacy })
    return talk.say("language.offer_sms")
  }
  const { isOpen } = await world.opening()
  const own = greeting[state.language]
  if (own !== undefined && (await isSayable(talk, own))) {
    talk.say("greeting.own", { greeting: own })
    if (!isOpen) talk.say("greeting.after_hours")
  } else talk.say(isOpen ? "greeting.open" : "greeting.closed", { pharmacy })
  talk.say("disclosure.recording")
  talk.say("language.offer")
  talk.ask("request", "ask.request")
}

/** Words of the pharmacy's own that go too far are not said; the house has a greeting, too. */
function isSayable({ state, world }: Talk, greeting: string): Promise<boolean> {
  return world.maySay({ reply: "greeting.own", values: { greeting } }, state)
}

/** The call was lost and came back: the last question again, and nothing done twice. */
async function resume(state: State, version: number, context: Here): Promise<Turn> {
  const talk = new Talk(state, worldOf(context))
  talk.say("greeting.resumed")
  talk.askAgain()
  return save(talk, version, context)
}

export async function oneTurn(
  { conversation, turn }: { readonly conversation: string; readonly turn: number },
  context: Here & { fail(code: "not_open"): never },
  take: (talk: Talk) => Promise<void>,
): Promise<Turn> {
  const found = await context.store.states.get(conversation)
  if (!found?.doc.isOpen) return context.fail("not_open")
  // Asked again for a turn that was answered already: the same answer, and no second act.
  if (turn < found.doc.turn.turn) return found.doc.turn
  try {
    return await takeTurn(found, context, take)
  } catch (trouble) {
    if (!(trouble instanceof Conflict)) throw trouble
    // The same turn was asked for twice at once, and the other one was done first.
    const answered = await context.store.states.get(conversation)
    return answered ? answered.doc.turn : context.fail("not_open")
  }
}

async function takeTurn(
  found: Stored<State>,
  context: Here,
  take: (talk: Talk) => Promise<void>,
): Promise<Turn> {
  const talk = new Talk(structuredClone(found.doc), worldOf(context))
  try {
    await take(talk)
    return await save(talk, found.version, context)
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    context.log.warn("a turn met an outage", { code: trouble.code })
    // From where the turn began: nothing half done is remembered.
    const again = new Talk(found.doc, worldOf(context))
    await giveUpTurn(again, trouble.code)
    return save(again, found.version, context)
  }
}

async function save(talk: Talk, version: number, { emit, log, store }: Here): Promise<Turn> {
  const { state } = talk
  const turn: Turn = {
    turn: state.turn.turn + 1,
    say: await sentencesOf(talk, log),
    expect: talk.expect,
    vocabulary: talk.vocabulary,
    next: talk.next,
    ...(talk.isWaiting && { isWaiting: true }),
    ...(talk.transfer === undefined ? {} : { transfer: talk.transfer }),
    recording: state.isRecording,
    language: state.language,
  }
  state.turn = turn
  state.said = talk.lines
  await store.states.put(state.conversation, sealedForSpeaker(state), version)
  const step = state.current?.step ?? state.mode
  const identity = state.caller.isVerified ? "verified" : "anonymous"
  const { conversation, mood } = state
  emit("stepped", { conversation, step, identity, ...(mood && { mood }) })
  return turn
}

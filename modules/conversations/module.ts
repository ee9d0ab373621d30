/** The conversation engine as a module: loads the state, takes one turn, saves it, answers. */
import { Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { intent } from "../../intent/contract.ts"
import { callbacks } from "../callbacks/contract.ts"
import { complaints } from "../complaints/contract.ts"
import { drugs } from "../drugs/contract.ts"
import { emergencies } from "../emergencies/contract.ts"
import { prescriptions } from "../prescriptions/contract.ts"
import { refills } from "../refills/contract.ts"
import { storeInfo } from "../store-info/contract.ts"
import { transfers } from "../transfers/contract.ts"
import { verification } from "../verification/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { conversations, type Turn } from "./contract.ts"
import { hear, silence, transferFailed } from "./engine.ts"
import { State } from "./state.ts"
import { Talk } from "./talk.ts"
import { worldOf } from "./world-of.ts"

export const needs = {
  ...nothing,
  uses: [
    intent,
    callbacks,
    complaints,
    drugs,
    emergencies,
    prescriptions,
    refills,
    storeInfo,
    transfers,
    verification,
    workQueue,
  ],
  ports: ["conversations"],
  acts: ["caller"],
  config: t.Object({
    spokenName: t.String(),
    timeZone: t.String(),
    recording: t.Union([t.Literal("announced"), t.Literal("off")], { default: "announced" }),
  }),
  collections: { states: { schema: State, indexes: { openedAtMs: "plain" } } },
} as const

export type Here = Context<typeof conversations, typeof needs>

export default defineModule(conversations, needs, {
  commands: {
    async open({ conversation, channel, from, language, resumed }, context) {
      const { clock, config, ports, store, emit } = context
      const known = await store.states.get(conversation)
      if (known?.doc.isOpen && resumed) return resume(known.doc, known.version, context)
      if (known?.doc.isOpen) return known.doc.turn
      await ports.conversations.open(conversation, channel)
      const state: State = {
        ...beginning,
        conversation,
        channel,
        ...(from === undefined ? {} : { from }),
        language: language ?? "en",
        openedAtMs: clock.nowMs(),
        isRecording: channel === "phone" && config.recording === "announced",
      }
      const talk = new Talk(state, worldOf(context))
      await greet(talk, config.spokenName)
      emit("opened", { conversation, channel })
      return save(talk, known?.version ?? 0, context)
    },

    hear: ({ conversation, turn, ...utterance }, context) =>
      oneTurn(conversation, turn, context, async (talk) => {
        const { text, otherText, source, confidence, audio } = utterance
        const { state, world } = talk
        const understood = await world.understand(text, state, source)
        if (audio) state.audio = audio
        else delete state.audio
        state.language = understood.language
        const other = otherText === undefined ? {} : { otherText }
        await hear(talk, { ...understood, ...other, text, source, confidence })
      }),

    silence: ({ conversation, turn, kind }, context) =>
      oneTurn(conversation, turn, context, (talk) => silence(talk, kind)),

    transferEnded: ({ conversation, turn, outcome }, context) =>
      oneTurn(conversation, turn, context, async (talk) => {
        if (outcome === "accepted") talk.hangUp()
        else transferFailed(talk)
      }),

    async close({ conversation, reason }, { emit, fail, ports, store }) {
      const closed = await store.states.change(conversation, (state) => ({
        ...state,
        isOpen: false,
      }))
      if (!closed) return fail("not_open")
      await ports.conversations.close(conversation)
      emit("closed", { conversation, reason })
      return {}
    },

    async get({ conversation }, { fail, store }) {
      const found = await store.states.get(conversation)
      if (!found) return fail("unknown")
      const { channel, caller, about, mode, current, turn, tone, isOpen } = found.doc
      return {
        conversation,
        channel,
        identity: caller.isVerified ? ("verified" as const) : ("anonymous" as const),
        about,
        step: current?.step ?? mode,
        turns: turn.turn,
        isOpen,
        ...(caller.patient === undefined ? {} : { patient: caller.patient }),
        ...(tone === undefined ? {} : { tone }),
      }
    },
  },
})

const silent: Turn = {
  turn: 0,
  say: [],
  expect: "request",
  vocabulary: [],
  next: "listen",
  recording: true,
  language: "en",
}

const beginning = {
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
  turn: silent,
} satisfies Partial<State>

/** What it is and that the call is recorded come first, whoever calls. */
async function greet(talk: Talk, pharmacy: string): Promise<void> {
  const { state, world } = talk
  if (state.channel === "sms") return talk.say("greeting.sms", { pharmacy })
  const { isOpen } = await world.opening()
  talk.say(isOpen ? "greeting.open" : "greeting.closed", { pharmacy })
  talk.say("disclosure.recording")
  talk.ask("request", "ask.request")
}

/** The call was lost and came back: the last question again, and nothing done twice. */
async function resume(state: State, version: number, context: Here): Promise<Turn> {
  const talk = new Talk(state, worldOf(context))
  talk.say("greeting.resumed")
  talk.askAgain()
  return save(talk, version, context)
}

async function oneTurn(
  conversation: string,
  turn: number,
  context: Here & { fail(code: "not_open"): never },
  take: (talk: Talk) => Promise<void>,
): Promise<Turn> {
  const found = await context.store.states.get(conversation)
  if (!found?.doc.isOpen) return context.fail("not_open")
  // Asked again for a turn that was answered already: the same answer, and no second act.
  if (turn < found.doc.turn.turn) return found.doc.turn
  const talk = new Talk(found.doc, worldOf(context))
  await take(talk)
  return save(talk, found.version, context)
}

async function save(talk: Talk, version: number, { emit, store }: Here): Promise<Turn> {
  const { state, world } = talk
  const turn: Turn = {
    turn: state.turn.turn + 1,
    say: await world.phrase(talk.lines, state),
    expect: talk.expect,
    vocabulary: [...talk.vocabulary],
    next: talk.next,
    ...(talk.transfer === undefined ? {} : { transfer: talk.transfer }),
    recording: state.isRecording,
    language: state.language,
  }
  state.turn = turn
  await store.states.put(state.conversation, state, version)
  const step = state.current?.step ?? state.mode
  const identity = state.caller.isVerified ? "verified" : "anonymous"
  emit("stepped", { conversation: state.conversation, step, identity })
  return turn
}

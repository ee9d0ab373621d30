/** The conversation engine as a module: loads the state, takes one turn, saves it, answers. */
import { defineModule } from "#core/module.ts"
import { intent } from "../../intent/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { summariseComplaint } from "./complaint-line.ts"
import { conversations } from "./contract.ts"
import { silence, transferFailed } from "./engine.ts"
import { finishForAnybody } from "./left-over.ts"
import { type Here, needs } from "./needs.ts"
import { sealedForSpeaker } from "./state.ts"
import { Talk } from "./talk.ts"
import { answerText } from "./text.ts"
import { keepPromise } from "./topics/store-fact.ts"
import { hearUtterance, oneTurn, openConversation } from "./turns.ts"
import { worldOf } from "./world-of.ts"

export default defineModule(conversations, needs, {
  commands: {
    open: (call, context) => openConversation(call, context),

    hear: ({ conversation, turn, ...utterance }, context) =>
      oneTurn({ conversation, turn }, context, (talk) => hearUtterance(talk, utterance, context)),

    silence: ({ conversation, turn, kind }, context) =>
      oneTurn({ conversation, turn }, context, (talk) => silence(talk, kind)),

    transferEnded: ({ conversation, turn, outcome }, context) =>
      oneTurn({ conversation, turn }, context, async (talk) => {
        if (outcome === "accepted") talk.hangUp()
        else transferFailed(talk)
      }),

    text: (message, context) => answerText(message, context),

    async close({ conversation, reason }, context) {
      const { emit, fail, ports, store } = context
      const closed = await store.states.change(conversation, (state) => ({
        ...sealedForSpeaker(state),
        isOpen: false,
      }))
      if (!closed) return fail("not_open")
      const world = worldOf(context)
      const isWithPerson = reason === "transferred"
      if (!isWithPerson) await finishForAnybody(new Talk(structuredClone(closed.doc), world))
      await ports.conversations.close(conversation)
      await keepPromise(closed.doc, world)
      emit("closed", { conversation, reason })
      return {}
    },

    async get({ conversation }, { fail, store }) {
      const found = await store.states.get(conversation)
      if (!found) return fail("unknown")
      const { channel, caller, about, mode, current, turn, tone, mood, isOpen, language } =
        found.doc
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
        ...(mood === undefined ? {} : { mood }),
        language,
      }
    },

    forget: async (_, context) => ({ conversations: await forget(context) }),
  },

  /** When it is over, so that no caller waits for a model. */
  events: {
    "conversations.closed": ({ conversation }, context) => summarise(conversation, context),
  },

  schedules: {
    forget: { cron: "41 * * * *", run: async (context) => void (await forget(context)) },
  },
})

/** No call lasts so long, and a thread that did without an hour's pause is greeted anew. */
const REMEMBERED_MS = 48 * 60 * 60_000
/** Few, so that no caller waits behind it. */
const FORGOTTEN_AT_ONCE = 50

/** What was said stands in the transcript; to go on with a conversation is what a state is for. */
async function forget({ clock, store }: Here): Promise<number> {
  const before = { openedAtMs: clock.nowMs() - REMEMBERED_MS }
  for (let count = 0; ; ) {
    const old = await store.states.find({ before, orderBy: "openedAtMs", limit: FORGOTTEN_AT_ONCE })
    if (old.length === 0) return count
    await store.batch(old.map(({ id }) => ({ remove: "states", id })))
    count += old.length
  }
}

/** Nobody waits for it. */
const SUMMARY_MS_MAX = 25_000

/** A model's line takes the place of ours where one has earned that; the words stay beside it. */
async function summarise(conversation: string, { call, store }: Here): Promise<void> {
  const state = (await store.states.get(conversation))?.doc
  const heard = state?.heard?.trim()
  if (!state || !heard) return
  if (await summariseComplaint(state, call)) return
  const made = await call(intent, "summarise", { text: heard }, { deadlineMs: SUMMARY_MS_MAX })
  const text = made.ok ? made.value.summary : undefined
  if (text !== undefined) await call(workQueue, "summarise", { conversation, text })
}

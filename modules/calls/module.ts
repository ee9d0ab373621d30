/** The register of calls. Says what was; decides nothing. */
import { Type as t } from "typebox"
import { defineModule, nothing } from "#core/module.ts"
import { conversations } from "../conversations/contract.ts"
import { verification } from "../verification/contract.ts"
import { Call, calls } from "./contract.ts"

const LISTED_DEFAULT = 50
const OPEN_MAX = 500

/** States in which the telephone line is still up. */
const openStates = ["ringing", "in_progress", "transferring"] as const

const needs = {
  ...nothing,
  hears: [conversations, verification],
  config: t.Object({}),
  collections: {
    calls: {
      schema: Call,
      indexes: { state: "plain", startedAtMs: "plain", patient: "blind", from: "blind" },
      // Once it is known whose call it was, erasing them erases it.
      patientField: "patient",
    },
  },
} as const

export default defineModule(calls, needs, {
  commands: {
    async begin({ call, from, attestation }, { clock, emit, store }) {
      // Twilio asks again for a call it got no answer for: the first registration stands.
      if (await store.calls.get(call)) return {}
      await store.calls.put(call, {
        call,
        state: "ringing",
        startedAtMs: clock.nowMs(),
        ...(from === undefined ? {} : { from }),
        ...(attestation === undefined ? {} : { attestation }),
      })
      emit("changed", { call, state: "ringing" })
      return {}
    },

    async update({ call, ...news }, { clock, emit, fail, store }) {
      const hasEnded = news.state !== undefined && !isOpenState(news.state)
      const changed = await store.calls.change(call, (known) => ({
        ...known,
        ...news,
        ...(hasEnded ? { endedAtMs: known.endedAtMs ?? clock.nowMs() } : {}),
      }))
      if (!changed) return fail("unknown_call")
      emit("changed", { call, state: changed.doc.state })
      return {}
    },

    async open(_, { store }) {
      const found = await Promise.all(
        openStates.map((state) => store.calls.find({ where: { state }, limit: OPEN_MAX })),
      )
      return { calls: found.flat().map(({ doc }) => doc) }
    },

    async list({ state, phone, patient, fromMs, beforeMs, limit }, { store }) {
      const found = await store.calls.find({
        orderBy: "startedAtMs",
        descending: true,
        limit: limit ?? LISTED_DEFAULT,
        where: {
          ...(state === undefined ? {} : { state }),
          ...(phone === undefined ? {} : { from: phone }),
          ...(patient === undefined ? {} : { patient }),
        },
        ...(fromMs === undefined ? {} : { from: { startedAtMs: fromMs } }),
        ...(beforeMs === undefined ? {} : { before: { startedAtMs: beforeMs } }),
      })
      return { calls: found.map(({ doc }) => doc) }
    },

    async get({ call }, { fail, store }) {
      const found = await store.calls.get(call)
      return found ? found.doc : fail("unknown_call")
    },
  },

  facts: {
    /** Whose calls are asked for: the audit log is asked by patient. */
    list: async ({ patient }) => (patient === undefined ? {} : { patient }),
  },

  events: {
    // A conversation goes by the id of its call; one by text message has none.
    async "conversations.stepped"({ conversation: call, mood }, { emit, store }) {
      const known = mood && (await store.calls.get(call))
      if (!known || known.doc.mood === mood) return
      const changed = await store.calls.change(call, (doc) => ({ ...doc, mood }))
      if (changed) emit("changed", { call, state: changed.doc.state })
    },

    async "verification.passed"({ conversation: call, patient }, { emit, store }) {
      const changed = await store.calls.change(call, (doc) => ({ ...doc, patient }))
      if (changed) emit("changed", { call, state: changed.doc.state })
    },
  },
})

function isOpenState(state: string): boolean {
  return openStates.some((open) => open === state)
}

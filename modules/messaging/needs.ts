/** What messaging needs, and what it keeps, in one place for its parts. */
import { type Static, Type as t } from "typebox"
import { type Context, nothing } from "#core/module.ts"
import { intent } from "../../intent/contract.ts"
import { verification } from "../verification/contract.ts"
import { type messaging, Text } from "./contract.ts"

export const Message = t.Object({
  message: t.String(),
  phone: t.String(),
  ...Text.properties,
  /** The conversation of the thread that it is part of. Absent in what earlier versions wrote. */
  conversation: t.Optional(t.String()),
  /** The patient; the conversation while nobody knows who that is. Its key seals the words. */
  whose: t.Optional(t.String()),
})
export type Message = Static<typeof Message>

/** No words, and nobody's name: the wish to get no more texts outlives an erasure. */
const Thread = t.Object({
  phone: t.String(),
  conversation: t.String(),
  lastAtMs: t.Integer(),
  optedOut: t.Boolean(),
})
export type Thread = Static<typeof Thread>

/** Who a conversation by text was with, once they had proved it. Named by the conversation. */
const Speaker = t.Object({ patient: t.String(), atMs: t.Integer() })

export const needs = {
  ...nothing,
  uses: [intent],
  hears: [verification],
  ports: ["secrets"],
  config: t.Object({
    spokenName: t.String(),
    phones: t.Object({ pharmacy: t.String() }),
    telephony: t.Object({
      accountSid: t.String(),
      authToken: t.String(),
      apiBase: t.Optional(t.String()),
    }),
  }),
  collections: {
    messages: {
      schema: Message,
      indexes: { phone: "blind", atMs: "plain", whose: "blind" },
      patientField: "whose",
    },
    threads: { schema: Thread, indexes: { phone: "blind", lastAtMs: "plain" } },
    speakers: {
      schema: Speaker,
      indexes: { patient: "blind", atMs: "plain" },
      patientField: "patient",
    },
  },
} as const

export type Here = Context<typeof messaging, typeof needs>

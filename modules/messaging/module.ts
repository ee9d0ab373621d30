/**
 * Text messages: kept by number, sent once, and none to anybody who said stop. Holds no
 * conversation.
 */
import { type Static, Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { intent, type Line } from "../../intent/contract.ts"
import { type Carrier, openCarrier } from "./carrier.ts"
import { messaging } from "./contract.ts"
import { keywordIn, type Said } from "./keywords.ts"

/** A thread that was quiet for so long begins anew. */
const THREAD_MS = 60 * 60_000
const SHOWN_DEFAULT = 50

const Message = t.Object({
  message: t.String(),
  phone: t.String(),
  direction: t.Union([t.Literal("in"), t.Literal("out")]),
  text: t.String(),
  atMs: t.Integer(),
  status: t.Optional(t.String()),
  /** What was answered, to be answered again when the carrier delivers the message twice. */
  reply: t.Optional(t.String()),
})
const Thread = t.Object({
  phone: t.String(),
  conversation: t.String(),
  lastAtMs: t.Integer(),
  optedOut: t.Boolean(),
})
type Thread = Static<typeof Thread>

const needs = {
  ...nothing,
  uses: [intent],
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
    messages: { schema: Message, indexes: { phone: "blind", atMs: "plain" } },
    threads: { schema: Thread, indexes: { phone: "blind" } },
  },
} as const

type Here = Context<typeof messaging, typeof needs>

let carrier: Carrier | undefined

export default defineModule(messaging, needs, {
  async start({ config, ports }) {
    carrier = await openCarrier(config.telephony, ports.secrets)
  },

  commands: {
    async receive({ message, from, body }, context) {
      const { clock, store } = context
      const known = await store.messages.get(message)
      if (known) return known.doc.reply ? fixed(known.doc.reply) : silent
      const atMs = clock.nowMs()
      const direction = "in" as const
      await store.messages.put(message, { message, phone: from, direction, text: body, atMs }, 0)
      const { id, thread, isNew } = await threadOf(from, atMs, context)
      const said = keywordIn(body)
      const keyword = said?.keyword
      const optedOut = keyword === "stop" || (thread.optedOut && keyword !== "start")
      await store.threads.put(id, { ...thread, lastAtMs: atMs, optedOut })
      if (keyword === "stop" && thread.optedOut) return silent
      if (said) return fixed(await answer(message, said, context))
      if (optedOut) return silent
      return { kind: "converse" as const, conversation: thread.conversation, isNew }
    },

    async answered({ message, reply }, { store }) {
      await store.messages.change(message, (doc) => ({ ...doc, reply }))
      return {}
    },

    async send({ to, text }, { clock, config, fail, store }) {
      if (await hasOptedOut(to, store)) return fail("opted_out")
      const sent = await carrier?.send({ from: config.phones.pharmacy, to, text })
      if (!sent) return fail("opted_out")
      const message = sent.message
      const atMs = clock.nowMs()
      await store.messages.put(message, { message, phone: to, direction: "out", text, atMs })
      return { message }
    },

    async delivered({ message, status, errorCode }, { log, store }) {
      const known = await store.messages.change(message, (doc) => ({ ...doc, status }))
      if (errorCode !== undefined) log.warn("a message was not delivered", { errorCode })
      if (!known) log.info("a status came for a message that is not ours")
      return {}
    },

    async thread({ phone, limit }, { store }) {
      const optedOut = await hasOptedOut(phone, store)
      const latest = { orderBy: "atMs", descending: true, limit: limit ?? SHOWN_DEFAULT } as const
      const found = await store.messages.find({ where: { phone }, ...latest })
      const messages = found
        .map(({ doc: { direction, text, atMs, status } }) => ({
          direction,
          text,
          atMs,
          ...(status === undefined ? {} : { status }),
        }))
        .toSorted((a, b) => a.atMs - b.atMs)
      return { optedOut, messages }
    },
  },
})

const silent = { kind: "silent" as const }
const fixed = (reply: string) => ({ kind: "fixed" as const, reply })

async function hasOptedOut(phone: string, store: Here["store"]): Promise<boolean> {
  const [thread] = await store.threads.find({ where: { phone }, limit: 1 })
  return thread?.doc.optedOut ?? false
}

async function threadOf(
  phone: string,
  atMs: number,
  { newId, store }: Here,
): Promise<{ id: string; thread: Thread; isNew: boolean }> {
  const [known] = await store.threads.find({ where: { phone }, limit: 1 })
  const isNew = known === undefined || atMs - known.doc.lastAtMs > THREAD_MS
  if (known && !isNew) return { id: known.id, thread: known.doc, isNew }
  const optedOut = known?.doc.optedOut ?? false
  const thread = { phone, conversation: newId(), lastAtMs: atMs, optedOut }
  return { id: known?.id ?? newId(), thread, isNew }
}

const replies = { stop: "sms.stopped", start: "sms.started", help: "sms.help" } as const

async function answer(
  message: string,
  { keyword, language }: Said,
  { call, config, store }: Here,
): Promise<string> {
  const values = { pharmacy: config.spokenName, phone: config.phones.pharmacy }
  const line: Line = { reply: replies[keyword], ...(keyword === "help" ? { values } : {}) }
  const phrased = await call(intent, "phrase", { lines: [line], language })
  const reply = phrased.ok ? phrased.value.sentences.map(({ text }) => text).join(" ") : ""
  await store.messages.change(message, (doc) => ({ ...doc, reply }))
  return reply
}

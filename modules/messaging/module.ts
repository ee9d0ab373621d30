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
  by: t.Optional(t.String()),
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
    threads: { schema: Thread, indexes: { phone: "blind", lastAtMs: "plain" } },
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
      const { clock, emit, store } = context
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
      emit("changed", { atMs })
      if (keyword === "stop" && thread.optedOut) return silent
      if (said) return fixed(await answer(message, said, context))
      if (optedOut) return silent
      return { kind: "converse" as const, conversation: thread.conversation, isNew }
    },

    async answered({ message, reply }, { clock, emit, store }) {
      await store.messages.change(message, (doc) => ({ ...doc, reply }))
      emit("changed", { atMs: clock.nowMs() })
      return {}
    },

    async send({ to, text }, context) {
      const message = await sent({ to, text }, context)
      return message === undefined ? context.fail("opted_out") : { message }
    },

    async write({ phone, text }, context) {
      const { actor, fail } = context
      const by = actor.kind === "staff" ? actor.person : actor.kind
      const message = await sent({ to: phone, text, by }, context)
      return message === undefined ? fail("opted_out") : { message }
    },

    async threads({ limit }, { store }) {
      const latest = { orderBy: "lastAtMs", descending: true } as const
      const found = await store.threads.find({ ...latest, limit: limit ?? SHOWN_DEFAULT })
      const threads = found.map(async ({ doc: { phone, lastAtMs, optedOut } }) => {
        const last = { where: { phone }, orderBy: "atMs", descending: true, limit: 1 } as const
        const [message] = await store.messages.find(last)
        const { text = "", direction = "in" } = message?.doc ?? {}
        return { phone, lastAtMs, optedOut, text, direction }
      })
      return { threads: await Promise.all(threads) }
    },

    async accepts({ phone }, { store }) {
      return { hasStopped: await hasOptedOut(phone, store) }
    },

    async delivered({ message, status, errorCode }, { clock, emit, log, store }) {
      const known = await store.messages.change(message, (doc) => ({ ...doc, status }))
      if (errorCode !== undefined) log.warn("a message was not delivered", { errorCode })
      if (known) emit("changed", { atMs: clock.nowMs() })
      else log.info("a status came for a message that is not ours")
      return {}
    },

    async fate({ message }, { store }) {
      const status = (await store.messages.get(message))?.doc.status
      return status === undefined ? {} : { status }
    },

    async thread({ phone, limit }, { store }) {
      const optedOut = await hasOptedOut(phone, store)
      const latest = { orderBy: "atMs", descending: true, limit: limit ?? SHOWN_DEFAULT } as const
      const found = await store.messages.find({ where: { phone }, ...latest })
      const messages = found
        .map(({ doc: { direction, text, atMs, status, by, reply } }) => ({
          ...{ direction, text, atMs },
          ...(status === undefined ? {} : { status }),
          ...(by === undefined ? {} : { by }),
          ...(reply === undefined ? {} : { reply }),
        }))
        .toSorted((a, b) => a.atMs - b.atMs)
      return { optedOut, messages }
    },
  },
})

interface Outgoing {
  readonly to: string
  readonly text: string
  readonly by?: string
}

/** Undefined when the recipient opted out, here or with the carrier. */
async function sent({ to, text, by }: Outgoing, context: Here): Promise<string | undefined> {
  const { clock, config, emit, store } = context
  if (await hasOptedOut(to, store)) return undefined
  const taken = await carrier?.send({ from: config.phones.pharmacy, to, text })
  if (!taken) return undefined
  const { message } = taken
  const atMs = clock.nowMs()
  const doc = { message, phone: to, direction: "out", text, atMs } as const
  await store.messages.put(message, by === undefined ? doc : { ...doc, by })
  const { id, thread } = await threadOf(to, atMs, context)
  await store.threads.put(id, { ...thread, lastAtMs: atMs })
  emit("changed", { atMs })
  return message
}

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

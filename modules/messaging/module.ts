/**
 * Text messages: kept by number, sent once, and none to anybody who said stop. Holds no
 * conversation.
 */
import { inTurn } from "#core/in-turn.ts"
import { defineModule } from "#core/module.ts"
import { intent, type Line } from "../../intent/contract.ts"
import { type Carrier, openCarrier } from "./carrier.ts"
import { messaging } from "./contract.ts"
import { keywordIn, type Said } from "./keywords.ts"
import { type Here, needs } from "./needs.ts"
import { destroy, keep, placeOf, spokenBy, textsOf } from "./whose.ts"

const SHOWN_DEFAULT = 50

let carrier: Carrier | undefined

export default defineModule(messaging, needs, {
  async start({ config, ports }) {
    carrier = await openCarrier(config.telephony, ports.secrets)
  },

  commands: {
    receive: (incoming, context) =>
      inTurn(incoming.from, async () => {
        const { clock, emit, store } = context
        const { message, from, body } = incoming
        const known = await store.messages.get(message)
        if (known) return known.doc.reply ? fixed(known.doc.reply) : silent
        const atMs = clock.nowMs()
        const text = { message, phone: from, direction: "in", text: body, atMs } as const
        const { id, thread, isNew } = await keep(text, context)
        const said = keywordIn(body)
        const keyword = said?.keyword
        const optedOut = keyword === "stop" || (thread.optedOut && keyword !== "start")
        await store.threads.put(id, { ...thread, lastAtMs: atMs, optedOut })
        emit("changed", { atMs })
        if (keyword === "stop" && thread.optedOut) return silent
        if (said) return fixed(await answer(message, said, context))
        if (optedOut) return silent
        return { kind: "converse" as const, conversation: thread.conversation, isNew }
      }),

    async answered({ message, reply }, { clock, emit, store }) {
      await store.messages.change(message, (doc) => ({ ...doc, reply }))
      emit("changed", { atMs: clock.nowMs() })
      return {}
    },

    async send(outgoing, context) {
      const message = await sent(outgoing, context)
      return message === undefined ? context.fail("opted_out") : { message }
    },

    stopByVoice: ({ phone }, context) =>
      inTurn(phone, async () => {
        const atMs = context.clock.nowMs()
        const { id, thread } = await placeOf({ phone, atMs }, context)
        await context.store.threads.put(id, { ...thread, lastAtMs: atMs, optedOut: true })
        context.emit("changed", { atMs })
        return {}
      }),

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
        // Of an erased patient's thread nothing is left to show but that it said stop.
        if (!message && !optedOut) return []
        const { text = "", direction = "in" } = message?.doc ?? {}
        return [{ phone, lastAtMs, optedOut, text, direction }]
      })
      return { threads: (await Promise.all(threads)).flat() }
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

    async textsOf(owner, context) {
      const found = await textsOf(owner, context)
      const texts = found.map(({ message: _, conversation, whose, ...said }) => said)
      return { texts }
    },

    destroy: async (owner, context) => ({ conversations: await destroy(owner, context) }),
  },

  facts: {
    send: async ({ patient }) => (patient === undefined ? {} : { patient }),
    destroy: async ({ patient }) => ({ patient }),
  },

  events: {
    "verification.passed": ({ conversation, patient }, context) =>
      spokenBy(patient, conversation, context),
  },
})

interface Outgoing {
  readonly to: string
  readonly text: string
  readonly patient?: string
  readonly by?: string
}

/** Undefined when the recipient opted out, here or with the carrier. */
async function sent(outgoing: Outgoing, context: Here): Promise<string | undefined> {
  const { to, text, patient, by } = outgoing
  const { clock, config, emit, store } = context
  if (await hasOptedOut(to, store)) return undefined
  const taken = await carrier?.send({ from: config.phones.pharmacy, to, text })
  if (!taken) return undefined
  const { message } = taken
  await inTurn(to, async () => {
    const atMs = clock.nowMs()
    const doc = { message, phone: to, direction: "out", text, atMs } as const
    const { id, thread } = await keep(by === undefined ? doc : { ...doc, by }, context, patient)
    await store.threads.put(id, { ...thread, lastAtMs: atMs })
    emit("changed", { atMs })
  })
  return message
}

const silent = { kind: "silent" as const }
const fixed = (reply: string) => ({ kind: "fixed" as const, reply })

async function hasOptedOut(phone: string, store: Here["store"]): Promise<boolean> {
  const [thread] = await store.threads.find({ where: { phone }, limit: 1 })
  return thread?.doc.optedOut ?? false
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

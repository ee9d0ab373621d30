/**
 * Counts what happened, day by day, when a conversation is over. It keeps whom a call came from as
 * a keyed hash only, to see who had to come back, and forgets that after a week.
 */
import { DateTime } from "luxon"
import { Type as t } from "typebox"
import type { ContractSpec, EventOf, Name } from "#core/contract.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { voice } from "../../voice/contract.ts"
import { calls } from "../calls/contract.ts"
import { conversations } from "../conversations/contract.ts"

import { workQueue } from "../work-queue/contract.ts"
import { analytics, Outcome } from "./contract.ts"
import { figuresOf, reportOf } from "./report.ts"
import { emptyTally, Tally, withDecision, withTalk } from "./tally.ts"

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const REPEAT_MS = DAY_MS
const KEPT_DAYS = 7
const DAYS_MAX = 400
const TURNS_MAX = 100
const FORGOTTEN_AT_ONCE = 1_000
const MISSED_DEFAULT = 50

const Talk = t.Object({
  conversation: t.String(),
  channel: t.String(),
  openedAtMs: t.Integer(),
  day: t.String(),
  hour: t.Integer(),
  /** Whom it came from: told to nobody, looked up by its keyed hash. */
  caller: t.Optional(t.String()),
  outcome: t.Optional(Outcome),
  /** Whoever came back is counted once. */
  isRepeated: t.Optional(t.Boolean()),
  tier: t.Integer(),
  reasons: t.Array(t.String()),
  latenciesMs: t.Array(t.Integer()),
  confidences: t.Array(t.Number()),
})

const needs = {
  ...nothing,
  uses: [calls],
  hears: [conversations, workQueue, voice],
  config: t.Object({ timeZone: t.String() }),
  collections: {
    talks: { schema: Talk, indexes: { openedAtMs: "plain", caller: "blind" } },
    days: { schema: Tally, indexes: { day: "plain" } },
    waits: {
      schema: t.Object({ openedAtMs: t.Integer(), tier: t.Integer() }),
      indexes: { openedAtMs: "plain" },
    },
    missed: {
      schema: t.Object({
        conversation: t.String(),
        turn: t.Integer(),
        atMs: t.Integer(),
      }),
      indexes: { atMs: "plain" },
    },
  },
} as const

type Here = Context<typeof analytics, typeof needs>

export default defineModule(analytics, needs, {
  commands: {
    async report({ from, until }, { fail, store }) {
      const days = daysBetween(from, until)
      if (days.length > DAYS_MAX) return fail("too_long")
      const found = await store.days.find({
        from: { day: from },
        before: { day: `${until}~` },
        orderBy: "day",
        limit: DAYS_MAX,
      })
      const counted = new Map(found.map(({ doc }) => [doc.day, doc]))
      return reportOf(days.map((day) => counted.get(day) ?? emptyTally(day)))
    },

    async today(_, { clock, config, store }) {
      const { day } = momentOf(clock.nowMs(), config.timeZone)
      return { day, ...figuresOf((await store.days.get(day))?.doc ?? emptyTally(day)) }
    },

    async missed({ limit }, { store }) {
      const found = await store.missed.find({
        orderBy: "atMs",
        descending: true,
        limit: limit ?? MISSED_DEFAULT,
      })
      return { missed: found.map(({ doc }) => doc) }
    },
  },

  events: {
    "conversations.opened": (told, context) => inTurn(() => begin(told, context)),
    "conversations.understood": (told, context) => inTurn(() => note(told, context)),
    "conversations.closed": (told, context) => inTurn(() => close(told, context)),
    "voice.turned": (told, { store }) => inTurn(() => noteWait(told, store)),
    "work-queue.changed": (told, context) => inTurn(() => noteItem(told, context)),
  },

  schedules: {
    forget: {
      cron: "17 4 * * *",
      async run({ clock, store }) {
        const untilMs = Math.round(clock.nowMs() - KEPT_DAYS * DAY_MS)
        const limit = FORGOTTEN_AT_ONCE
        const talks = await store.talks.find({ before: { openedAtMs: untilMs }, limit })
        for (const { id } of talks) await store.talks.remove(id)
        const waits = await store.waits.find({ before: { openedAtMs: untilMs }, limit })
        for (const { id } of waits) await store.waits.remove(id)
        const missed = await store.missed.find({ before: { atMs: untilMs }, limit })
        for (const { id } of missed) await store.missed.remove(id)
      },
    },
  },
})

type Told<D extends ContractSpec, E extends Name<D["events"]>> = EventOf<D, E>
type Talks = typeof conversations

async function begin({ conversation, channel }: Told<Talks, "opened">, context: Here) {
  const { clock, config, store } = context
  if (await store.talks.get(conversation)) return
  const openedAtMs = Math.round(clock.nowMs())
  const moment = momentOf(openedAtMs, config.timeZone)
  const nothingYet = { tier: 0, reasons: [], latenciesMs: [], confidences: [] }
  const talk = { conversation, channel, openedAtMs, ...moment, ...nothingYet }
  await store.talks.put(conversation, talk)
}

async function note(told: Told<Talks, "understood">, { clock, store }: Here) {
  const { conversation, turn, wishes, tried } = told
  const confidences = wishes.map(({ confidence }) => confidence)
  const meant = wishes.map(({ intent }) => intent).filter((intent) => !isAnswer(intent))
  await store.talks.change(conversation, (talk) => ({
    ...talk,
    reasons: [...new Set([...talk.reasons, ...meant])],
    confidences: [...talk.confidences, ...confidences].slice(0, TURNS_MAX),
  }))
  // What the rules alone answered was an answer to a question, and understood.
  if (wishes.length > 0 || tried.length === 0) return
  const atMs = Math.round(clock.nowMs())
  await store.missed.put(`${conversation} ${turn}`, { conversation, turn, atMs })
}

async function noteWait(
  { call, firstAudioMs }: Told<typeof voice, "turned">,
  store: Here["store"],
) {
  await store.talks.change(call, (talk) => ({
    ...talk,
    latenciesMs: [...talk.latenciesMs, firstAudioMs].slice(0, TURNS_MAX),
  }))
}

async function noteItem(told: Told<typeof workQueue, "changed">, context: Here): Promise<void> {
  const { item, state, tier, conversation } = told
  const { clock, config, store } = context
  const waited = await store.waits.get(item)
  if (state === "open" && conversation !== undefined)
    await store.talks.change(conversation, (talk) => ({ ...talk, tier: Math.max(talk.tier, tier) }))
  if (state === "open" && !waited)
    await store.waits.put(item, { openedAtMs: Math.round(clock.nowMs()), tier })
  if (state === "open" || state === "claimed" || !waited) return
  await store.waits.remove(item)
  const minutes = (clock.nowMs() - waited.doc.openedAtMs) / MINUTE_MS
  const { day } = momentOf(clock.nowMs(), config.timeZone)
  await count(day, context, (tally) => withDecision(tally, tier, minutes))
}

async function close({ conversation, reason }: Told<Talks, "closed">, context: Here) {
  const { store } = context
  const talk = (await store.talks.get(conversation))?.doc
  if (!talk || talk.outcome) return
  const outcome = outcomeOf(talk, reason)
  const caller = await callerOf(conversation, context)
  const closed = { outcome, ...(caller === undefined ? {} : { caller }) }
  await store.talks.change(conversation, (one) => ({ ...one, ...closed }))
  await count(talk.day, context, (tally) => withTalk(tally, { ...talk, outcome }))
  if (caller !== undefined) await countRepeat({ ...talk, caller }, context)
}

/** Answers to our own questions are not what somebody called about. */
function isAnswer(intent: string): boolean {
  return ["yes", "no", "repeat", "goodbye"].includes(intent)
}

function outcomeOf(talk: { tier: number; reasons: readonly string[] }, reason: string): Outcome {
  if (reason === "lost" || reason === "transferred") return reason
  const person = (["alone", "technician", "pharmacist", "manager"] as const)[talk.tier] ?? "alone"
  if (person !== "alone") return person
  return talk.reasons.length === 0 && reason === "caller_left" ? "abandoned" : "alone"
}

/** A text has no call; a withheld number is nobody's. */
async function callerOf(conversation: string, { call }: Here): Promise<string | undefined> {
  const found = await call(calls, "get", { call: conversation })
  return found.ok ? found.value.from : undefined
}

interface Closed {
  readonly conversation: string
  readonly caller: string
  readonly openedAtMs: number
}

/** Somebody whom the agent had answered alone comes back: that day's answer did not last. */
async function countRepeat({ conversation, caller, openedAtMs }: Closed, context: Here) {
  const { store } = context
  const before = await store.talks.find({ where: { caller } })
  for (const { id, doc } of before) {
    const isEarlier = id !== conversation && doc.openedAtMs < openedAtMs
    const isRecent = doc.openedAtMs >= openedAtMs - REPEAT_MS
    if (!isEarlier || !isRecent || doc.outcome !== "alone" || doc.isRepeated) continue
    await store.talks.change(id, (talk) => ({ ...talk, isRepeated: true }))
    await count(doc.day, context, (tally) => ({ ...tally, repeated: tally.repeated + 1 }))
  }
}

/** What is heard is counted in the order it was told: the end of a call comes after its words. */
let last: Promise<unknown> = Promise.resolve()

function inTurn(work: () => Promise<void>): Promise<void> {
  const mine = last.then(work)
  last = mine.catch(() => undefined)
  return mine
}

async function count(day: string, { store }: Here, edit: (tally: Tally) => Tally): Promise<void> {
  const known = (await store.days.get(day))?.doc ?? emptyTally(day)
  await store.days.put(day, edit(known))
}

function momentOf(atMs: number, timeZone: string) {
  const at = DateTime.fromMillis(atMs, { zone: timeZone })
  return { day: at.toFormat("yyyy-MM-dd"), hour: at.hour }
}

function daysBetween(from: string, until: string): readonly string[] {
  const days: string[] = []
  const end = DateTime.fromISO(until, { zone: "utc" })
  for (let day = DateTime.fromISO(from, { zone: "utc" }); day <= end; day = day.plus({ days: 1 })) {
    days.push(day.toFormat("yyyy-MM-dd"))
    if (days.length > DAYS_MAX) break
  }
  return days
}

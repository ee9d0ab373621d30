/**
 * Outreach policy: asks the table, keeps what patients chose and how often they were written to.
 * What it cannot find out counts against sending.
 */
import { type Static, Type as t } from "typebox"
import { inTurn } from "#core/in-turn.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { PatientId, type PatientRecord, Phone, pms } from "#core/pms.ts"
import { Holiday } from "#core/site.ts"
import { messaging } from "../messaging/contract.ts"
import { Choices, Kind, outreachPolicy } from "./contract.ts"
import { decide, terms } from "./decide.ts"
import { spanOf } from "./hours.ts"

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** Longer than any cap looks back and than any message waits to be sent again. */
const KEPT_MS = 40 * DAY_MS
const PRUNED_AT_ONCE = 1_000
/** More than the caps let through in a week. */
const SENT_MAX = 50

const Kept = t.Object({ patient: PatientId, ...Choices.properties })
const Sent = t.Object({
  recipient: PatientId,
  phone: Phone,
  kind: Kind,
  isCapped: t.Boolean(),
  atMs: t.Integer(),
})

const needs = {
  ...nothing,
  uses: [messaging, pms],
  config: t.Object({
    language: t.Union([t.Literal("en"), t.Literal("es")], { default: "en" }),
    holidays: t.Array(Holiday, { default: [] }),
  }),
  collections: {
    choices: { schema: Kept, indexes: { patient: "blind" }, patientField: "patient" },
    sent: {
      schema: Sent,
      indexes: { phone: "blind", atMs: "plain" },
      patientField: "recipient",
    },
  },
} as const

type Here = Context<typeof outreachPolicy, typeof needs>
type Foreseen = Static<typeof outreachPolicy.commands.foresee.output>

const unsaid: Choices = { hasStopped: false, wantsCalls: false, agreed: [] }

export default defineModule(outreachPolicy, needs, {
  commands: {
    async admit({ message, recipient, kind, notAfterMs }, context) {
      const found = await context.call(pms, "getPatient", { patient: recipient })
      if (!found.ok) return context.fail("unknown_patient")
      const [phone] = found.value.phones
      if (phone === undefined) return { verdict: "refuse" as const, why: "no_number" as const }
      const asked = { kind, ...(notAfterMs === undefined ? {} : { notAfterMs }) }
      return await inTurn(phone, () => admitted(message, asked, found.value, context))
    },

    async foresee({ recipient, kind }, context) {
      const found = await context.call(pms, "getPatient", { patient: recipient })
      if (!found.ok) return context.fail("unknown_patient")
      return await weighed("foreseen", { kind }, found.value, context)
    },

    async choose({ patient, ...said }, context) {
      const { emit, fail, newId, store } = context
      if (said.ownHours !== undefined && isBackwards(said.ownHours)) return fail("no_hours")
      return await inTurn(patient, async () => {
        const known = await chosenBy(patient, store)
        const choices: Choices = { ...(known?.choices ?? unsaid), ...said }
        await store.choices.put(known?.id ?? newId(), { patient, ...choices })
        emit("chosen", { patient })
        return choices
      })
    },

    async choices({ patient }, { store }) {
      return (await chosenBy(patient, store))?.choices ?? unsaid
    },
  },

  schedules: {
    forget: { cron: "37 3 * * *", run: forget },
  },

  facts: {
    choose: async ({ patient }) => ({ patient }),
    choices: async ({ patient }) => ({ patient }),
  },
})

/** One at a time for a number, so that two messages never both find the last place free. */
async function admitted(
  message: string,
  asked: Parameters<typeof decide>[0],
  record: PatientRecord,
  context: Here,
) {
  const { now } = await weighed(message, asked, record, context)
  if (now.verdict !== "send") return now
  const { kind } = asked
  const doc: Static<typeof Sent> = {
    ...{ recipient: record.patient, phone: now.phone, kind, isCapped: terms[kind].isCapped },
    atMs: Math.round(context.clock.nowMs()),
  }
  await context.store.sent.put(message, doc)
  return now
}

/** What the table and the patient's choices come to. Writes nothing down. */
async function weighed(
  message: string,
  asked: Parameters<typeof decide>[0],
  { patient, zip, language: spoken, phones: [phone] }: PatientRecord,
  { call, clock, config, store }: Here,
): Promise<Foreseen> {
  const choices = (await chosenBy(patient, store))?.choices ?? unsaid
  const language = choices.language ?? spoken ?? config.language
  if (phone === undefined) return { language, now: { verdict: "refuse", why: "no_number" } }
  const nowMs = Math.round(clock.nowMs())
  const heard = await call(messaging, "accepts", { phone })
  const hasStopped = choices.hasStopped || !heard.ok || heard.value.hasStopped
  const { wantsCalls, agreed, ownHours } = choices
  const verdict = decide(
    asked,
    {
      ...{ phone, hasStopped, wantsCalls, agreed },
      ...(zip === undefined ? {} : { zip }),
      ...(ownHours === undefined ? {} : { own: spanOf(ownHours) }),
      sentAtMs: await sentBeside(message, phone, nowMs, store),
      holidays: config.holidays.map(({ on }) => on),
    },
    nowMs,
  )
  return { language, now: verdict.verdict === "send" ? { ...verdict, phone, language } : verdict }
}

/** A message that asks again, its sender having died before it sent, is not in its own way. */
async function sentBeside(message: string, phone: string, nowMs: number, store: Here["store"]) {
  const found = await store.sent.find({
    where: { phone },
    from: { atMs: nowMs - WEEK_MS },
    orderBy: "atMs",
    descending: true,
    limit: SENT_MAX,
  })
  return found.flatMap(({ id, doc }) => (doc.isCapped && id !== message ? [doc.atMs] : []))
}

async function chosenBy(patient: string, store: Here["store"]) {
  const [found] = await store.choices.find({ where: { patient }, limit: 1 })
  if (!found) return undefined
  const { patient: _, ...choices } = found.doc
  return { id: found.id, choices }
}

async function forget({ clock, store }: Here): Promise<void> {
  const before = { atMs: Math.round(clock.nowMs()) - KEPT_MS }
  const old = await store.sent.find({ before, orderBy: "atMs", limit: PRUNED_AT_ONCE })
  for (const { id } of old) await store.sent.remove(id)
}

function isBackwards(ownHours: string): boolean {
  const { fromMinute, untilMinute } = spanOf(ownHours)
  return untilMinute <= fromMinute
}

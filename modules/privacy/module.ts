/**
 * A patient's record as a copy or at its end, and how long sound and words are kept. Nothing is
 * destroyed while a legal hold stands on the patient. The audit log is never touched.
 */
import { Type as t } from "typebox"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { calls } from "../calls/contract.ts"
import { consents } from "../consents/contract.ts"
import { messaging } from "../messaging/contract.ts"
import { patients } from "../patients/contract.ts"
import { prescriptions } from "../prescriptions/contract.ts"
import { recordings } from "../recordings/contract.ts"
import { transcripts } from "../transcripts/contract.ts"
import { Hold, privacy } from "./contract.ts"

const DAY_MS = 86_400_000
const CALLS_AT_ONCE = 200
const EXPIRED_AT_ONCE = 500
const HOLDS_MAX = 1_000

const needs = {
  ...nothing,
  uses: [calls, consents, messaging, patients, prescriptions, recordings, transcripts],
  ports: ["erasure"],
  config: t.Object({
    /** How long sound and words are kept: what the state asks for, and the pharmacy's counsel. */
    recordingDays: t.Integer({ default: 365, minimum: 1 }),
    transcriptDays: t.Integer({ default: 730, minimum: 1 }),
  }),
  collections: {
    holds: { schema: Hold, indexes: { patient: "blind", sinceMs: "plain" } },
    /** That it was done, for whom by reference, and why: what is left of an erased patient. */
    erasures: {
      schema: t.Object({
        patient: t.String(),
        by: t.String(),
        because: t.String(),
        atMs: t.Integer(),
      }),
    },
  },
} as const

type Here = Context<typeof privacy, typeof needs>

export default defineModule(privacy, needs, {
  commands: {
    async export({ patient }, context) {
      // Whoever borrows an open screen must not carry a whole record away.
      if (isUnproved(context)) return context.fail("prove_again")
      const kept = await recordOf(patient, context)
      const bytes = Buffer.from(JSON.stringify(kept, undefined, 2))
      return { name: "record.json", base64: bytes.toString("base64") }
    },

    async erase({ patient, because }, context) {
      const { actor, clock, fail, key, ports, store } = context
      // Whoever borrows an open screen must not destroy what nobody can bring back.
      if (isUnproved(context)) return fail("prove_again")
      if (await isHeld(patient, context)) return fail("on_hold")
      const phones = await ownNumbersOf(patient, context)
      const destroyed = { transcripts: 0, recordings: 0 }
      for (const { call, recording } of await callsOf(patient, context)) {
        if (recording !== undefined && (await isDestroyed(recording, context)))
          destroyed.recordings++
        await context.call(transcripts, "destroy", { conversation: call })
        destroyed.transcripts++
        // What was heard before it was known whose call it was.
        await ports.erasure.erase(call)
      }
      // Theirs goes last: it opens who spoke in which conversation, if this is cut short.
      const texts = await context.call(messaging, "destroy", { patient, phones })
      for (const conversation of texts.ok ? texts.value.conversations : [])
        await ports.erasure.erase(conversation)
      await ports.erasure.erase(patient)
      const by = actor.kind === "staff" ? actor.person : actor.kind
      await store.erasures.put(key, { patient, by, because, atMs: Math.round(clock.nowMs()) })
      return destroyed
    },

    async hold({ patient, because }, { actor, clock, newId, store }) {
      const hold = newId()
      const by = actor.kind === "staff" ? actor.person : actor.kind
      const sinceMs = Math.round(clock.nowMs())
      await store.holds.put(hold, { hold, patient, because, by, sinceMs }, 0)
      return { hold }
    },

    async release({ hold }, { fail, store }) {
      if (!(await store.holds.get(hold))) return fail("unknown_hold")
      await store.holds.remove(hold)
      return {}
    },

    async holds(_, { store }) {
      const found = await store.holds.find({ orderBy: "sinceMs", limit: HOLDS_MAX })
      return { holds: found.map(({ doc }) => doc) }
    },

    async retention(_, { config: { recordingDays, transcriptDays } }) {
      return { recordingDays, transcriptDays }
    },

    async applyRetention(_, context) {
      return await applyRetention(context)
    },
  },

  facts: {
    export: async ({ patient }) => ({ patient }),
    erase: async ({ patient }) => ({ patient }),
    hold: async ({ patient }) => ({ patient }),
    async release({ hold }, { store }) {
      const patient = (await store.holds.get(hold))?.doc.patient
      return patient === undefined ? {} : { patient }
    },
  },

  schedules: {
    retention: {
      cron: "20 3 * * *",
      async run(context) {
        const destroyed = await applyRetention(context)
        context.log.info("what was kept long enough is destroyed", destroyed)
      },
    },
  },
})

function isUnproved({ actor }: Here): boolean {
  return actor.kind === "staff" && actor.lacks?.includes("proof") === true
}

/** What every module that keeps something of a patient says, under the asker's own rights. */
async function recordOf(patient: string, context: Here) {
  const { call } = context
  const phones = await ownNumbersOf(patient, context)
  const [record, given, filled, written] = await Promise.all([
    call(patients, "get", { patient }),
    call(consents, "list", { patient }),
    call(prescriptions, "list", { patient }),
    call(messaging, "textsOf", { patient, phones }),
  ])
  const talks = []
  for (const one of await callsOf(patient, context)) {
    const said = await call(transcripts, "get", { conversation: one.call })
    talks.push({ call: one, transcript: said.ok ? said.value : undefined })
  }
  return {
    patient: record.ok ? record.value : undefined,
    prescriptions: filled.ok ? filled.value : undefined,
    consents: given.ok ? given.value.consents : [],
    calls: talks,
    texts: written.ok ? written.value.texts : [],
  }
}

/** Numbers on file with the patient and with nobody else: what nobody claimed there is theirs. */
async function ownNumbersOf(patient: string, { call }: Here): Promise<string[]> {
  const found = await call(patients, "contact", { patient })
  const own = (found.ok ? found.value.phones : []).map(async (phone) => {
    const there = await call(patients, "atNumber", { phone })
    const isAlone = there.ok && there.value.patients.every((one) => one.patient === patient)
    return isAlone && there.value.patients.length > 0 ? [phone] : []
  })
  return (await Promise.all(own)).flat()
}

/** All calls that turned out to be the patient's, the newest first. */
async function callsOf(patient: string, { call }: Here) {
  const all = []
  for (let beforeMs: number | undefined; ; ) {
    const about = { patient, limit: CALLS_AT_ONCE }
    const page = await call(calls, "list", beforeMs === undefined ? about : { ...about, beforeMs })
    const found = page.ok ? page.value.calls : []
    all.push(...found)
    const last = found.at(-1)
    if (!last || found.length < CALLS_AT_ONCE) return all
    beforeMs = last.startedAtMs
  }
}

async function isHeld(patient: string, { store }: Here): Promise<boolean> {
  return (await store.holds.count({ where: { patient } })) > 0
}

async function isDestroyed(recording: string, { call }: Here): Promise<boolean> {
  return (await call(recordings, "destroy", { recording })).ok
}

async function applyRetention(context: Here) {
  const { clock, config } = context
  const nowMs = Math.round(clock.nowMs())
  return {
    recordings: await expireRecordings(nowMs - config.recordingDays * DAY_MS, context),
    transcripts: await expireTranscripts(nowMs - config.transcriptDays * DAY_MS, context),
  }
}

/** What is held is stepped over; what was destroyed is not listed again. */
async function expireRecordings(beforeMs: number, context: Here): Promise<number> {
  let count = 0
  for (let fromMs = 0; ; ) {
    const asked = { fromMs, beforeMs, limit: EXPIRED_AT_ONCE }
    const page = await context.call(recordings, "expired", asked)
    const found = page.ok ? page.value.recordings : []
    for (const { patient, recording } of found) {
      if (patient !== undefined && (await isHeld(patient, context))) continue
      if (await isDestroyed(recording, context)) count++
    }
    const last = found.at(-1)
    if (!last || found.length < EXPIRED_AT_ONCE || last.endedAtMs === fromMs) return count
    fromMs = last.endedAtMs
  }
}

async function expireTranscripts(beforeMs: number, context: Here): Promise<number> {
  let count = 0
  for (let fromMs = 0; ; ) {
    const asked = { fromMs, beforeMs, limit: EXPIRED_AT_ONCE }
    const page = await context.call(transcripts, "expired", asked)
    const found = page.ok ? page.value.transcripts : []
    for (const { conversation, patient } of found) {
      if (patient !== undefined && (await isHeld(patient, context))) continue
      await context.call(transcripts, "destroy", { conversation })
      count++
    }
    const last = found.at(-1)
    if (!last || found.length < EXPIRED_AT_ONCE || last.begunAtMs === fromMs) return count
    fromMs = last.begunAtMs
  }
}

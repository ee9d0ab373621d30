/** Callbacks: what was promised, by when, and whether it was kept. Calls nobody by itself. */
import { Type as t } from "typebox"
import type { Input } from "#core/contract.ts"
import { Outage } from "#core/fault.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { storeInfo } from "../store-info/contract.ts"
import { Callback, callbacks } from "./contract.ts"
import { dueInMinutes, dueNextBusinessDay, type Hours } from "./due.ts"

const LISTED_MAX = 500

const needs = {
  ...nothing,
  uses: [storeInfo],
  config: t.Object({
    timeZone: t.String(),
    /** Minutes of opening time. A manager has until the next business day. */
    dueMinutes: t.Object(
      {
        technician: t.Integer({ default: 60, minimum: 0 }),
        pharmacist: t.Integer({ default: 30, minimum: 0 }),
      },
      { default: {} },
    ),
  }),
  collections: {
    callbacks: {
      schema: t.Object({ ...Callback.properties, isDone: t.Boolean() }),
      indexes: { dueAtMs: "plain", isDone: "plain" },
      patientField: "patient",
    },
  },
} as const

type Here = Context<typeof callbacks, typeof needs>

async function noted(promised: Input<typeof callbacks, "promise">, context: Here) {
  const { emit, newId, store } = context
  const callback = newId()
  const dueAtMs = await dueFor(promised.forRole, context)
  await store.callbacks.put(callback, { ...promised, callback, dueAtMs, isDone: false }, 0)
  emit("promised", { callback, dueAtMs, ...(promised.item && { item: promised.item }) })
  return { callback, dueAtMs }
}

export default defineModule(callbacks, needs, {
  commands: {
    promise: noted,
    owe: noted,

    async list({ includeDone = false }, { store }) {
      const found = await store.callbacks.find({
        ...(includeDone ? {} : { where: { isDone: false } }),
        orderBy: "dueAtMs",
        limit: LISTED_MAX,
      })
      return { callbacks: found.map(({ doc: { isDone: _, ...callback } }) => callback) }
    },

    async done({ callback }, { actor, clock, emit, fail, store }) {
      const doneBy = actor.kind === "staff" ? actor.person : actor.kind
      const found = await store.callbacks.get(callback)
      if (!found) return fail("unknown_callback")
      // Who was first keeps the credit.
      if (found.doc.isDone) return {}
      const doneAtMs = clock.nowMs()
      await store.callbacks.change(callback, (doc) =>
        doc.isDone ? doc : { ...doc, isDone: true, doneAtMs, doneBy },
      )
      const { item } = found.doc
      emit("done", { callback, ...(item && { item }) })
      return {}
    },
  },

  facts: {
    owe: async ({ patient }) => (patient === undefined ? {} : { patient }),
    async done({ callback }, { store }) {
      const patient = (await store.callbacks.get(callback))?.doc.patient
      return patient === undefined ? {} : { patient }
    },
  },
})

function dueFor(role: "technician" | "pharmacist" | "manager", context: Here): Promise<number> {
  const { clock, config } = context
  const moment = { nowMs: clock.nowMs(), timeZone: config.timeZone }
  const hoursAt = (atMs: number) => hoursOf(atMs, context)
  if (role === "manager") return dueNextBusinessDay(moment, hoursAt)
  return dueInMinutes(config.dueMinutes[role], moment, hoursAt)
}

/** A promise is kept on file also while the hours cannot be asked for. */
async function hoursOf(atMs: number, { call, log }: Here): Promise<Hours | undefined> {
  try {
    const hours = await call(storeInfo, "hours", { atMs })
    return hours.ok ? hours.value : undefined
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    log.warn("a callback is due without regard to the hours", { code: trouble.code })
    return undefined
  }
}

/**
 * Reminders: plans one refill reminder and one pickup reminder for a fill, and drops them when they
 * are overtaken. Writes to nobody itself, and refills nothing.
 */
import { DateTime } from "luxon"
import { type Static, Type as t } from "typebox"
import { DeaSchedule, type RefillEligibility } from "#core/decision.ts"
import { Outage } from "#core/fault.ts"
import { inTurn } from "#core/in-turn.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { type FillStatus, type Prescription, pms } from "#core/pms.ts"
import { drugs } from "../drugs/contract.ts"
import { notifications } from "../notifications/contract.ts"
import { Plan, reminders } from "./contract.ts"

const DAY_MS = 86_400_000
/** In the morning of its day; the policy moves it to when the patient may be written to. */
const MORNING_HOUR = 9
const DUE_AT_ONCE = 200
const LISTED_MAX = 200
/** One of a kind for a prescription; more would be a mistake of ours, and go with it. */
const PLANS_MAX = 10

const Kept = t.Object({ ...Plan.properties, plan: t.String() })
type Kept = Static<typeof Kept>

const needs = {
  ...nothing,
  uses: [drugs, notifications, pms],
  hears: [pms],
  config: t.Object({
    timeZone: t.String(),
    refillDaysBefore: t.Integer({ default: 3, minimum: 0, maximum: 14 }),
    pickupAfterDays: t.Integer({ default: 7, minimum: 1, maximum: 14 }),
    /** A reminder that could not go out for so many days is dropped. */
    staleAfterDays: t.Integer({ default: 3, minimum: 1, maximum: 14 }),
    /** Schedules whose refills are reminded of. Controlled substances are not. */
    refillSchedules: t.Array(DeaSchedule, { default: ["none"] }),
  }),
  collections: {
    plans: {
      schema: Kept,
      indexes: { rxNumber: "blind", patient: "blind", dueAtMs: "plain" },
      patientField: "patient",
    },
  },
} as const

type Here = Context<typeof reminders, typeof needs>

const fetched: readonly FillStatus[] = ["picked_up", "shipped", "delivered"]
/** Three days before, many payers still say that it is too soon; the reminder says "soon". */
const worthWhile: readonly RefillEligibility[] = ["refillable", "too_soon"]

export default defineModule(reminders, needs, {
  commands: {
    async look(_, context) {
      const nextAtMs = await remindDue(context)
      return nextAtMs === undefined ? {} : { nextAtMs }
    },

    async list({ patient }, { store }) {
      const found = await store.plans.find({
        where: { patient },
        orderBy: "dueAtMs",
        limit: LISTED_MAX,
      })
      return { reminders: found.map(({ doc: { plan: _, ...planned } }) => planned) }
    },
  },

  events: {
    "pms.fillChanged": async ({ rxNumber, fill }, context) =>
      await inTurn(rxNumber, () => heard(rxNumber, fill, context)),
  },

  schedules: {
    everyFiveMinutes: {
      cron: "*/5 * * * *",
      run: async (context) => {
        await remindDue(context)
      },
    },
  },

  facts: {
    list: async ({ patient }) => ({ patient }),
  },
})

/** Whatever happens to a fill overtakes what was planned; ready twice is ready once. */
async function heard(rxNumber: string, fill: FillStatus, context: Here): Promise<void> {
  const { call, clock, config, store } = context
  if (fill === "unknown") return
  const planned = await store.plans.find({ where: { rxNumber }, limit: PLANS_MAX })
  if (fill === "ready" && planned.some(({ doc }) => doc.kind === "pickup")) return
  for (const { id } of planned) await store.plans.remove(id)
  const isFetched = fetched.includes(fill)
  if (fill !== "ready" && !isFetched) return
  const found = await call(pms, "getPrescription", { rxNumber })
  if (!found.ok) return
  const { patient } = found.value
  if (fill === "ready") {
    const dueAtMs = Math.round(clock.nowMs()) + config.pickupAfterDays * DAY_MS
    return plan({ rxNumber, patient, kind: "pickup", dueAtMs }, context)
  }
  const dueAtMs = await refillDueMs(found.value, context)
  if (dueAtMs === undefined || dueAtMs <= clock.nowMs()) return
  return plan({ rxNumber, patient, kind: "refill", dueAtMs }, context)
}

async function plan(planned: Plan, { newId, store }: Here): Promise<void> {
  const id = newId()
  await store.plans.put(id, { plan: id, ...planned }, 0)
}

/** Undefined where no reminder is due: nothing left to refill, unknown days, or controlled. */
async function refillDueMs(rx: Prescription, { call, config }: Here): Promise<number | undefined> {
  const { lastFilledOn, daysSupply, refillsLeft, drugName } = rx
  if (lastFilledOn === undefined || !daysSupply || refillsLeft === 0) return undefined
  const described = await call(drugs, "describe", { drugName })
  const known = described.ok ? (described.value.schedule ?? "none") : "unknown"
  const mayRemind = [rx.schedule, known].every((one) => config.refillSchedules.includes(one))
  if (!mayRemind) return undefined
  return DateTime.fromISO(lastFilledOn, { zone: config.timeZone })
    .plus({ days: daysSupply - config.refillDaysBefore })
    .set({ hour: MORNING_HOUR })
    .toMillis()
}

/** Answers when the next one is due. */
async function remindDue(context: Here): Promise<number | undefined> {
  const { clock, store } = context
  const due = await store.plans.find({
    before: { dueAtMs: Math.round(clock.nowMs()) + 1 },
    orderBy: "dueAtMs",
    limit: DUE_AT_ONCE,
  })
  try {
    for (const { id, doc } of due) await inTurn(doc.rxNumber, () => remind(id, context))
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    context.log.warn("reminders wait for an outage to pass", { code: trouble.code })
  }
  const [next] = await store.plans.find({ orderBy: "dueAtMs", limit: 1 })
  return next?.doc.dueAtMs
}

/** Handed on under the plan's own key: a death before it is dropped makes no second one. */
async function remind(id: string, context: Here): Promise<void> {
  const { call, clock, config, emit, store } = context
  const kept = (await store.plans.get(id))?.doc
  if (!kept) return
  const { rxNumber, patient, kind, dueAtMs } = kept
  const notAfterMs = dueAtMs + config.staleAfterDays * DAY_MS
  if (clock.nowMs() <= notAfterMs && (await isStillDue(kept, context))) {
    const notice = { patient, rxNumber, notAfterMs, kind: `${kind}_reminder` } as const
    const told = await call(notifications, "tell", notice, { key: `reminder:${id}` })
    if (told.ok) emit("reminded", { patient, rxNumber, kind })
  }
  await store.plans.remove(id)
}

async function isStillDue({ kind, rxNumber }: Kept, { call }: Here): Promise<boolean> {
  if (kind === "refill") {
    const asked = await call(pms, "refillEligibility", { rxNumber })
    return asked.ok && worthWhile.includes(asked.value.eligibility)
  }
  const found = await call(pms, "getPrescription", { rxNumber })
  return found.ok && found.value.fill === "ready"
}

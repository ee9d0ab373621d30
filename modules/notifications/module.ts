/**
 * Notifications: hears that a fill is ready and tells whom it concerns. Writes to nobody whom the
 * policy does not let it write to, and says nothing that a stranger may not read.
 */
import { inTurn } from "#core/in-turn.ts"
import { defineModule } from "#core/module.ts"
import { type FillStatus, pms } from "#core/pms.ts"
import { messaging } from "../messaging/contract.ts"
import { outreachPolicy } from "../outreach-policy/contract.ts"
import { type Notice, notifications } from "./contract.ts"
import { type Here, type Kept, needs } from "./needs.ts"
import { sendDue, worded } from "./send.ts"
import { namesMedicine, write } from "./write.ts"

const DAY_MS = 86_400_000
/** Word that a fill is ready, or an answer, that is older helps nobody. */
const NEWS_MS = 5 * DAY_MS
const LISTED_MAX = 200

export default defineModule(notifications, needs, {
  commands: {
    async tell({ patient, kind, rxNumber, notAfterMs }, context) {
      const found = await context.call(pms, "getPrescription", { rxNumber })
      if (!found.ok || found.value.patient !== patient) return context.fail("unknown_rx")
      await write(found.value, { kind, notAfterMs }, context)
      return {}
    },

    async answer({ patient, text, item }, context) {
      const { call, clock, fail, newId, store } = context
      const found = await call(pms, "getPatient", { patient })
      if (!found.ok) return fail("unknown_patient")
      const isBare = await namesMedicine(text, patient, context)
      const nowMs = Math.round(clock.nowMs())
      const notice = newId()
      const doc: Kept = {
        ...{ notice, patient, recipient: patient, kind: "answer", state: "waiting", isBare, text },
        ...{ createdAtMs: nowMs, dueAtMs: nowMs, notAfterMs: nowMs + NEWS_MS },
        ...{ rxNumbers: [], tries: 0, isOpen: true },
        ...(item === undefined ? {} : { item }),
      }
      await store.notices.put(notice, doc, 0)
      return { notice, isBare }
    },

    async preview({ patient, text }, context) {
      const foreseen = await context.call(outreachPolicy, "foresee", {
        ...{ recipient: patient, kind: "answer" },
      })
      if (!foreseen.ok) return context.fail("unknown_patient")
      const { language, now } = foreseen.value
      const isBare = await namesMedicine(text, patient, context)
      const about = { isBare, kind: "answer", text, patient, recipient: patient } as const
      return {
        ...{ text: await worded(about, language, context), language, isBare },
        verdict: now.verdict,
        ...("untilMs" in now ? { untilMs: now.untilMs } : {}),
        ...("why" in now ? { why: now.why } : {}),
      }
    },

    async look(_, context) {
      const nextAtMs = await sendDue(context)
      return nextAtMs === undefined ? {} : { nextAtMs }
    },

    async list({ patient, item }, context) {
      const found = await context.store.notices.find({
        where: { patient },
        orderBy: "createdAtMs",
        descending: true,
        limit: LISTED_MAX,
      })
      const kept = found.map(({ doc }) => doc)
      if (item === undefined) return { notices: kept.map(shown) }
      const own = kept.filter((doc) => doc.item === item)
      return { notices: await Promise.all(own.map((doc) => followed(doc, context))) }
    },
  },

  events: {
    "pms.fillChanged": async ({ rxNumber, fill }, context) =>
      await inTurn(rxNumber, () => heard(rxNumber, fill, context)),
  },

  schedules: {
    eachMinute: {
      cron: "* * * * *",
      run: async (context) => {
        await sendDue(context)
      },
    },
  },

  facts: {
    answer: async ({ patient }) => ({ patient }),
    preview: async ({ patient }) => ({ patient }),
    list: async ({ patient }) => ({ patient }),
  },
})

/** With what the carrier said of it since. */
async function followed(kept: Kept, { call }: Here): Promise<Notice> {
  const { message } = kept
  const fate = message === undefined ? undefined : await call(messaging, "fate", { message })
  const status = fate?.ok ? fate.value.status : undefined
  if (status === "delivered") return { ...shown(kept), delivery: "delivered" }
  const isFailed = status === "failed" || status === "undelivered"
  return isFailed ? { ...shown(kept), delivery: "failed" } : shown(kept)
}

/** Announced once while it lies on the shelf, however often the pharmacy system says so. */
async function heard(rxNumber: string, fill: FillStatus, context: Here): Promise<void> {
  const { call, clock, newId, store } = context
  const [announced] = await store.announced.find({ where: { rxNumber }, limit: 1 })
  if (fill !== "ready") {
    if (announced && fill !== "unknown") await store.announced.remove(announced.id)
    return
  }
  if (announced) return
  const found = await call(pms, "getPrescription", { rxNumber })
  if (!found.ok) return
  const { patient } = found.value
  await write(
    found.value,
    { kind: "ready", notAfterMs: Math.round(clock.nowMs()) + NEWS_MS },
    context,
  )
  await store.announced.put(newId(), { rxNumber, patient })
}

function shown(kept: Kept): Notice {
  const { notice, patient, recipient, kind, state, why, isBare } = kept
  const { createdAtMs, dueAtMs, item, sentAtMs } = kept
  return {
    ...{ notice, patient, recipient, kind, state, isBare, createdAtMs, dueAtMs },
    ...(why === undefined ? {} : { why }),
    ...(sentAtMs === undefined ? {} : { sentAtMs }),
    ...(item === undefined ? {} : { item }),
  }
}

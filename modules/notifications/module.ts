/**
 * Notifications: hears that a fill is ready and tells whom it concerns. Writes to nobody whom the
 * policy does not let it write to, and says nothing that a stranger may not read.
 */
import { inTurn } from "#core/in-turn.ts"
import { defineModule } from "#core/module.ts"
import { type FillStatus, pms } from "#core/pms.ts"
import { type Notice, notifications } from "./contract.ts"
import { type Here, type Kept, needs } from "./needs.ts"
import { sendDue } from "./send.ts"
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

    async answer({ patient, text }, context) {
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
      }
      await store.notices.put(notice, doc, 0)
      return { notice, isBare }
    },

    async look(_, context) {
      const nextAtMs = await sendDue(context)
      return nextAtMs === undefined ? {} : { nextAtMs }
    },

    async list({ patient }, { store }) {
      const found = await store.notices.find({
        where: { patient },
        orderBy: "createdAtMs",
        descending: true,
        limit: LISTED_MAX,
      })
      return { notices: found.map(({ doc }) => shown(doc)) }
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
    list: async ({ patient }) => ({ patient }),
  },
})

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
  const { createdAtMs, dueAtMs, sentAtMs } = kept
  return {
    ...{ notice, patient, recipient, kind, state, isBare, createdAtMs, dueAtMs },
    ...(why === undefined ? {} : { why }),
    ...(sentAtMs === undefined ? {} : { sentAtMs }),
  }
}

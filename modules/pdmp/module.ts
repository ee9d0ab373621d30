/** Monitoring programmes: notes when one is to be asked; a pharmacist asks, and alone sees it. */
import { defineModule } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { workQueue } from "../work-queue/contract.ts"
import { pdmp } from "./contract.ts"
import { dutyFor } from "./duty.ts"
import { exchange, type Line } from "./gateway.ts"
import { type Here, needs, todayHere } from "./needs.ts"
import { patientRequest, reportIn, reportRequest } from "./query.ts"

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DUE_DAYS = 30
const FORGOTTEN_MAX = 1_000

let gateway: Line | undefined

export default defineModule(pdmp, needs, {
  async start({ config, ports }) {
    if (!config.gateway) return
    const { url, timeoutMs, token } = config.gateway
    gateway = { url, timeoutMs, token: await ports.secrets.read(token) }
  },

  events: {
    /** A controlled item that has come before the pharmacist. */
    async "work-queue.changed"({ item, state, tier }, context) {
      const { call, clock, store } = context
      if (tier !== 2 || state !== "open" || (await store.due.get(item))) return
      const found = await call(workQueue, "get", { item })
      if (!found.ok) return
      const { patient, schedule } = found.value.facts
      if (patient === undefined || schedule === undefined) return
      if (!dutyFor(schedule, context.config.address.state, todayHere(context))) return
      await store.due.put(item, { item, patient, schedule, atMs: Math.round(clock.nowMs()) })
    },
  },

  commands: {
    async duty({ item }, context) {
      const due = (await context.store.due.get(item))?.doc
      if (!due) return {}
      const { askedAtMs, report, schedule } = due
      const duty = dutyFor(schedule, context.config.address.state, todayHere(context))
      return {
        ...(duty && { duty }),
        ...(askedAtMs !== undefined && { askedAtMs }),
        ...(report !== undefined && { report }),
      }
    },

    async ask({ item }, context) {
      const { call, clock, config, fail, newId, signal, store } = context
      const due = (await store.due.get(item))?.doc
      if (!due) return fail("not_due")
      if (!gateway) return fail("no_gateway")
      const { patient } = due
      const person = await call(pms, "getPatient", { patient })
      if (!person.ok) return fail("not_due")
      const message = patientRequest(person.value, config)
      const answer = await exchange(gateway, { url: gateway.url, message, signal })
      if (!answer.ok) return fail(answer.why)
      if (answer.message.kind !== "PatientResponse") return fail("no_answer")
      const askedAtMs = Math.round(clock.nowMs())
      const doc = reportIn(answer.message.body, { report: newId(), patient, askedAtMs })
      if (!doc) return fail("refused")
      await store.reports.put(doc.report, doc, 0)
      await store.due.change(item, (one) => ({ ...one, askedAtMs, report: doc.report }))
      return shown(doc)
    },

    async view({ report }, { fail, store }) {
      const found = (await store.reports.get(report))?.doc
      return found ? shown(found) : fail("unknown_report")
    },

    async openReport({ report }, { config, fail, signal, store }) {
      const found = (await store.reports.get(report))?.doc
      if (!found) return fail("unknown_report")
      if (!gateway) return fail("no_gateway")
      const { url } = found
      if (url === undefined) return fail("no_full_report")
      const answer = await exchange(gateway, { url, message: reportRequest(config), signal })
      if (!answer.ok) return fail(answer.why)
      if (answer.message.kind !== "ReportResponse") return fail("no_answer")
      const { ReportLink: link } = answer.message.body
      return link === undefined ? fail("refused") : { link }
    },
  },

  facts: {
    duty: ofItem,
    ask: ofItem,
    view: ofReport,
    openReport: ofReport,
  },

  schedules: {
    forget: {
      cron: "23 * * * *",
      async run({ clock, config, store }) {
        const nowMs = Math.round(clock.nowMs())
        const old = { before: { askedAtMs: nowMs - config.keepHours * HOUR_MS } }
        for (const { id } of await store.reports.find({ ...old, limit: FORGOTTEN_MAX }))
          await store.reports.remove(id)
        const past = { before: { atMs: nowMs - DUE_DAYS * DAY_MS }, limit: FORGOTTEN_MAX }
        for (const { id } of await store.due.find(past)) await store.due.remove(id)
      },
    },
  },
})

function shown<T extends { readonly url?: string }>({ url: _, ...report }: T) {
  return report
}

async function ofItem({ item }: { item: string }, { store }: Here) {
  const patient = (await store.due.get(item))?.doc.patient
  return patient === undefined ? {} : { patient }
}

async function ofReport({ report }: { report: string }, { store }: Here) {
  const patient = (await store.reports.get(report))?.doc.patient
  return patient === undefined ? {} : { patient }
}

/**
 * Reports out of the audit log, for managers: made on demand, kept sealed when made on schedule. It
 * reads the log and never writes to it; what it reads is itself audited by the gate.
 */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { DateTime } from "luxon"
import { parseJson } from "#core/json.ts"
import { defineModule } from "#core/module.ts"
import { storeInfo } from "../store-info/contract.ts"
import type { Period } from "./acts.ts"
import { type Format, Report, reports } from "./contract.ts"
import { toCsv } from "./csv.ts"
import type { Opening } from "./kinds.ts"
import { type Here, needs } from "./needs.ts"
import { toPdf } from "./pdf.ts"
import { type Ask, makeReport, periodOf, type Trouble } from "./report.ts"
import { fileNameOf } from "./strip.ts"
import { suspicions } from "./suspicions.ts"

const KEPT_YEARS = 6
const LISTED_MAX = 200

type Failing = Here & { fail(code: Trouble): never }

export default defineModule(reports, needs, {
  commands: {
    async make(ask, context) {
      return await made(ask, context)
    },

    async file({ format, ...ask }, context) {
      return await fileOf(await made(ask, context), format, context)
    },

    async kept(_, { store }) {
      const found = await store.kept.find({
        orderBy: "madeAtMs",
        descending: true,
        limit: LISTED_MAX,
      })
      return { kept: found.map(({ doc }) => doc) }
    },

    async openKept({ id, format }, context) {
      const known = await context.store.kept.get(id)
      if (!known) return context.fail("unknown_report")
      const report = await readKept(id, context)
      return report ? await fileOf(report, format, context) : context.fail("unreadable")
    },

    async keep({ month }, context) {
      const kept = await keepMonth(month, context)
      return typeof kept === "string" ? context.fail(kept) : { kept }
    },

    async anomalies(days, context) {
      const period = periodOf(days, context.config.timeZone)
      if (!period) return context.fail("bad_period")
      const found = await suspicions(period, context)
      return found ? { anomalies: [...found] } : context.fail("too_many")
    },

    async dismiss({ anomaly, because }, { actor, clock, store }) {
      const by = actor.kind === "staff" ? actor.person : actor.kind
      await store.dismissals.put(anomaly, { by, because, atMs: Math.round(clock.nowMs()) })
      return {}
    },
  },

  facts: {
    make: async ({ patient }) => (patient === undefined ? {} : { patient }),
    file: async ({ patient }) => (patient === undefined ? {} : { patient }),
  },

  schedules: {
    monthly: {
      cron: "40 2 1 * *",
      async run(context) {
        const { clock, config, log } = context
        const now = DateTime.fromMillis(clock.nowMs(), { zone: config.timeZone })
        const kept = await keepMonth(now.minus({ months: 1 }).toFormat("yyyy-MM"), context)
        if (typeof kept === "string") log.error("the monthly reports were not made", { code: kept })
        await forget(now.minus({ years: KEPT_YEARS }).toMillis(), context)
      },
    },
  },
})

async function made(ask: Ask, context: Failing): Promise<Report> {
  const report = await reportOrTrouble(ask, context)
  return typeof report === "string" ? context.fail(report) : report
}

async function reportOrTrouble(ask: Ask, context: Here): Promise<Report | Trouble> {
  const { actor, clock, config, ports } = context
  const by = actor.kind === "staff" ? `${actor.person} (${actor.role})` : "Mortar, on schedule"
  const source = {
    query: ports.audit.query,
    note: await newestNote(config.checkpointFile),
    site: config,
    openings: (period: Period) => openingsIn(period, context),
  }
  return await makeReport(ask, source, { by, atMs: Math.round(clock.nowMs()) })
}

async function openingsIn(period: Period, { call }: Here): Promise<readonly Opening[]> {
  const found = await call(storeInfo, "openings", period)
  return found.ok ? found.value.openings : []
}

/** How many were kept. What was kept before a trouble stays. */
async function keepMonth(month: string, context: Here): Promise<number | Trouble> {
  const { monthly, timeZone } = context.config
  const first = DateTime.fromISO(month, { zone: timeZone })
  const from = first.toFormat("yyyy-MM-dd")
  const until = first.endOf("month").toFormat("yyyy-MM-dd")
  for (const kind of monthly) {
    const report = await reportOrTrouble({ kind, from, until }, context)
    if (typeof report === "string") return report
    await keepReport(report, context)
  }
  return monthly.length
}

/** Undefined until the log has signed for its first entries. */
async function newestNote(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  return await readFile(file, "utf8").catch(() => undefined)
}

async function fileOf(report: Report, format: Format, { config }: Here) {
  const bytes = format === "pdf" ? await toPdf(report, config.name) : Buffer.from(toCsv(report))
  return { name: fileNameOf(report, format), base64: bytes.toString("base64") }
}

const pathOf = (id: string, { ports }: Here) => join(ports.files.folder, `${id}.sealed`)

/** Under its name a kept report is whole. The document comes last: what is listed can be opened. */
async function keepReport(report: Report, context: Here): Promise<void> {
  const { newId, ports, store } = context
  const id = newId()
  const path = pathOf(id, context)
  await mkdir(ports.files.folder, { recursive: true, mode: 0o700 })
  const sealed = await ports.files.seal(Buffer.from(JSON.stringify(report)), id)
  await writeFile(`${path}.unfinished`, sealed, { mode: 0o600 })
  await rename(`${path}.unfinished`, path)
  const { kind, from, until, madeAtMs, rows } = report
  await store.kept.put(id, { id, kind, from, until, madeAtMs, rows: rows.length })
}

async function readKept(id: string, context: Here): Promise<Report | undefined> {
  const sealed = await readFile(pathOf(id, context)).catch(() => undefined)
  if (!sealed) return undefined
  const plain = await context.ports.files.open(sealed, id).catch(() => undefined)
  return plain && parseJson(Buffer.from(plain).toString(), Report)
}

async function forget(beforeMs: number, context: Here): Promise<void> {
  const { store } = context
  const old = await store.kept.find({ before: { madeAtMs: beforeMs }, limit: LISTED_MAX })
  for (const { id } of old) {
    await rm(pathOf(id, context), { force: true })
    await store.kept.remove(id)
  }
}

/**
 * Backups: one every night and whenever somebody asks, each opened once it is made. A manager has a
 * task when none has gone well for longer than a day. It never has a key in its hands.
 */
import { type Static, Type as t } from "typebox"
import { Value } from "typebox/value"
import { defineCollection } from "#core/documents.ts"
import { Outage } from "#core/fault.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { workQueue } from "../work-queue/contract.ts"
import { Backup, backups, Holdings, type Opened } from "./contract.ts"
import { lastDueMs, nextDueMs, outdated } from "./keeping.ts"

const HOUR_MS = 3_600_000
const MINUTES_A_DAY = 1_440
const KEPT_MAX = 1_000
/** Of the one document that says how it went. */
const STANDING = "standing"
const LATE =
  "Look at Set-up, Keys and backup: no backup was made and opened for more than a day. " +
  "Without one, a disk that fails takes the documents with it."

const Standing = t.Object({
  /** When this house was first looked after; before that no backup was due. */
  sinceMs: t.Integer(),
  lastGoodAtMs: t.Optional(t.Integer()),
  triedAtMs: t.Optional(t.Integer()),
  trouble: t.Optional(t.Object({ atMs: t.Integer(), hint: t.String() })),
})
type Standing = Static<typeof Standing>

const needs = {
  ...nothing,
  uses: [workQueue],
  ports: ["backups"],
  config: t.Object({
    timeZone: t.String(),
    /** A folder of backups, seen from the data folder. Another disk is better than this one. */
    folder: t.String({ minLength: 1, default: "backups" }),
    /** Wall-clock time of the nightly one. */
    at: t.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$", default: "02:30" }),
    keepDays: t.Integer({ minimum: 1, maximum: 366, default: 14 }),
    /** Of each month before that, its first. */
    keepMonths: t.Integer({ minimum: 0, maximum: 120, default: 12 }),
    lateAfterHours: t.Integer({ minimum: 2, maximum: 744, default: 26 }),
  }),
  collections: {
    opened: defineCollection({ schema: Backup }),
    standing: defineCollection({ schema: Standing }),
  },
} as const

type Here = Context<typeof backups, typeof needs>
type Act = "making" | "opening"

/** Only one at a time: both read all there is. */
let underWay: { readonly act: Act; readonly sinceMs: number } | undefined

export default defineModule(backups, needs, {
  async start(context) {
    if (await context.store.standing.get(STANDING)) return
    await context.store.standing.put(STANDING, { sinceMs: nowMs(context) })
  },

  commands: {
    async overview(_, context) {
      const { config, ports, store } = context
      const { trouble, ...standing } = await standingOf(context)
      const found = await ports.backups.list(config.folder)
      const known = new Map(
        (await store.opened.find({ limit: KEPT_MAX })).map(({ id, doc }) => [id, doc.opened]),
      )
      const now = nowMs(context)
      const progress = underWay && (await ports.backups.progress(config.folder))
      return {
        key: await ports.backups.key(),
        folder: await ports.backups.place(config.folder),
        backups: found.map((one) => ({ ...one, ...openedOf(known.get(one.name)) })),
        ...(underWay && progress && { underWay: { ...underWay, ...progress } }),
        ...(trouble && { trouble }),
        ...(standing.lastGoodAtMs !== undefined && { lastGoodAtMs: standing.lastGoodAtMs }),
        nextAtMs: nextDueMs(now, config),
        isLate: isLate(standing, context),
        keepDays: config.keepDays,
        keepMonths: config.keepMonths,
      }
    },

    async holdings(_, { ports }) {
      return Value.Parse(Holdings, await ports.backups.holdings())
    },

    async make(_, context) {
      if (underWay) return context.fail("under_way")
      void run("making", context, () => makeAndOpen(context))
      return {}
    },

    async rehearse({ name }, context) {
      const { config, fail, ports } = context
      if (underWay) return fail("under_way")
      const found = await ports.backups.list(config.folder)
      const backup = found.find((one) => one.name === name)
      if (!backup) return fail("unknown_backup")
      void run("opening", context, () => open(backup, context))
      return {}
    },

    async look(_, context) {
      return { nextAtMs: await look(context) }
    },
  },

  schedules: {
    look: {
      cron: "*/10 * * * *",
      run: async (context) => void (await look(context)),
    },
  },
})

async function look(context: Here): Promise<number> {
  const { config } = context
  const now = nowMs(context)
  const { sinceMs, lastGoodAtMs = sinceMs, triedAtMs = 0 } = await standingOf(context)
  const isDue = lastGoodAtMs < lastDueMs(now, config) && triedAtMs < now - HOUR_MS
  if (isDue && !underWay) {
    await run("making", context, async () => {
      await makeAndOpen(context)
      await forget(context)
    })
  }
  const standing = await standingOf(context)
  if (isLate(standing, context)) await tellManager(context)
  return nextDueMs(now, config)
}

async function makeAndOpen(context: Here): Promise<void> {
  const { config, ports } = context
  await open(await ports.backups.make(config.folder), context)
}

async function open(backup: Backup, context: Here): Promise<void> {
  const { config, ports, store } = context
  const found = await ports.backups.rehearse(config.folder, backup.name)
  const opened: Opened = { atMs: nowMs(context), ...found }
  await store.opened.put(backup.name, { ...backup, opened })
  const { lastGoodAtMs = 0 } = await standingOf(context)
  if (backup.atMs > lastGoodAtMs) await note({ lastGoodAtMs: backup.atMs }, context)
}

/** Whatever comes of it is written down; a disk that refuses is no reason to fall. */
async function run(act: Act, context: Here, work: () => Promise<void>): Promise<void> {
  underWay = { act, sinceMs: nowMs(context) }
  let isGood = false
  try {
    await note({ triedAtMs: nowMs(context) }, context)
    await work()
    isGood = true
    await note({ trouble: undefined }, context)
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    context.log.error("a backup did not go well", { act, code: trouble.code })
    await note({ trouble: { atMs: nowMs(context), hint: trouble.hint } }, context)
  } finally {
    underWay = undefined
    context.emit("ended", { act, isGood })
  }
}

async function forget(context: Here): Promise<void> {
  const { config, ports, store } = context
  const all = await ports.backups.list(config.folder)
  for (const { name } of outdated(all, nowMs(context), config)) {
    await ports.backups.remove(config.folder, name)
    await store.opened.remove(name)
  }
}

/** Once a night, however often it is looked. */
async function tellManager(context: Here): Promise<void> {
  const { call, config } = context
  const key = `late ${lastDueMs(nowMs(context), config)}`
  const task = { forRole: "manager" as const, about: LATE, dueInMinutes: MINUTES_A_DAY }
  await call(workQueue, "assign", task, { key })
}

function isLate({ sinceMs, lastGoodAtMs = sinceMs }: Standing, context: Here): boolean {
  return lastGoodAtMs + context.config.lateAfterHours * HOUR_MS < nowMs(context)
}

async function standingOf({ clock, store }: Here): Promise<Standing> {
  const found = await store.standing.get(STANDING)
  return found?.doc ?? { sinceMs: Math.round(clock.nowMs()) }
}

type Noted = { readonly [K in keyof Standing]?: Standing[K] | undefined }

async function note(change: Noted, context: Here): Promise<void> {
  const { sinceMs, ...rest } = await standingOf(context)
  const entries = Object.entries({ ...rest, ...change }).filter(([, value]) => value !== undefined)
  await context.store.standing.put(STANDING, { sinceMs, ...Object.fromEntries(entries) })
}

function openedOf(opened: Opened | undefined): { readonly opened?: Opened } {
  return opened === undefined ? {} : { opened }
}

function nowMs({ clock }: Here): number {
  return Math.round(clock.nowMs())
}

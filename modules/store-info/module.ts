/**
 * Opening hours, the address and what else the pharmacy says of itself: as the site file has it,
 * until somebody changes it on the screen. Every change stays, with who, when and why.
 */
import { isDeepStrictEqual } from "node:util"
import { Type as t } from "typebox"
import { Conflict } from "#core/documents.ts"
import { type Context, defineModule, nothing } from "#core/module.ts"
import { Fact, Greeting, Holiday, Hours, Site } from "#core/site.ts"
import { type Change, changes, idOf, newest, type Whole, whole } from "./change.ts"
import { type SetUp, storeInfo } from "./contract.ts"
import { factToday } from "./fact.ts"
import { federalHolidays } from "./federal.ts"
import { dateOf } from "./named-day.ts"
import { hoursOn, nextOpening, openingsBetween, openUntil, spansOn, weekOf } from "./opening.ts"
import { factsOf, setUpOf, troubleWith } from "./set-up.ts"

const CHANGES_LISTED_MAX = 200
const OPENINGS_MS_MAX = 7 * 366 * 86_400_000

/** All of it is a fact of the site, written down once. */
const config = t.Object({
  name: Site.properties.name,
  spokenName: Site.properties.spokenName,
  npi: Site.properties.npi,
  address: Site.properties.address,
  phones: Site.properties.phones,
  timeZone: t.String(),
  hours: Hours,
  holidays: t.Array(Holiday, { default: [] }),
  facts: t.Array(Fact, { default: [] }),
  greeting: Greeting,
})

const needs = { ...nothing, config, collections: { changes } } as const

type Here = Context<typeof storeInfo, typeof needs>

export default defineModule(storeInfo, needs, {
  commands: {
    async hours({ atMs }, context) {
      const site = factsOf((await latest(context)).setUp)
      const nowMs = atMs ?? context.clock.nowMs()
      const today = spansOn(site, nowMs)
      const closes = openUntil(site, nowMs)
      const next = closes === undefined ? nextOpening(site, nowMs) : undefined
      return {
        isOpen: closes !== undefined,
        today,
        week: weekOf(site),
        ...(closes === undefined ? {} : { closes }),
        ...(next === undefined ? {} : { next }),
      }
    },

    async hoursOn({ day }, context) {
      const on = dateOf(day, await today(context))
      if (on === undefined) return context.fail("no_such_day")
      const { next, ...hours } = hoursOn(factsOf((await latest(context)).setUp), on)
      return { ...hours, ...(next === undefined ? {} : { next }) }
    },

    async openings({ fromMs, beforeMs }, context) {
      if (beforeMs - fromMs > OPENINGS_MS_MAX) return context.fail("too_long")
      const site = factsOf((await latest(context)).setUp)
      return { openings: openingsBetween(site, fromMs, beforeMs) }
    },

    async location(_, context) {
      const { pharmacy, phones, greeting } = (await latest(context)).setUp
      const { name, spokenName, address } = pharmacy
      const own = greeting.en === undefined && greeting.es === undefined ? {} : { greeting }
      return { name, spokenName, address: written(address), phone: phones.pharmacy, ...own }
    },

    async fact({ topic, language }, context) {
      const known = factToday((await latest(context)).setUp.facts, topic, await today(context))
      if (!known) return context.fail("no_fact")
      const { says, source, since, until } = known
      return { says: says[language], source, since, ...(until === undefined ? {} : { until }) }
    },

    async setUp(_, context) {
      const { revision, by, atMs, setUp } = await latest(context)
      return { revision, setUp, ...(revision === 0 ? {} : { last: { by, atMs } }) }
    },

    async change({ revision, reason, parts }, context) {
      const { actor, clock, emit, fail } = context
      const now = await latest(context)
      const trouble = troubleWith(parts, now.setUp)
      if (trouble) return fail(trouble)
      const edited = revision === now.revision ? now : await revisionOf(revision, context)
      const touched = namesOf(parts)
      // Two people may save two different parts; of two who save the same one, the first counts.
      const isSame = (part: keyof SetUp) => isDeepStrictEqual(edited?.setUp[part], now.setUp[part])
      if (!touched.every(isSame)) return fail("stale")
      const next = now.revision + 1
      const by = actor.kind === "staff" ? actor.person : actor.kind
      const about = { revision: next, by, atMs: clock.nowMs(), reason, parts: touched }
      if (!(await keeps({ ...about, setUp: { ...now.setUp, ...parts } }, now, context))) {
        return fail("stale")
      }
      const { facts, greeting } = parts
      emit("changed", { revision: next, ...(facts && { facts }), ...(greeting && { greeting }) })
      return { revision: next }
    },

    async history(_, { store }) {
      const found = await store.changes.find({ ...newest, limit: CHANGES_LISTED_MAX })
      return { changes: found.map(({ doc: { setUp: _, ...change } }) => change) }
    },

    async federalHolidays(_, context) {
      return { holidays: federalHolidays(await today(context)) }
    },
  },
})

function namesOf(parts: Partial<SetUp>): (keyof SetUp)[] {
  const all = ["pharmacy", "hours", "holidays", "phones", "facts", "greeting"] as const
  return all.filter((part) => parts[part] !== undefined)
}

/** Until somebody changes it, the site file is revision 0. */
async function latest({ config, store }: Here): Promise<Whole> {
  const [last] = await store.changes.find(newest)
  if (last) return whole(last.doc, config)
  const setUp = setUpOf(config)
  return { revision: 0, by: "mortar", atMs: 0, reason: "The site file.", parts: [], setUp }
}

async function revisionOf(revision: number, { config, store }: Here): Promise<Whole | undefined> {
  const found = await store.changes.get(idOf(revision))
  return found && whole(found.doc, config)
}

/** The first change keeps what was before it, too. False when somebody else was first. */
async function keeps(change: Change, before: Change, { clock, store }: Here): Promise<boolean> {
  const delivered = { ...before, atMs: clock.nowMs() }
  const first = [{ put: "changes", id: idOf(0), doc: delivered, version: 0 }] as const
  try {
    await store.batch([
      ...(before.revision === 0 ? first : []),
      { put: "changes", id: idOf(change.revision), doc: change, version: 0 },
    ])
    return true
  } catch (trouble) {
    if (trouble instanceof Conflict) return false
    throw trouble
  }
}

/** The day it is at the pharmacy. */
async function today(context: Here): Promise<string> {
  const site = factsOf((await latest(context)).setUp)
  return spansOn(site, context.clock.nowMs()).on
}

function written({ street, city, state, zip }: SetUp["pharmacy"]["address"]): string {
  return `${street}, ${city}, ${state} ${zip}`
}

/** Inventory: the pharmacy system's word where it tells any, a ledger of our own beside it. */
import { Outage } from "#core/fault.ts"
import { defineModule } from "#core/module.ts"
import { pms } from "#core/pms.ts"
import { thousandths, written } from "../../pms-adapters/ncpdp/thousandths.ts"
import { drugs } from "../drugs/contract.ts"
import { inventory } from "./contract.ts"
import { isControlled, strictSchedule } from "./controlled.ts"
import { openDemo } from "./demo.ts"
import { hearFill, reserve } from "./fills.ts"
import { findItems } from "./find.ts"
import { book, shelfFor, sumExpected } from "./ledger.ts"
import { dayHere, type Here, type Item, needs } from "./needs.ts"
import { stockFor } from "./pick-up.ts"
import { everyItem, readAll, readOne } from "./read-stock.ts"
import { shelfOf } from "./shelf.ts"
import { dailyUse } from "./use.ts"

const SHOWN_MAX = 200
const LINES_SHOWN = 100
const LINES_MAX = 1_000

export default defineModule(inventory, needs, {
  async start(context) {
    await openDemo(context)
    await ifItAnswers(() => readAll(context))
  },

  commands: {
    async shelves(asked, context) {
      const found = await findItems(asked, context)
      const today = dayHere(context)
      const shelves = found.slice(0, SHOWN_MAX).map((item) => shelfOf(item, today))
      const isTold = await context.offers(pms, "readStock")
      return { shelves, found: found.length, isTold }
    },

    async shelf({ ndc }, context) {
      const item = await knownItem(ndc, context)
      if (!item) return context.fail("unknown_ndc")
      await ifItAnswers(() => readOne(item.ndc, context))
      const now = (await context.store.items.get(item.ndc))?.doc ?? item
      const lines = await context.store.movements.find({
        where: { ndc: item.ndc },
        orderBy: "atMs",
        descending: true,
        limit: LINES_SHOWN,
      })
      return { shelf: shelfOf(now, dayHere(context)), movements: lines.map(({ doc }) => doc) }
    },

    async receive(received, context) {
      const item = await knownItem(received.ndc, context)
      if (!item) return context.fail("unknown_ndc")
      if (isControlled(item)) return context.fail("controlled")
      if (received.expiresOn < dayHere(context)) return context.fail("out_of_date")
      return putOnShelf(item, received, context)
    },

    async receiveControlled(received, context) {
      const item = await knownItem(received.ndc, context)
      if (!item) return context.fail("unknown_ndc")
      if (received.expiresOn < dayHere(context)) return context.fail("out_of_date")
      return putOnShelf(item, received, context)
    },

    async adjust(adjusted, context) {
      const item = await knownItem(adjusted.ndc, context)
      if (!item) return context.fail("unknown_ndc")
      if (isControlled(item)) return context.fail("controlled")
      return setRight(item, adjusted, context)
    },

    async adjustControlled(adjusted, context) {
      const item = await knownItem(adjusted.ndc, context)
      return item ? setRight(item, adjusted, context) : context.fail("unknown_ndc")
    },

    async pickUp({ rxNumber }, context) {
      const { call, config, fail } = context
      const found = await call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return fail("unknown_rx")
      const { fill, readyAtMs } = found.value
      return {
        fill,
        stock: await stockFor(found.value, context),
        isUsuallyNextDay: config.usuallyNextDay,
        ...(readyAtMs === undefined ? {} : { readyAtMs }),
      }
    },

    async expect({ order, lines }, context) {
      const { store } = context
      const before = await store.expected.find({ where: { order }, limit: LINES_MAX })
      const now = lines.filter(({ quantity }) => thousandths(quantity) > 0)
      await store.batch([
        ...before.map(({ id }) => ({ remove: "expected", id })),
        ...now.map((line) => ({
          put: "expected",
          id: `${order}:${line.ndc}`,
          doc: { order, ...line },
        })),
      ])
      const changed = [...before.map(({ doc }) => doc), ...now].map(({ ndc }) => ndc)
      for (const ndc of new Set(changed)) await sumExpected(ndc, context)
      return {}
    },

    use: ({ days }, context) => dailyUse(days, context),

    async levels({ ndc }, context) {
      const one = ndc === undefined ? undefined : await context.store.items.get(ndc)
      const items = ndc === undefined ? await everyItem(context) : one ? [one.doc] : []
      const today = dayHere(context)
      return {
        levels: items.flatMap((item) => {
          const { available, expected, knownAtMs, name, schedule } = shelfOf(item, today)
          return knownAtMs === undefined
            ? []
            : [{ ndc: item.ndc, name, schedule, available, expected }]
        }),
      }
    },

    async look(_, context) {
      await readAll(context)
      return {}
    },
  },

  events: {
    "refills.requested": ({ rxNumber }, context) => reserve(rxNumber, context),
    "pms.fillChanged": ({ rxNumber, fill }, context) => hearFill(rxNumber, fill, context),
  },

  schedules: {
    readStock: { cron: "*/10 * * * *", run: readAll },
  },

  facts: {
    async pickUp({ rxNumber }, context) {
      const found = await context.call(pms, "getPrescription", { rxNumber })
      if (!found.ok) return { rxNumber }
      const { patient, schedule: told, drugName: name } = found.value
      return {
        rxNumber,
        patient,
        schedule: await strictSchedule({ name, schedule: told }, context),
      }
    },
  },
})

/** A shelf, or a product that the directory knows and nobody had here before. */
async function knownItem(ndc: string, context: Here): Promise<Item | undefined> {
  const digits = ndc.trim()
  const plain = /^\d{11,12}$/.test(digits) ? digits.padStart(12, "0") : undefined
  const here = plain === undefined ? undefined : await context.store.items.get(plain)
  if (here) return here.doc
  const listed = await context.call(drugs, "lookUp", { ndc: digits })
  if (!listed.ok || listed.value.ndc === undefined) return undefined
  const { ndc: number, name: brand, strengths, form, schedule: law } = listed.value
  const name = [brand, ...strengths, form].join(" ").toLowerCase()
  const schedule = await strictSchedule({ name, schedule: law }, context)
  return shelfFor({ ndc: number, name, schedule }, context)
}

interface Received {
  readonly quantity: string
  readonly lot: string
  readonly expiresOn: string
  readonly order?: string
}

async function putOnShelf({ ndc }: Item, received: Received, context: Here) {
  const { quantity, lot, expiresOn, order } = received
  const of = { ...{ quantity, lot, expiresOn }, ...(order === undefined ? {} : { order }) }
  return shelfOf(await book({ ndc, kind: "receipt", ...of }, context), dayHere(context))
}

interface Adjusted {
  readonly kind: "count" | "return" | "waste"
  readonly quantity: string
  readonly lot?: string
  readonly reason: string
}

async function setRight(item: Item, { kind, quantity, lot, reason }: Adjusted, context: Here) {
  const { ndc, told, kept } = item
  const of = { ndc, kind, reason, ...(lot === undefined ? {} : { lot }) }
  const difference = thousandths(quantity) - thousandths(told?.onHand ?? kept)
  const noted =
    kind === "count"
      ? { ...of, quantity: written(difference), counted: quantity }
      : { ...of, quantity: written(-thousandths(quantity)) }
  return shelfOf(await book(noted, context), dayHere(context))
}

/** The shelf is shown with its age where the pharmacy system does not answer. */
async function ifItAnswers(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
  }
}

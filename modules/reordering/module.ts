/** Reordering: reckons, drafts, and follows an order to the shelf. People send, approve and buy. */
import { Outage } from "#core/fault.ts"
import { defineModule } from "#core/module.ts"
import { thousandths, total, written } from "../../pms-adapters/ncpdp/thousandths.ts"
import { inventory } from "../inventory/contract.ts"
import { workQueue } from "../work-queue/contract.ts"
import { compute, type Kept, pointOf, setOverride } from "./compute.ts"
import { type Order, reordering } from "./contract.ts"
import { csvOf } from "./csv.ts"
import { type Here, needs, nowHere, todayHere, whoActs } from "./needs.ts"
import { changed, noteExpected, putIntoDraft } from "./orders.ts"
import { packSizeFor } from "./pack-size.ts"

const LISTED_MAX = 100
const BELOW_MAX = 200
const DAY_MS = 86_400_000

export default defineModule(reordering, needs, {
  start: catchUp,

  commands: {
    async points({ ndcs }, { store }) {
      const found = await Promise.all(ndcs.map((ndc) => store.points.get(ndc)))
      return { points: found.flatMap((one) => (one ? [shown(one.doc)] : [])) }
    },

    async below(_, context) {
      const levels = await context.call(inventory, "levels", {})
      const ndcs: string[] = []
      for (const { ndc, available, expected } of levels.ok ? levels.value.levels : []) {
        const point = (await context.store.points.get(ndc))?.doc
        const position = thousandths(available) + thousandths(expected)
        if (point && position < thousandths(pointOf(point))) ndcs.push(ndc)
      }
      return { ndcs: ndcs.slice(0, BELOW_MAX) }
    },

    async override({ ndc, ...given }, context) {
      return shown(await setOverride(ndc, { ...given, by: whoActs(context) }, context))
    },

    async compute(_, context) {
      await compute(context)
      return {}
    },

    async wholesalers(_, { config }) {
      return { wholesalers: config.wholesalers.map(({ name }) => name) }
    },

    async orders({ state }, { store }) {
      const where = state === undefined ? {} : { where: { state } }
      const newest = { orderBy: "madeOn", descending: true, limit: LISTED_MAX }
      const found = await store.orders.find({ ...where, ...newest })
      return { orders: found.map(({ doc }) => doc) }
    },

    async add({ wholesaler, ndc, packs }, context) {
      const { call, config, fail } = context
      if (!config.wholesalers.some(({ name }) => name === wholesaler))
        return fail("unknown_wholesaler")
      const levels = await call(inventory, "levels", { ndc })
      const [level] = levels.ok ? levels.value.levels : []
      if (!level) return fail("unknown_ndc")
      if (level.schedule !== "none") return fail("controlled")
      const { size, isKnown } = await packSizeFor(ndc, context)
      const { name } = level
      const line = { ndc, name, packs, packSize: written(size), isPackKnown: isKnown }
      return putIntoDraft(wholesaler, { ...line, received: "0" }, context)
    },

    async edit({ order: id, lines: edited }, context) {
      const known = await orderOf(id, context)
      if (!known) return context.fail("unknown_order")
      return changed(
        id,
        (order) => {
          if (order.state !== "draft") return context.fail("not_a_draft")
          const lines = order.lines.flatMap((line) => {
            const edit = edited.find(({ ndc }) => ndc === line.ndc)
            if (!edit) return [line]
            const { packCents: _, ...rest } = line
            return edit.packs === 0 ? [] : [{ ...rest, ...edit }]
          })
          return { ...order, lines }
        },
        context,
      )
    },

    async send({ order: id }, context) {
      const { fail } = context
      const known = await orderOf(id, context)
      if (!known) return fail("unknown_order")
      const sent = await changed(
        id,
        ({ reason: _, ...order }) => {
          if (order.state !== "draft") return fail("not_a_draft")
          if (order.lines.length === 0) return fail("no_lines")
          const revision = order.revision + 1
          return { ...order, state: "waiting", revision, sentBy: whoActs(context) }
        },
        context,
      )
      await askManager(sent, context)
      return sent
    },

    async approve({ order: id, revision }, context) {
      const { fail } = context
      const known = await orderOf(id, context)
      if (!known) return fail("unknown_order")
      // Approved at the counter and in the queue is approved once.
      const isDone = known.state === "approved" && known.revision === revision
      const approved = isDone
        ? known
        : await changed(
            id,
            (order) => {
              if (order.state !== "waiting") return fail("not_waiting")
              if (order.revision !== revision) return fail("sent_anew")
              return { ...order, state: "approved", approvedBy: whoActs(context) }
            },
            context,
          )
      await noteExpected(approved, context)
      return approved
    },

    async takeBack({ order: id, reason }, context) {
      if (!(await orderOf(id, context))) return context.fail("unknown_order")
      return changed(
        id,
        (order) =>
          order.state === "waiting"
            ? { ...order, state: "draft", reason }
            : context.fail("not_waiting"),
        context,
      )
    },

    async cancel({ order: id, reason }, context) {
      if (!(await orderOf(id, context))) return context.fail("unknown_order")
      return changed(
        id,
        (order) =>
          order.state === "draft"
            ? { ...order, state: "cancelled", reason }
            : context.fail("not_a_draft"),
        context,
      )
    },

    async csv({ order: id }, context) {
      const order = await orderOf(id, context)
      if (!order) return context.fail("unknown_order")
      const whom = order.wholesaler.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
      return { name: `order-${whom}-${order.madeOn}.csv`, text: csvOf(order) }
    },

    async receive({ order: id, came, isLast }, context) {
      const { call, fail, key } = context
      const order = await orderOf(id, context)
      if (!order) return fail("unknown_order")
      if (order.state !== "approved") return fail("not_approved")
      const today = todayHere(context)
      if (came.some(({ expiresOn }) => expiresOn < today)) return fail("out_of_date")
      const isOrdered = (ndc: string) => order.lines.some((line) => line.ndc === ndc)
      if (!came.every(({ ndc }) => isOrdered(ndc))) return fail("not_ordered")
      for (const [at, one] of came.entries()) {
        // The same delivery sent again is on the shelf once.
        const put = await call(inventory, "receive", { ...one, order: id }, { key: `${key}:${at}` })
        if (!put.ok) return fail("not_ordered")
      }
      const received = (ndc: string) =>
        total(came.filter((one) => one.ndc === ndc).map(({ quantity }) => quantity))
      const after = await changed(
        id,
        (now) => ({
          ...now,
          state: isLast ? "received" : now.state,
          lines: now.lines.map((line) => ({
            ...line,
            received: written(thousandths(line.received) + received(line.ndc)),
          })),
        }),
        context,
      )
      await noteExpected(after, context)
      return after
    },
  },

  schedules: {
    compute: { cron: "15 5 * * *", run: compute },
  },
})

/** A house that was off in the morning reckons when it opens. */
async function catchUp(context: Here): Promise<void> {
  const [newest] = await context.store.points.find({
    orderBy: "reckonedAtMs",
    descending: true,
    limit: 1,
  })
  if (newest && newest.doc.reckonedAtMs > nowHere(context) - DAY_MS) return
  try {
    await compute(context)
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
  }
}

function shown(kept: Kept) {
  return { ...kept, point: pointOf(kept) }
}

async function orderOf(id: string, { store }: Here): Promise<Order | undefined> {
  return (await store.orders.get(id))?.doc
}

/** A manager finds it in the queue, and approves it there with one key. */
async function askManager({ order, revision, lines, wholesaler }: Order, context: Here) {
  const { actor, call } = context
  const input = { order, revision }
  const cost = costOf(lines)
  const says = `An order of ${lines.length} products to ${wholesaler} is approved${cost}.`
  const held = { name: "reordering.approve", input, requestedBy: actor }
  const key = `${order}:${revision}`
  await call(
    workQueue,
    "submit",
    {
      held: { ...held, key },
      tier: 3,
      row: "purchase_order",
      rules: [],
      facts: {},
      context: { willHappen: says },
    },
    { key },
  )
}

/** Nothing where a cost is not known: a part of a sum would be read as the whole. */
function costOf(lines: Order["lines"]): string {
  const costs = lines.map(({ packs, packCents }) => packCents && packs * packCents)
  if (costs.some((cost) => cost === undefined)) return ""
  const cents = costs.reduce((sum: number, cost) => sum + (cost ?? 0), 0)
  return `, $${(cents / 100).toFixed(2)}`
}

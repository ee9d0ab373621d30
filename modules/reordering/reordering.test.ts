/** Orders from a reorder point to the shelf, in the real house with the demo pharmacy system. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import type { Reply } from "#core/module.ts"
import { type House, openHouse } from "../../test/house.ts"
import type { Shelf } from "../inventory/contract.ts"
import type { Order, Point } from "./contract.ts"

const only = ["drugs", "inventory", "pms", "reordering", "work-queue"]
/** Friday 20 November 2026, noon in Austin. */
const nowMs = Date.UTC(2026, 10, 20, 18)

/** Of amlodipine ten tablets are there, of lisinopril hundreds, of oxycodone forty (CII). */
const amlodipine = "099999101701"
const lisinopril = "099999103701"
const oxycodone = "099999100201"
const demo = [amlodipine, lisinopril, oxycodone].map((ndc) => ({ ndc, daily: 20 }))
const wholesalers = [
  { name: "Big River", leadDays: 2 },
  { name: "Small Creek", leadDays: 5 },
]

async function openShop(t: TestContext) {
  const settings = { inventory: { demo }, reordering: { wholesalers } }
  const house = await openHouse(t, { only, today: "2026-11-20", nowMs, settings })
  await house.ask("reordering.compute")
  return house
}

function done<T>(reply: Reply): T {
  assert.equal(reply.kind, "done", JSON.stringify(reply))
  return (reply as { value: T }).value
}

const asTechnician = async <T>(house: House, name: string, input: object = {}): Promise<T> =>
  done<T>(await house.asStaff("technician", name, input))

async function ordersIn(house: House, state: string): Promise<readonly Order[]> {
  return (await asTechnician<{ orders: Order[] }>(house, "reordering.orders", { state })).orders
}

interface Task {
  readonly item: string
  readonly tier: number
  readonly command?: string
  readonly context: { readonly willHappen?: string }
}

async function tasks(house: House): Promise<readonly Task[]> {
  return done<{ items: Task[] }>(await house.ask("work-queue.list")).items
}

const pointOf = async (house: House, ndc: string): Promise<Point | undefined> =>
  (await asTechnician<{ points: Point[] }>(house, "reordering.points", { ndcs: [ndc] })).points[0]

test("what is below its point is in the draft once, in whole packages, and nothing controlled is", async (t) => {
  const house = await openShop(t)
  await house.ask("reordering.compute")
  const drafts = await ordersIn(house, "draft")
  assert.deepEqual(
    drafts.map(({ wholesaler, lines }) => [wholesaler, lines.map(({ ndc }) => ndc)]),
    [["Big River", [amlodipine]]],
  )
  const [line] = drafts[0]?.lines ?? []
  const point = await pointOf(house, amlodipine)
  assert.ok(line && point)
  assert.deepEqual([line.packSize, line.isPackKnown], ["100", true])
  const upTo = Number(point.point) + 14 * Number(point.mean)
  assert.ok(10 + 100 * line.packs >= upTo && 10 + 100 * (line.packs - 1) < upTo)
  const forPharmacist = (await tasks(house)).filter(({ tier }) => tier === 2)
  assert.equal(
    forPharmacist.filter(({ context }) => /222/.test(context.willHappen ?? "")).length,
    1,
  )
})

test("a controlled drug is put into no draft by hand either", async (t) => {
  const house = await openShop(t)
  const wanted = { wholesaler: "Big River", ndc: oxycodone, packs: 1 }
  const refused = await house.asStaff("manager", "reordering.add", wanted)
  assert.equal(refused.kind === "fault" && refused.code, "controlled")
})

test("a point set by hand counts until it is given back, and says who set it and why", async (t) => {
  const house = await openShop(t)
  const before = await pointOf(house, lisinopril)
  const set = { ndc: lisinopril, point: "5000", reason: "Flu season." }
  const after = await asTechnician<Point>(house, "reordering.override", set)
  assert.deepEqual([after.point, after.override?.by], ["5000", "the-technician"])
  await house.ask("reordering.compute")
  const lines = (await ordersIn(house, "draft")).flatMap((order) => order.lines)
  assert.ok(lines.some(({ ndc }) => ndc === lisinopril))
  const back = { ndc: lisinopril, reason: "It is over." }
  const again = await asTechnician<Point>(house, "reordering.override", back)
  assert.deepEqual([again.point, again.override], [before?.reckoned, undefined])
})

test("a technician sends, a manager approves what was sent, and it is on its way", async (t) => {
  const house = await openShop(t)
  const [draft] = await ordersIn(house, "draft")
  assert.ok(draft)
  const { order } = draft
  const edit = { order, lines: [{ ndc: amlodipine, packs: 2, packCents: 450 }] }
  await asTechnician(house, "reordering.edit", edit)
  const sent = await asTechnician<Order>(house, "reordering.send", { order })
  assert.deepEqual(
    [sent.state, sent.sentBy, sent.lines[0]?.packs],
    ["waiting", "the-technician", 2],
  )
  const changed = await house.asStaff("technician", "reordering.edit", edit)
  assert.equal(changed.kind === "fault" && changed.code, "not_a_draft")
  const held = (await tasks(house)).find(({ command }) => command === "reordering.approve")
  assert.equal(held?.tier, 3)
  assert.match(held.context.willHappen ?? "", /1 products? to Big River .*\$9\.00/)
  const approve = { order, revision: sent.revision }
  for (const role of ["technician", "pharmacist"] as const) {
    const asked = await house.asStaff(role, "reordering.approve", approve)
    assert.deepEqual([asked.kind, asked.kind === "asked" && asked.tier], ["asked", 3])
  }
  done(await house.asStaff("manager", "work-queue.approve", { item: held.item }))
  const [approved] = await ordersIn(house, "approved")
  assert.equal(approved?.approvedBy, "the-manager")
  const again = done<Order>(await house.asStaff("manager", "reordering.approve", approve))
  assert.equal(again.state, "approved", "approved in the queue and at the counter is approved once")
  const { shelf } = await asTechnician<{ shelf: Shelf }>(house, "inventory.shelf", {
    ndc: amlodipine,
  })
  assert.equal(shelf.expected, "200")
  await house.ask("reordering.compute")
  const drafted = (await ordersIn(house, "draft")).flatMap(({ lines }) => lines)
  assert.ok(
    drafted.every(({ ndc }) => ndc !== amlodipine),
    "what is on its way is not ordered again",
  )
})

test("what was changed and sent again is not approved by who looked at it before", async (t) => {
  const house = await openShop(t)
  const [draft] = await ordersIn(house, "draft")
  const { order } = draft ?? { order: "" }
  const first = await asTechnician<Order>(house, "reordering.send", { order })
  await asTechnician(house, "reordering.takeBack", { order, reason: "One more product." })
  await asTechnician(house, "reordering.send", { order })
  const old = { order, revision: first.revision }
  const refused = await house.asStaff("manager", "reordering.approve", old)
  assert.equal(refused.kind === "fault" && refused.code, "sent_anew")
})

test("a delivery is on the shelf with its lot, and the last one closes the order", async (t) => {
  const house = await openShop(t)
  const [draft] = await ordersIn(house, "draft")
  const { order } = draft ?? { order: "" }
  await asTechnician(house, "reordering.edit", { order, lines: [{ ndc: amlodipine, packs: 2 }] })
  const one = { ndc: amlodipine, quantity: "100", lot: "AM7", expiresOn: "2028-05-31" }
  const early = await house.asStaff("technician", "reordering.receive", {
    order,
    came: [one],
    isLast: false,
  })
  assert.equal(early.kind === "fault" && early.code, "not_approved")
  const { revision } = await asTechnician<Order>(house, "reordering.send", { order })
  done(await house.asStaff("manager", "reordering.approve", { order, revision }))
  const receive = (came: object[], isLast = false) =>
    house.asStaff("technician", "reordering.receive", { order, came, isLast })
  const old = await receive([{ ...one, expiresOn: "2026-11-01" }])
  assert.equal(old.kind === "fault" && old.code, "out_of_date")
  const other = await receive([{ ...one, ndc: lisinopril }])
  assert.equal(other.kind === "fault" && other.code, "not_ordered")

  const shelf = async () =>
    await asTechnician<{
      shelf: Shelf
      movements: { kind: string; lot?: string; order?: string }[]
    }>(house, "inventory.shelf", { ndc: amlodipine })
  assert.equal(done<Order>(await receive([one])).lines[0]?.received, "100")
  assert.equal((await shelf()).shelf.expected, "100")
  const closed = done<Order>(await receive([{ ...one, quantity: "60", lot: "AM8" }], true))
  assert.deepEqual([closed.state, closed.lines[0]?.received], ["received", "160"])
  const now = await shelf()
  assert.equal(now.shelf.expected, "0", "what did not come is not waited for")
  const receipts = now.movements.filter(({ kind }) => kind === "receipt")
  assert.deepEqual(receipts.map(({ lot }) => lot).sort(), ["AM7", "AM8"])
  assert.ok(receipts.every((one) => one.order === order))
})

test("an order is a file for a spreadsheet, and no caller sees any of it", async (t) => {
  const house = await openShop(t)
  const [draft] = await ordersIn(house, "draft")
  const { order } = draft ?? { order: "" }
  const file = await asTechnician<{ name: string; text: string }>(house, "reordering.csv", {
    order,
  })
  assert.equal(file.name, "order-big-river-2026-11-20.csv")
  assert.match(file.text, /^99999-1017-01,amlodipine 5 mg tablet,\d+,100,/m)
  for (const name of ["reordering.csv", "reordering.orders", "inventory.shelves"])
    assert.equal((await house.asCaller("1001", name, { order })).kind, "refused")
})

/** The inventory through its contract, in the real house with the demo pharmacy system. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import type { Reply } from "#core/module.ts"
import { type House, openHouse } from "../../test/house.ts"
import type { Movement, Shelf } from "./contract.ts"

const only = [
  ...["controlled-substances", "drugs", "inventory", "pms", "prescriptions", "refills"],
  ...["work-queue"],
]
/** Friday 20 November 2026, noon in Austin. */
const nowMs = Date.UTC(2026, 10, 20, 18)

/** James Carter's lisinopril can be refilled; Grace Kim has oxycodone and levothyroxine. */
const james = "1001"
const lisinopril = { rxNumber: "7001235", ndc: "99999103701" }
const grace = "1002"
const levothyroxine = { rxNumber: "7001243", ndc: "99999103601" }
const oxycodone = { rxNumber: "7001241", ndc: "99999100201" }
/** In the directory, and not on the pharmacy system's books. */
const valsartan = "99999-1056-01"

const openShop = (t: TestContext, settings: object = {}) =>
  openHouse(t, { only, today: "2026-11-20", nowMs, settings: { inventory: { ...settings } } })

function done<T>(reply: Reply): T {
  assert.equal(reply.kind, "done", JSON.stringify(reply))
  return (reply as { value: T }).value
}

interface Shown {
  readonly shelf: Shelf
  readonly movements: readonly Movement[]
}

async function shown(house: House, ndc: string): Promise<Shown> {
  return done(await house.asStaff("technician", "inventory.shelf", { ndc }))
}

interface Waiting {
  readonly items: readonly { readonly tier: number; readonly context: { willHappen?: string } }[]
}

async function waiting(house: House): Promise<Waiting["items"]> {
  return done<Waiting>(await house.ask("work-queue.list")).items
}

/** Asks until what follows from an event is there. */
async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise(setImmediate)
  }
}

test("a shelf is as the pharmacy system has it, and what is out of date is not available", async (t) => {
  const house = await openShop(t)
  const { shelf } = await shown(house, levothyroxine.ndc)
  assert.deepEqual(
    [shelf.source, shelf.onHand, shelf.expired, shelf.available, shelf.nearestExpiry],
    ["pms", "120", "30", "90", "2028-04-03"],
  )
  assert.ok(Math.abs((shelf.knownAtMs ?? 0) - nowMs) < 600_000)
})

test("shelves are found by a part of a name, a brand, a slip of it, and by number", async (t) => {
  const house = await openShop(t)
  const named = async (text: string) => {
    const reply = await house.asStaff("technician", "inventory.shelves", { text })
    return done<{ shelves: Shelf[] }>(reply).shelves.map(({ name }) => name.split(" ")[0])
  }
  assert.deepEqual(await named("lisin"), ["lisinopril"])
  assert.deepEqual(await named("lipitor"), ["atorvastatin"])
  assert.deepEqual(await named("99999-1037-01"), ["lisinopril"])
  assert.deepEqual(await named("nothing like it"), [])
})

test("what is out of date, or soon will be, is listed, and so is what is less than nothing", async (t) => {
  const house = await openShop(t)
  const listed = async (which: string) => {
    const reply = await house.asStaff("technician", "inventory.shelves", { only: which })
    return done<{ shelves: Shelf[] }>(reply).shelves.map(({ name }) => name.split(" ")[0])
  }
  assert.deepEqual(await listed("near_expiry"), ["buspirone", "levothyroxine"])
  assert.deepEqual(await listed("discrepancies"), ["metoprolol"])
  const [task] = await waiting(house)
  assert.match(task?.context.willHappen ?? "", /less than nothing/)
})

interface Used {
  readonly products: readonly { readonly ndc: string; readonly daily: readonly string[] }[]
}

const ledgerOf = async (house: House, ndc: string) =>
  (await shown(house, ndc)).movements.map(({ kind, quantity }) => `${kind} ${quantity}`)

test("a refill asked for here is set aside, and leaves when it is fetched, once", async (t) => {
  const house = await openShop(t)
  const { rxNumber, ndc } = lisinopril
  const { bus } = house.host
  const told = (fill: string) =>
    bus.publish("pms", "fillChanged", { rxNumber, patient: james, fill })
  done(await house.asCaller(james, "refills.request", { rxNumber }))
  const reserved = await until(async () => {
    const { shelf } = await shown(house, ndc)
    return shelf.reserved !== "0" && shelf
  })
  assert.equal(reserved.reserved, "30")
  assert.equal(Number(reserved.available), Number(reserved.onHand) - 30)
  for (const fill of ["picked_up", "picked_up", "delivered"]) told(fill)
  // Events of one prescription are heard in turn: this is behind those.
  bus.publish("refills", "requested", { rxNumber, patient: james, ticket: "RF-2" })
  const ledger = await until(async () => {
    const lines = await ledgerOf(house, ndc)
    return lines.length > 3 && lines
  })
  const expected = ["dispense -30", "release -30", "reservation 30", "reservation 30"]
  assert.deepEqual(ledger.toSorted(), expected)
  told("cancelled")
  await until(async () => (await shown(house, ndc)).shelf.reserved === "0")
  const { products } = done<Used>(await house.ask("inventory.use", { days: 7 }))
  assert.deepEqual(products, [], "today is not over")
})

test("a delivery comes with its lot, and one that is out of date does not come at all", async (t) => {
  const house = await openShop(t)
  const delivery = { ndc: valsartan, quantity: "90", lot: "V1", expiresOn: "2028-01-31" }
  const old = { ...delivery, expiresOn: "2026-11-19" }
  const refused = await house.asStaff("technician", "inventory.receive", old)
  assert.equal(refused.kind === "fault" && refused.code, "out_of_date")
  const unknown = { ...delivery, ndc: "12345-6789-01" }
  const nothing = await house.asStaff("technician", "inventory.receive", unknown)
  assert.equal(nothing.kind === "fault" && nothing.code, "unknown_ndc")
  const shelf = done<Shelf>(await house.asStaff("technician", "inventory.receive", delivery))
  assert.deepEqual([shelf.source, shelf.onHand, shelf.available], ["counts", "90", "90"])
  assert.equal(shelf.nearestExpiry, "2028-01-31")
  const { movements } = await shown(house, valsartan)
  assert.deepEqual(
    movements.map(({ kind, by, lot }) => [kind, by, lot]),
    [["receipt", "the-technician", "V1"]],
  )
})

test("a count that differs is a task, and is over when a count or the pharmacy system agrees", async (t) => {
  const house = await openShop(t)
  const count = async (ndc: string, quantity: string) => {
    const counted = { ndc, kind: "count", quantity, reason: "Monthly count." }
    return done<Shelf>(await house.asStaff("technician", "inventory.adjust", counted))
  }
  assert.equal((await count(valsartan, "60")).discrepancy, undefined, "nothing to differ from")
  const [kept, found] = [await count(valsartan, "58"), await count(valsartan, "58")]
  assert.deepEqual([kept.onHand, kept.discrepancy?.booked], ["58", "60"])
  assert.equal(found.discrepancy, undefined)

  const differs = await count(lisinopril.ndc, "100")
  assert.equal(differs.source, "pms")
  assert.notEqual(differs.onHand, "100", "the pharmacy system's word counts until it is corrected")
  const tasks = await waiting(house)
  assert.equal(tasks.filter(({ context }) => /differs/.test(context.willHappen ?? "")).length, 2)
  const corrected = { ndc: lisinopril.ndc, onHand: 100 }
  await fetch(`${house.pmsUrl}/stock`, { method: "POST", body: JSON.stringify(corrected) })
  assert.equal((await shown(house, lisinopril.ndc)).shelf.discrepancy, undefined)
})

test("more than was counted leaves: the shelf says so, and somebody is told", async (t) => {
  const house = await openShop(t)
  const adjust = async (kind: string, quantity: string) => {
    const adjusted = { ndc: valsartan, kind, quantity, reason: "Seen on the shelf." }
    return done<Shelf>(await house.asStaff("pharmacist", "inventory.adjust", adjusted))
  }
  const isTold = async () =>
    (await waiting(house)).some(({ context }) => /More left/.test(context.willHappen ?? ""))
  const levels = async () =>
    done<{ levels: unknown[] }>(
      await house.ask("inventory.levels", { ndc: `0${valsartan.replaceAll("-", "")}` }),
    ).levels

  const uncounted = await adjust("waste", "5")
  assert.deepEqual([uncounted.onHand, uncounted.isNegative], ["-5", false])
  assert.deepEqual([await isTold(), await levels()], [false, []], "nobody has counted it yet")

  await adjust("count", "3")
  const short = await adjust("waste", "4")
  assert.deepEqual([short.onHand, short.isNegative], ["-1", true])
  assert.deepEqual([await isTold(), (await levels()).length], [true, 1])
})

test("a controlled drug's count is a pharmacist's matter, and no caller hears of it", async (t) => {
  const house = await openShop(t)
  const count = { ndc: oxycodone.ndc, kind: "count", quantity: "38", reason: "Day count." }
  const refused = await house.asStaff("technician", "inventory.adjust", count)
  assert.equal(refused.kind === "fault" && refused.code, "controlled")
  const asked = await house.asStaff("technician", "inventory.adjustControlled", count)
  assert.deepEqual([asked.kind, asked.kind === "asked" && asked.tier], ["asked", 2])
  assert.equal((await shown(house, oxycodone.ndc)).movements.length, 0)
  const shelf = done<Shelf>(await house.asStaff("pharmacist", "inventory.adjustControlled", count))
  assert.deepEqual(shelf.discrepancy?.counted, "38")
  const task = (await waiting(house)).find(({ context }) =>
    /differs/.test(context.willHappen ?? ""),
  )
  assert.equal(task?.tier, 2)
  const pickUp = { rxNumber: oxycodone.rxNumber }
  const told = await house.asCaller(grace, "inventory.pickUp", pickUp)
  assert.deepEqual([told.kind, told.kind === "asked" && told.tier], ["asked", 2])
})

interface Told {
  readonly stock: string
  readonly isUsuallyNextDay: boolean
}

test("whether it may be there today is told to its patient, as far as the shelf tells", async (t) => {
  const house = await openShop(t, { usuallyNextDay: true })
  const { rxNumber, ndc } = lisinopril
  const ask = async () => done<Told>(await house.asCaller(james, "inventory.pickUp", { rxNumber }))
  const setStock = (onHand: number) =>
    fetch(`${house.pmsUrl}/stock`, { method: "POST", body: JSON.stringify({ ndc, onHand }) })
  assert.equal((await ask()).stock, "here")
  await setStock(29)
  assert.deepEqual(await ask(), {
    fill: "picked_up",
    stock: "to_be_ordered",
    isUsuallyNextDay: true,
  })
  const lines = [{ ndc: `0${ndc}`, quantity: "100" }]
  done(await house.ask("inventory.expect", { order: "order-1", lines }))
  assert.equal((await ask()).stock, "on_its_way")
  await setStock(-1)
  assert.equal((await ask()).stock, "unknown", "books that are wrong tell nothing")
  for (const caller of [grace, undefined])
    assert.equal((await house.asCaller(caller, "inventory.pickUp", { rxNumber })).kind, "refused")
})

test("what was read a moment ago stands in while the pharmacy system does not answer", async (t) => {
  const house = await openShop(t)
  const { rxNumber } = levothyroxine
  const ask = async () => done<Told>(await house.asCaller(grace, "inventory.pickUp", { rxNumber }))
  assert.equal((await ask()).stock, "here")
  await house.pmsFault({ mode: "down", only: "/api/stock" })
  assert.equal((await ask()).stock, "here")
})

test("what was dispensed is told by day", async (t) => {
  const demo = [{ ndc: `0${lisinopril.ndc}`, daily: 10 }]
  const house = await openShop(t, { demo })
  const { products } = done<Used>(await house.ask("inventory.use", { days: 14 }))
  assert.equal(products.length, 1)
  assert.equal(products[0]?.daily.length, 14)
  const whole = products[0]?.daily.reduce((sum, quantity) => sum + Number(quantity), 0) ?? 0
  assert.ok(whole > 100 && whole < 180, String(whole))
})

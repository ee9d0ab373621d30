/** One shelf reckoned up: what is available, which lot is taken first, what is too old to tell. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { thousandths, total, written } from "../../pms-adapters/ncpdp/thousandths.ts"
import type { Item } from "./needs.ts"
import { isFresh, shelfOf, withLot, withoutAmount } from "./shelf.ts"

const today = "2026-11-20"
const nowMs = Date.UTC(2026, 10, 20, 18)
const MINUTE_MS = 60_000

const old = { lot: "A", expiresOn: "2026-11-19", quantity: "30" }
const lastDay = { lot: "B", expiresOn: "2026-11-20", quantity: "10" }
const good = { lot: "C", expiresOn: "2028-01-31", quantity: "60.5" }
const item: Item = {
  ...{ ndc: "099999103601", name: "levothyroxine", schedule: "none", kept: "100.5" },
  ...{ lots: [good, old, lastDay], reserved: "20", expected: "0", countedAtMs: nowMs },
}

test("a quantity and its thousandths are each other's inverse", () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }), (amount) => {
      assert.equal(thousandths(written(amount)), amount)
    }),
  )
  assert.deepEqual(["8.5", "0.005", "-12", "30"].map(thousandths), [8_500, 5, -12_000, 30_000])
  assert.deepEqual([8_500, 5, -12_000, 0].map(written), ["8.5", "0.005", "-12", "0"])
})

test("what is out of date and what is set aside is not available; the last day still counts", () => {
  const shelf = shelfOf(item, today)
  assert.deepEqual([shelf.onHand, shelf.expired, shelf.available], ["100.5", "30", "50.5"])
  assert.equal(shelf.nearestExpiry, "2026-11-20")
})

test("lots that come to more than there is don't make less than nothing available", () => {
  const shelf = shelfOf({ ...item, kept: "10", reserved: "0" }, today)
  assert.deepEqual([shelf.expired, shelf.available, shelf.isNegative], ["10", "0", false])
})

test("the pharmacy system's word comes before our own books", () => {
  const told = { onHand: "-2", readAtMs: nowMs, lots: [] }
  const shelf = shelfOf({ ...item, told }, today)
  assert.deepEqual([shelf.source, shelf.onHand, shelf.isNegative], ["pms", "-2", true])
  assert.deepEqual(shelf.lots, [])
})

test("what goes out of date first leaves first, and what is out of date is not dispensed", () => {
  const rest = withoutAmount(item.lots, { amount: thousandths("15"), today })
  assert.deepEqual(rest, [old, { ...good, quantity: "55.5" }])
  const returned = withoutAmount(item.lots, { amount: thousandths("30"), lot: "A", today })
  assert.deepEqual(returned, [lastDay, good])
})

test("whatever leaves, no lot comes to less than nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 20 }), (amounts) => {
      let lots = withLot([good], { ...good, quantity: "39.5" })
      for (const amount of amounts) lots = withoutAmount(lots, { amount, today })
      assert.ok(lots.every(({ quantity }) => thousandths(quantity) > 0))
      const left = amounts.reduce((sum, amount) => sum - amount, 100_000)
      assert.equal(total(lots.map(({ quantity }) => quantity)), Math.max(0, left))
    }),
  )
})

test("what nobody read or counted of late is too old for a caller", () => {
  const limits = { freshMinutes: 15, freshCountHours: 24 }
  const told = (agoMs: number) => ({ ...item, told: { onHand: "5", readAtMs: nowMs - agoMs } })
  assert.ok(isFresh(told(15 * MINUTE_MS), limits, nowMs))
  assert.ok(!isFresh(told(16 * MINUTE_MS), limits, nowMs))
  assert.ok(isFresh(item, limits, nowMs + 24 * 60 * MINUTE_MS))
  assert.ok(!isFresh(item, limits, nowMs + 25 * 60 * MINUTE_MS))
  const { countedAtMs: _, ...neverCounted } = item
  assert.ok(!isFresh(neverCounted, limits, nowMs))
})

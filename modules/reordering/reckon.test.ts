/** When to order and how much, reckoned by hand and over many orders that nobody has placed. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { csvOf } from "./csv.ts"
import { packSizeOf } from "./packages.ts"
import { dailyUseOf, packsNeeded, reorderPoint, type SafeCycles } from "./reckon.ts"

const units = (amount: number) => amount * 1_000
const levels: readonly SafeCycles[] = [90, 95, 98, 99]

test("the point is the use of the lead time and z deviations, as reckoned by hand", () => {
  // 4, 8, 6, 2: mean 5, deviation √(20/3) = 2.582; 5 × 4 + 1.6449 × 2.582 × 2 = 28.49.
  const use = dailyUseOf([4, 8, 6, 2].map(units))
  assert.equal(use.mean, units(5))
  assert.ok(Math.abs(use.deviation - 2_582) < 1)
  assert.equal(reorderPoint(use, { leadDays: 4, serviceLevel: 95 }), units(29))
})

test("what goes evenly needs no safety stock, what never goes needs none at all", () => {
  assert.equal(
    reorderPoint(dailyUseOf([3, 3, 3].map(units)), { leadDays: 2, serviceLevel: 99 }),
    units(6),
  )
  assert.equal(reorderPoint(dailyUseOf([0, 0, 0]), { leadDays: 2, serviceLevel: 99 }), 0)
  assert.equal(reorderPoint(dailyUseOf([]), { leadDays: 2, serviceLevel: 99 }), 0)
})

test("more safety and a longer way never mean a lower point", () => {
  const daily = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 2, maxLength: 60 })
  fc.assert(
    fc.property(daily, fc.integer({ min: 1, max: 30 }), (amounts, leadDays) => {
      const use = dailyUseOf(amounts)
      const points = levels.map((serviceLevel) => reorderPoint(use, { leadDays, serviceLevel }))
      assert.deepEqual(
        points,
        points.toSorted((a, b) => a - b),
      )
      assert.ok((points[0] ?? 0) >= use.mean * leadDays)
      const later = reorderPoint(use, { leadDays: leadDays + 1, serviceLevel: 95 })
      assert.ok(later >= (points[1] ?? 0))
      assert.ok(points.every((point) => point % 1_000 === 0))
    }),
  )
})

test("an order fills up to the point and the days it should last, in whole packages", () => {
  const need = { point: units(30), mean: units(5), coverDays: 14, packSize: units(30) }
  assert.equal(packsNeeded({ ...need, position: units(30) }), 0)
  // 30 + 5 × 14 − 29 = 71, three packages of 30.
  assert.equal(packsNeeded({ ...need, position: units(29) }), 3)
  assert.equal(packsNeeded({ ...need, position: units(-10) }), 4)
})

/** Numbers that look like chance and are the same each time. */
function sequence(seed: number) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test("at 95 of a hundred, nothing runs out in about so many order cycles", () => {
  const next = sequence(7)
  // The sum of twelve is near enough to a normal distribution: mean 20, deviation 4.
  const demand = () => 20 + 4 * (Array.from({ length: 12 }, next).reduce((a, b) => a + b, 0) - 6)
  const history = Array.from({ length: 365 }, () => units(demand()))
  const point = reorderPoint(dailyUseOf(history), { leadDays: 3, serviceLevel: 95 })
  const cycles = 10_000
  let short = 0
  for (let cycle = 0; cycle < cycles; cycle++) {
    const gone = units(demand() + demand() + demand())
    if (gone > point) short++
  }
  assert.ok(short / cycles > 0.02 && short / cycles < 0.07, `${short} of ${cycles}`)
})

test("a package's units are read from the directory's words, and never guessed", () => {
  const sizes = {
    "100 TABLET in 1 BOTTLE (99999-1000-01)": 100,
    "3 mL in 1 SYRINGE": 3,
    "10 BLISTER PACK in 1 CARTON (0000-0000-00) / 10 TABLET in 1 BLISTER PACK": 100,
    "2 VIAL in 1 CARTON (0000-0000-02)  > 10 mL in 1 VIAL": 20,
    "5 SYRINGE in 1 CARTON / 1.5 mL in 1 SYRINGE (0000-0000-01)": 7.5,
    "1 KIT in 1 CARTON * 2 VIAL": undefined,
    "10 BLISTER PACK in 1 CARTON / 10 TABLET in 1 BOTTLE": undefined,
    "a bottle": undefined,
    "": undefined,
  }
  for (const [words, size] of Object.entries(sizes)) assert.equal(packSizeOf(words), size, words)
})

test("a spreadsheet is given words and numbers, and no formula", () => {
  const line = { packSize: "100", isPackKnown: true, received: "0", packs: 2 }
  const text = csvOf({
    ...{ order: "1", wholesaler: "W", state: "approved", madeOn: "2026-11-20", revision: 1 },
    lines: [
      { ...line, ndc: "099999103701", name: "lisinopril 10 mg tablet", packCents: 1_205 },
      { ...line, ndc: "123456789012", name: '=SUM(A1), "x"', isPackKnown: false },
    ],
  })
  assert.deepEqual(text.split("\r\n"), [
    'NDC,Product,Packages,Units in a package,"Cost of a package, dollars"',
    "99999-1037-01,lisinopril 10 mg tablet,2,100,12.05",
    `123456-7890-12,"'=SUM(A1), ""x""",2,,`,
    "",
  ])
})

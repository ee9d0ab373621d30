/** The law, row by row, on days before and after it changed. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { rows } from "./law.ts"
import { type Known, refillRuling, transferRuling } from "./ruling.ts"

const on = "2026-11-20"
const known = (more: Partial<Known>): Known => ({ schedule: "CIV", on, state: "TX", ...more })
const refill = (more: Partial<Known>) => {
  const { isAllowed, broken, says } = refillRuling(known(more))
  return [isAllowed, broken?.rule, says]
}
const move = (more: Partial<Known>, movedBefore = false) => {
  const { isAllowed, broken, says } = transferRuling(known(more), movedBefore)
  return [isAllowed, broken?.rule, says]
}

test("a CII prescription is never refilled, whatever its record says", () => {
  fc.assert(
    fc.property(fc.nat({ max: 20 }), fc.nat({ max: 20 }), (refillsLeft, refillsUsed) => {
      const ruled = refill({ schedule: "CII", refillsLeft, refillsUsed, writtenOn: on })
      assert.deepEqual(ruled, [false, "no_refills", "new_each_time"])
    }),
  )
})

test("CIII and CIV are refilled five times in six months, and on the last day too", () => {
  for (const schedule of ["CIII", "CIV"] as const) {
    const of = { schedule, refillsLeft: 2, refillsUsed: 4 }
    assert.deepEqual(refill({ ...of, writtenOn: "2026-05-20" }), [true, undefined, undefined])
    assert.deepEqual(refill({ ...of, writtenOn: "2026-05-19" }), [false, "six_months", "too_old"])
    assert.deepEqual(refill({ ...of, refillsUsed: 5 }), [false, "five_refills", "used_up"])
    assert.deepEqual(refill({ ...of, refillsLeft: 0 }), [false, "five_refills", "used_up"])
    assert.deepEqual(refill({ ...of, expiresOn: "2026-11-19" }), [false, "six_months", "too_old"])
  }
})

test("CV goes by what was authorised, and what is on no schedule is no matter of this law", () => {
  assert.deepEqual(refill({ schedule: "CV", refillsLeft: 0 }), [false, "as_authorised", "used_up"])
  assert.deepEqual(refill({ schedule: "CV", writtenOn: "2026-01-02" })[0], true)
  assert.deepEqual(refill({ schedule: "none", refillsLeft: 0 })[0], true)
})

test("what it is not told is listed for the pharmacist and never taken for granted", () => {
  assert.deepEqual(refillRuling(known({})).unknown, ["written_on", "refills_used"])
  assert.deepEqual(refillRuling(known({ schedule: "unknown" })).unknown, ["schedule"])
  assert.deepEqual(transferRuling(known({}), false).unknown, ["electronic", "moves_elsewhere"])
})

test("refills move once, and of a CII that was filled there is nothing to move", () => {
  const filled = { lastFilledOn: "2026-10-20" }
  assert.deepEqual(move(filled)[0], true)
  assert.deepEqual(move(filled, true), [false, "transfer_once", "moved_before"])
  const two = { ...filled, schedule: "CII" } as const
  assert.deepEqual(move(two), [false, "no_refills_to_move", "stays_here"])
})

test("a first fill moves since 28 August 2023, and not before", () => {
  const two = { schedule: "CII" } as const
  assert.deepEqual(move({ ...two, on: "2023-08-27" }), [false, undefined, "stays_here"])
  assert.deepEqual(move({ ...two, on: "2023-08-28" })[0], true)
  assert.deepEqual(move(two, true), [false, "first_fill_once", "moved_before"])
})

test("every row has a source, and one that nobody read waits for counsel", () => {
  assert.ok(rows.length >= 10)
  for (const { rule, source, needsCounsel, state } of rows) {
    assert.match(source, /CFR|FR|not read/, rule)
    assert.equal(needsCounsel, source.includes("not read") || state !== undefined, rule)
  }
})

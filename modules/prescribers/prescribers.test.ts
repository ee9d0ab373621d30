/** Prescribers through their contract, and the arithmetic of their numbers. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import fc from "fast-check"
import { isNpiPossible } from "../../pms-adapters/ncpdp/npi.ts"
import { openHouse } from "../../test/house.ts"
import { authorityOf, isDeaPossible } from "./dea.ts"
import { keyOf } from "./spelling.ts"

const openCounter = (t: TestContext) =>
  openHouse(t, { only: ["prescribers", "pms"], today: "2026-11-20" })

/** James's atorvastatin, by Dr. Ada Winter of the demo's cast. */
const atorvastatin = "7001234"
const winter = {
  name: "Winter, Ada MD",
  npi: "1234567893",
  phone: "+15125550160",
  networkId: "0000000000001",
}

const digits = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${length}}$`)).map((text) => text.slice(0, length))

test("of ten NPIs that differ in the last digit, one can be right", () => {
  assert.ok(isNpiPossible("1234567893"))
  assert.ok(!isNpiPossible("1234567890"))
  fc.assert(
    fc.property(digits(8), (middle) => {
      const numbers = [..."0123456789"].map((last) => `1${middle}${last}`)
      assert.equal(numbers.filter(isNpiPossible).length, 1)
    }),
  )
  for (const text of ["", "123456789", "3234567893", "12345678930", "123456789x"]) {
    assert.ok(!isNpiPossible(text), text)
  }
})

test("of ten DEA numbers that differ in the last digit, one can be right", () => {
  fc.assert(
    fc.property(digits(6), (middle) => {
      const numbers = [..."0123456789"].map((last) => `AB${middle}${last}`)
      assert.equal(numbers.filter((number) => isDeaPossible(number)).length, 1)
    }),
  )
})

test("a DEA number fits its holder's last name, or is a business's", () => {
  const made = (second: string) => `A${second}${"0".repeat(7)}`
  assert.ok(isDeaPossible(made("W"), "Winter"))
  assert.ok(isDeaPossible(made("9"), "Winter"))
  assert.ok(isDeaPossible(`${made("w").toLowerCase()}-b12`, "winter"))
  assert.ok(!isDeaPossible(made("B"), "Winter"))
})

test("what a kind of number allows is told, and what nobody knows is unknown", () => {
  assert.equal(authorityOf("A", "CII"), "possible")
  assert.equal(authorityOf("M", "CII"), "depends_on_state")
  assert.equal(authorityOf("P", "CIV"), "not_possible")
  assert.equal(authorityOf("A", "CI"), "not_possible")
  assert.equal(authorityOf("", "CII"), "unknown")
  assert.equal(authorityOf("", "none"), "possible")
  assert.equal(authorityOf("A", "unknown"), "unknown")
})

test("a name is the same name with a title, in another order, and without its accents", () => {
  assert.equal(keyOf("Dr. Ada Winter"), keyOf("WINTER, Ada, M.D."))
  assert.equal(keyOf("José Núñez, DO"), keyOf("Nunez Jose"))
  assert.notEqual(keyOf("Ada Winter"), keyOf("Ada Winters"))
})

test("who wrote a prescription is told with how to reach them", async (t) => {
  const house = await openCounter(t)
  const ask = () => house.ask("prescribers.writerOf", { rxNumber: atorvastatin })
  assert.deepEqual((await ask()).value, { name: "Dr. Ada Winter" })
  await house.ask("prescribers.remember", winter)
  assert.deepEqual((await ask()).value, { name: "Dr. Ada Winter", prescriber: winter })
})

test("of two prescribers with one name neither is chosen", async (t) => {
  const house = await openCounter(t)
  await house.ask("prescribers.remember", winter)
  await house.ask("prescribers.remember", { name: "Ada Winter", npi: "1999999984" })
  const told = await house.ask("prescribers.writerOf", { rxNumber: atorvastatin })
  assert.deepEqual(told.value, { name: "Dr. Ada Winter" })
  const found = await house.ask<{ prescribers: unknown[] }>("prescribers.find", {
    name: "Dr Winter Ada",
  })
  assert.equal(found.value.prescribers.length, 2)
})

test("a number with a wrong check digit is not kept", async (t) => {
  const house = await openCounter(t)
  const keep = (numbers: object) =>
    house.asStaff("technician", "prescribers.remember", { ...winter, ...numbers })
  for (const [numbers, code] of [
    [{ npi: "1234567890" }, "bad_npi"],
    [{ dea: "AW0000001" }, "bad_dea"],
  ] as const) {
    const reply = await keep(numbers)
    assert.ok(reply.kind === "fault")
    assert.equal(reply.code, code)
  }
  const { value } = await house.ask<{ prescribers: unknown[] }>("prescribers.find", {
    npi: winter.npi,
  })
  assert.deepEqual(value.prescribers, [])
  const checked = await house.ask("prescribers.check", {
    npi: "1234567890",
    dea: "MW0000001",
    schedule: "CII",
  })
  assert.deepEqual(checked.value, {
    isNpiPossible: false,
    isDeaPossible: false,
    authority: "depends_on_state",
  })
})

/** What is read from the loose values of REST vendors, and what is left out. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import {
  balanceOf,
  centsOf,
  countOf,
  dayOf,
  dispensedOf,
  e164Of,
  isId,
  quantityOf,
  rejectCodesOf,
} from "./loose.ts"

test("money keeps every cent, as text and as a number", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (cents) => {
      const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`
      assert.equal(centsOf(text), cents)
      assert.equal(centsOf(Number(text)), cents)
    }),
  )
})

test("what is no amount is no amount", () => {
  for (const value of [undefined, null, "", -1, "1,000.00", "free", 1e21, 0.125, "12.345"]) {
    assert.equal(centsOf(value), undefined)
  }
})

test("a count is a whole number, however many zeros follow it", () => {
  assert.deepEqual([30, "30", "30.00000", " 7 ", 0].map(countOf), [30, 30, 30, 7, 0])
  for (const value of ["7.5", -1, "", null, "many", 1e9]) assert.equal(countOf(value), undefined)
})

test("reject codes are the payer's, however they are written, and their zeros count", () => {
  const given = ["75", 75, " 3w ", "06", 6, "zz9", null, undefined, "", 7.5, "PRIOR AUTH", "ß"]
  assert.deepEqual(rejectCodesOf(given), ["75", "3W", "06", "6", "ZZ9"])
  assert.equal(rejectCodesOf(Array.from({ length: 50 }, (_, index) => index)).length, 20)
})

test("a quantity keeps three decimals, and what has more is none", () => {
  const given = [30, "30.000", "30.00000", "8.50", 0.125, 0, "0000030.500", "000"]
  const meant = ["30", "30", "30", "8.5", "0.125", "0", "30.5", "0"]
  assert.deepEqual(given.map(quantityOf), meant)
  const odd = ["7.1234", 0.1 + 0.2, -1, "", null, "one box", "30 TAB", "1,000", "1e2", 1e9, 1e21]
  for (const value of odd) assert.equal(quantityOf(value), undefined)
})

test("a fill that takes nothing from the shelf is one whose quantity nobody wrote down", () => {
  assert.deepEqual(["0", 0, "0.000", "00000", ""].map(dispensedOf), Array(5).fill(undefined))
  assert.deepEqual(["30.000", 8.5, "0.001"].map(dispensedOf), ["30", "8.5", "0.001"])
})

test("what is on the books may be less than nothing, and nothing has no sign", () => {
  const given = ["50.0", -30, "-8.500", "-0.0", 0, "0050"]
  assert.deepEqual(given.map(balanceOf), ["50", "-30", "-8.5", "0", "0", "50"])
  for (const value of ["--3", "- 3", "3-", "", null, "plenty", "1.2345"])
    assert.equal(balanceOf(value), undefined)
})

test("a day is the same day in each of the usual ways, with and without a time", () => {
  const days = fc.date({
    min: new Date("1900-01-01T12:00:00Z"),
    max: new Date("2099-12-31T12:00:00Z"),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(days, (date) => {
      const day = date.toISOString().slice(0, 10)
      const [year = "", month = "", dayOfMonth = ""] = day.split("-")
      const american = `${Number(month)}/${Number(dayOfMonth)}/${year}`
      for (const text of [day, american, `${year}${month}${dayOfMonth}`]) {
        assert.equal(dayOf(text), day)
        assert.equal(dayOf(`${text} 12:00:00 AM`), day)
      }
      assert.equal(dayOf(`${day}T22:37:10.0673633-05:00`), day)
    }),
  )
})

test("a day that does not exist, or stands for none, is absent", () => {
  for (const text of ["2/30/2026", "0001-01-01T00:00:00", "1/1/0001", "9999-12-31", "soon", null]) {
    assert.equal(dayOf(text), undefined)
  }
})

test("the empty GUID is nobody", () => {
  assert.equal(isId("00000000-0000-0000-0000-000000000000"), false)
  assert.equal(isId("{00000000-0000-0000-0000-000000000000}"), false)
  assert.equal(isId(""), false)
  assert.equal(isId("0a0b0c0d-0000-4000-8000-000000001001"), true)
})

test("a number that is no phone is absent", () => {
  assert.equal(e164Of("512-5550142"), "+15125550142")
  assert.equal(e164Of(5125550142), "+15125550142")
  for (const value of ["", "555-0142", "112 555 0142", "unlisted", null]) {
    assert.equal(e164Of(value), undefined)
  }
})

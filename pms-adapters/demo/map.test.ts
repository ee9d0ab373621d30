/** What is read from the demo vendor's texts, and what is left out because it can't be read. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { e164Of } from "../loose.ts"
import { centsOf, dayOf, momentOf, vendorDayOf, vendorPhoneOf } from "./map.ts"

test("money keeps every cent, whatever the amount", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (cents) => {
      const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`
      assert.equal(centsOf(text), cents)
    }),
  )
})

test("text that is no amount is no amount", () => {
  for (const text of [undefined, "", "12.5", "-1.00", "1,000.00", "free", "NaN", "1e3.00"]) {
    assert.equal(centsOf(text), undefined)
  }
})

test("a day survives the way to the vendor and back", () => {
  const days = fc.date({
    min: new Date("1900-01-01T12:00:00Z"),
    max: new Date("2099-12-31T12:00:00Z"),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(days, (date) => {
      const day = date.toISOString().slice(0, 10)
      assert.equal(dayOf(vendorDayOf(day)), day)
    }),
  )
})

test("a day that does not exist is absent", () => {
  for (const text of ["2/30/2026", "13/1/2026", "2026-11-20", "", undefined]) {
    assert.equal(dayOf(text), undefined)
  }
})

test("a promise is read in the pharmacy's own time, in summer and in winter", () => {
  const zone = "America/Chicago"
  assert.equal(momentOf("7/1/2026 5:30 PM", zone), Date.parse("2026-07-01T22:30:00Z"))
  assert.equal(momentOf("12/1/2026 12:00 AM", zone), Date.parse("2026-12-01T06:00:00Z"))
  assert.equal(momentOf("soon", zone), undefined)
})

test("a number that is no phone is absent, and a foreign one is not for this vendor", () => {
  assert.equal(e164Of("(512) 555-0142"), "+15125550142")
  assert.equal(e164Of("1-512-555-0142"), "+15125550142")
  for (const text of ["", "555-0142", "112 555 0142", "unlisted"]) {
    assert.equal(e164Of(text), undefined)
  }
  assert.equal(vendorPhoneOf("+15125550142"), "5125550142")
  assert.equal(vendorPhoneOf("+445125550142"), undefined)
})

/** NDCs in all the ways they are written, and what nobody may guess. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { ndc11Of, ndc12Of, productOf } from "./ndc.ts"

test("an NDC is the same in ten, eleven and twelve digits", () => {
  for (const [written, eleven] of [
    ["0002-7597-01", "00002759701"],
    ["50242-040-62", "50242004062"],
    ["60575-4112-1", "60575411201"],
    ["00002-7597-01", "00002759701"],
  ] as const) {
    const twelve = ndc12Of(written)
    assert.equal(twelve, `0${eleven}`)
    assert.equal(ndc11Of(twelve), eleven)
    assert.equal(ndc12Of(eleven), twelve)
    assert.equal(ndc12Of(` ${twelve} `), twelve)
  }
})

test("ten digits without hyphens could be three packages, so they are none", () => {
  assert.equal(ndc12Of("0002759701"), undefined)
})

test("a labeler of six digits has no eleven", () => {
  const twelve = ndc12Of("123456-789-01")
  assert.equal(twelve, "123456078901")
  assert.equal(ndc11Of(twelve), undefined)
})

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`))

test("a package begins with its product, however the segments are cut", () => {
  fc.assert(
    fc.property(digits(4, 6), digits(3, 4), digits(1, 2), (labeler, product, packed) => {
      fc.pre(labeler.length + product.length + packed.length >= 10)
      const twelve = ndc12Of(`${labeler}-${product}-${packed}`)
      assert.match(twelve ?? "", /^\d{12}$/)
      assert.equal(twelve?.slice(0, 10), productOf(`${labeler}-${product}`))
    }),
  )
})

test("any other text is no NDC", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/^\s*(\d{11,12}|\d+-\d+-\d+)\s*$/.test(text))
      assert.equal(ndc12Of(text), undefined)
    }),
  )
  for (const text of ["123-456-7890", "4-4-2", "0002-7597-011", "0002--01", "٠٠٠٢-7597-01"]) {
    assert.equal(ndc12Of(text), undefined, text)
  }
})

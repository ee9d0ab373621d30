/** What an answer about a prescription says of the shelf, and what it does not. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { stockOf } from "./map.ts"

const reading = {
  isNextRefillEarliest: false,
  isUnclassedUncontrolled: false,
  recentDays: 5,
  timeZone: "America/Chicago",
}

interface Said {
  readonly product?: { readonly NDC?: string; readonly QtyOnHand?: string }
  readonly dispensed?: string
}

function told({ product, dispensed = "00071015523" }: Said) {
  const rx = { DrugName: "ATORVASTATIN 20 MG TABLET", DEAClass: "4" }
  const wire = {
    ...{ StoreNum: "125", RxNum: "7001234", PatientInfo: {} },
    FillInfo: { Extension: { RxInfo: rx, DispensedNDC: dispensed } },
    ...(product && { ProductInfo: product }),
  }
  return stockOf(wire, 0, reading)
}

const NDC = "00071015523"

test("the shelf of the product that was dispensed is told, in our words", () => {
  assert.deepEqual(told({ product: { NDC, QtyOnHand: "50.0" } }), {
    ndc: NDC,
    drugName: "atorvastatin 20 mg tablet",
    schedule: "CIV",
    onHand: "50",
    readAtMs: 0,
  })
  assert.equal(told({ product: { NDC: `0${NDC}`, QtyOnHand: "50.0" } })?.ndc, NDC)
})

test("none is an amount, less than none too, and what can't be read is no amount", () => {
  const written = ["0", "0.000", "-30.0", "8.500", "0050"]
  const onHand = (QtyOnHand: string) => told({ product: { NDC, QtyOnHand } })?.onHand
  assert.deepEqual(written.map(onHand), ["0", "0", "-30", "8.5", "50"])
  for (const odd of ["", "  ", "PLENTY", "1,000", "1.2345", "--3", "5e1"])
    assert.equal(onHand(odd), undefined, odd)
})

test("another product than the dispensed one has no name, and so no shelf", () => {
  assert.equal(told({ product: { NDC: "00071015524", QtyOnHand: "50.0" } }), undefined)
  assert.equal(told({ product: { NDC, QtyOnHand: "50.0" }, dispensed: "" }), undefined)
  for (const odd of ["0071-0155-23", "71015523", ""])
    assert.equal(told({ product: { NDC: odd, QtyOnHand: "50.0" }, dispensed: odd }), undefined)
  assert.equal(told({ product: { NDC } }), undefined)
  assert.equal(told({}), undefined)
})

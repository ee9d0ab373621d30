/** Amounts as pharmacy systems write them in HL7, and what of them is a claim's quantity. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Value } from "typebox/value"
import { readMessage } from "../hl7/message.ts"
import { readOrders } from "../hl7/order.ts"
import { quantityOf } from "./quantity.ts"
import { settings } from "./settings.ts"

const { countedIn: schema } = settings.properties
const countedIn = Value.Parse(schema, Value.Default(schema, undefined))

/** The quantity that one order with these segments tells. */
function told(...segments: readonly string[]) {
  const lines = ["MSH|^~\\&|A|B|C|D|20261120||RDS^O13|1|P|2.5.1", "ORC|SC||7001234", ...segments]
  const message = readMessage(Buffer.from(lines.map((line) => `${line}\r`).join("")))
  const [order] = readOrders(message, "RDS").orders
  assert.ok(order)
  return quantityOf(order, countedIn)
}

const encoded = (amount: string, units = "TAB") => `RXE|1|X^A^NDC||||||||${amount}|${units}`
const dispensed = (amount: string, units = "TAB") => `RXD|1|X^A^NDC|20261120|${amount}|${units}`

test("an amount is the same however it is written, to the thousandth", () => {
  const written = ["30", "+30", "30.", "30.000", "0030", "8.50", ".5", "0.125"]
  const meant = ["30", "30", "30", "30", "30", "8.5", "0.5", "0.125"]
  assert.deepEqual(
    written.map((amount) => told(encoded(amount))),
    meant,
  )
})

test("an amount that is none of a fill is gone, and never guessed", () => {
  const odd = ["0", "0.00", "-30", "1,000", "30 TAB", "1e2", "7.1234", "12345678", "1/2", ".", '""']
  assert.deepEqual(
    odd.map((amount) => told(encoded(amount))),
    odd.map(() => null),
  )
})

test("what was dispensed comes before what was to be, and its own units count", () => {
  assert.equal(told(encoded("90"), dispensed("30")), "30")
  assert.equal(told(encoded("90"), dispensed("")), "90")
  assert.equal(told(encoded("30"), dispensed("1", "BOX")), null)
  assert.equal(told(encoded("90"), dispensed('""')), null)
})

test("only units that claims count are a quantity, or those the drug's code implies", () => {
  const counted = ["", "TAB", "tab", "CAP^Capsule^HL70292", "mL^milliliter^UCUM", "GM", "^TABLET"]
  for (const units of counted) assert.equal(told(encoded("15", units)), "15", units)
  const others = ["BOX", "BTL", "PKG^Package", "L", "MG", "^BOX", "EACH BOX"]
  for (const units of others) assert.equal(told(encoded("15", units)), null, units)
  assert.equal(told("RXE|1|4711^A^LOCAL||||||||15"), null)
})

test("where nothing is said of it, nothing is known of it", () => {
  assert.equal(told(), undefined)
  assert.equal(told(encoded("")), undefined)
  assert.equal(told(dispensed("")), undefined)
})

/** Messages by what they mean: acknowledgements, people, orders, charges. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { makeAck, readAck } from "./ack.ts"
import { readDft } from "./charge.ts"
import { makeHeader } from "./header.ts"
import { type Message, readMessage, writeMessage } from "./message.ts"
import { makeOrder, readOrders } from "./order.ts"
import { makePerson, readPerson } from "./person.ts"
import { momentOf, writtenMoment } from "./time.ts"
import { Hl7Error } from "./trouble.ts"
import { valueAt } from "./value.ts"
import { readAdt } from "./visit.ts"

const timeZone = "America/Chicago"

function read(...lines: readonly string[]): Message {
  return readMessage(Buffer.from(lines.join("\r")))
}

const msh = (type: string) => `MSH|^~\\&|PMS|S1|MORTAR|S1|20261120101500-0600||${type}|M1|P|2.5.1`

test("an acknowledgement goes back to its sender, under the message's own control id", () => {
  const order = read("MSH|^~\\&|PMS|S1|MORTAR|S2|20261120||RDE^O11|M1|T|2.4")
  const made = makeAck(order, { code: "AA", controlId: "A1", atMs: 0, timeZone })
  const [header] = readMessage(writeMessage(made)).segments
  const names = [3, 4, 5, 6].map((field) => valueAt(header, field))
  assert.deepEqual(names, ["MORTAR", "S2", "PMS", "S1"])
  assert.deepEqual([valueAt(header, 11), valueAt(header, 12)], ["T", "2.4"])
  assert.deepEqual(readAck(made), { code: "AA", controlId: "M1" })
})

test("a refusal says where, and an unknown code is none", () => {
  const at = { segment: "PID", field: 3 }
  const refusal = { code: "AE", controlId: "A1", atMs: 0, timeZone, error: "101", at } as const
  const made = makeAck(read(msh("ADT^A08")), refusal)
  assert.equal(valueAt(made.segments[2], 2, 3), "3")
  assert.deepEqual(readAck(made), { code: "AE", controlId: "M1", error: "101" })
  assert.throws(() => readAck(read(msh("ACK"), "MSA|YES|M1")), { code: "bad_value" })
})

test("an order that was written is the order that is read", () => {
  const header = makeHeader({ type: "RDE", trigger: "O25", controlId: "M1", atMs: 0, timeZone })
  const person = makePerson({
    ids: [{ id: "P1", authority: "S1", type: "PI" }],
    familyName: "O|Neil",
    givenName: "Ann & Jo",
    bornOn: "1980-02-14",
    phones: ["5125550100", "5125550101"],
  })
  const order = makeOrder({
    control: "RF",
    placerNumber: "N1",
    placer: "MORTAR",
    rxNumber: "7001234",
    drug: { code: "99999102501", name: "ATORVASTATIN 20 MG" },
    note: "after five",
  })
  const message = readMessage(writeMessage({ segments: [header, person, ...order] }))
  const { patient, orders } = readOrders(message, "RDE")
  assert.ok(patient)
  const { familyName, givenName, bornOn, phones, ids } = readPerson(patient)
  assert.deepEqual([familyName, givenName, bornOn], ["O|Neil", "Ann & Jo", "1980-02-14"])
  assert.deepEqual(phones, ["5125550100", "5125550101"])
  assert.deepEqual(ids, [{ id: "P1", authority: "S1", type: "PI" }])
  const [only, ...others] = orders
  assert.deepEqual(
    [only?.control, only?.placerNumber, only?.encoded?.rxNumber],
    ["RF", "N1", "7001234"],
  )
  assert.deepEqual(only?.encoded?.drug, {
    code: "99999102501",
    name: "ATORVASTATIN 20 MG",
    system: "NDC",
  })
  assert.equal(others.length, 0)
})

test("orders of one message keep their own segments, also those of the site", () => {
  const message = read(
    msh("RDS^O13"),
    "PID|1||P1",
    "ORC|SC||7001234",
    "RXD|1|X^A^NDC|20261101|30|||7001234|2",
    "ZRX|RDY",
    "ORC|SC||7001235",
    "ZRX|VER",
  )
  const { orders } = readOrders(message, "RDS")
  assert.deepEqual(
    orders.map(({ segments }) => segments.map(({ id }) => id)),
    [
      ["ORC", "RXD", "ZRX"],
      ["ORC", "ZRX"],
    ],
  )
  assert.equal(orders[0]?.dispensed?.refillsLeft, "2")
})

test("a message is not read as another type than it is", () => {
  const message = read(msh("RDE^O11"), "PID|1||P1", "ORC|NW")
  assert.throws(() => readOrders(message, "RDS"), { code: "other_type" })
  assert.throws(() => readAdt(message), { code: "other_type", message: "other_type at MSH-9" })
})

test("a merge names who is no more, or is refused", () => {
  const merge = read(msh("ADT^A40"), "PID|1||P1", "MRG|P2^^^S1^PI")
  assert.deepEqual(readAdt(merge).replaces, [{ id: "P2", authority: "S1", type: "PI" }])
  assert.throws(() => readAdt(read(msh("ADT^A40"), "PID|1||P1")), { code: "missing_field" })
})

test("charges are integer cents, and what is no amount is refused with its place", () => {
  const charge = (amount: string) =>
    readDft(read(msh("DFT^P03"), "PID|1||P1", `FT1|1|||20261120||CG|X||||${amount}`))
  const cents = ["12.50", "4.1", "7", "-3.25", "0.00", "19.9900"].map(
    (amount) => charge(amount).charges[0]?.amountCents,
  )
  assert.deepEqual(cents, [1250, 410, 700, -325, 0, 1999])
  assert.equal(charge("").charges[0]?.amountCents, undefined)
  assert.throws(() => charge("1e3"), { code: "bad_value", message: "bad_value at FT1-11" })
})

test("a moment without an offset is the pharmacy's, one with it is not", () => {
  assert.equal(momentOf("202611201015", timeZone), Date.parse("2026-11-20T10:15-06:00"))
  assert.equal(momentOf("20261120101500+0000", timeZone), Date.parse("2026-11-20T10:15Z"))
  assert.equal(momentOf("20261120", timeZone), undefined)
  assert.equal(momentOf("20261320101500", timeZone), undefined)
  const atMs = Date.parse("2026-07-01T00:00:00Z")
  assert.equal(momentOf(writtenMoment(atMs, timeZone), "UTC"), atMs)
})

test("character sets are read by their name, and bytes that lie are refused", () => {
  const named = (name: string, bytes: Buffer) =>
    readMessage(
      Buffer.concat([Buffer.from(`MSH|^~\\&|||||||ADT^A08|1|P|2.5||||||${name}\rNTE|1||`), bytes]),
    )
  const told = (message: Message) => valueAt(message.segments[1], 3)
  assert.equal(told(named("8859/15", Buffer.from([0xa4]))), "€")
  assert.equal(told(named("8859/1", Buffer.from([0xf1]))), "ñ")
  assert.equal(told(named("", Buffer.from("ñ"))), "ñ")
  assert.equal(told(named("", Buffer.from([0xf1]))), "ñ")
  assert.throws(() => named("UNICODE UTF-8", Buffer.from([0xf1])), { code: "bad_text" })
  assert.throws(() => named("KLINGON", Buffer.from([0xf1])), { code: "unknown_charset" })
})

test("a header with odd delimiters, a stray line or no header at all is refused with a code", () => {
  const codes = [
    "PID|1",
    "MSH|^^^^|",
    "MSH|",
    "MSH|^~\\&|A\rpid|1",
    "MSH|^~\\&|A\rPID^1",
    "MSH|^~\\&|A\rMSH|^~\\&|B",
  ].map((text) => {
    try {
      return readMessage(Buffer.from(text)).segments.length
    } catch (error) {
      assert.ok(error instanceof Hl7Error)
      return error.code
    }
  })
  assert.deepEqual(codes, [
    "not_hl7",
    "bad_delimiters",
    "bad_delimiters",
    "bad_segment",
    "bad_segment",
    "bad_segment",
  ])
})

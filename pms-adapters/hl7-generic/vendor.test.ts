/** What a feed means: changes, merges, deletions, restarts, and silence. */
import assert from "node:assert/strict"
import { once } from "node:events"
import { connect } from "node:net"
import { after, afterEach, before, beforeEach, test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import { readAck } from "../hl7/ack.ts"
import { readMessage } from "../hl7/message.ts"
import { FrameReader, framed } from "../hl7/mllp/frame.ts"
import { type Running, runAdapter } from "../test-context.ts"
import adapter from "./adapter.ts"
import { type Hl7World, startHl7World } from "./world.ts"

const NOON_MS = Date.UTC(2026, 10, 20, 18)
const HOUR_MS = 3_600_000

let world: Hl7World
let pharmacy: Running
let clock: VirtualClock

before(async () => {
  world = await startHl7World()
})
beforeEach(async () => {
  clock = new VirtualClock(NOON_MS)
  const settings = world.settings(3_000)
  pharmacy = await runAdapter(adapter, { settings, secrets: world.secrets, clock })
  await world.told?.()
})
afterEach(async () => {
  await pharmacy.stop()
  await world.reset()
})
after(() => world.stop())

/** Tells the adapter one message as the pharmacy system would, and answers what it said. */
async function tell(...lines: readonly string[]): Promise<string> {
  const socket = connect(world.feedPort, "127.0.0.1")
  const reader = new FrameReader(100_000)
  socket.write(framed(Buffer.from(lines.map((line) => `${line}\r`).join(""))))
  for (;;) {
    const [chunk] = await once(socket, "data")
    const [frame] = reader.read(chunk)
    if (frame?.kind !== "message") continue
    socket.destroy()
    return readAck(readMessage(frame.bytes)).code
  }
}

const msh = (type: string, controlId: string) =>
  `MSH|^~\\&|PHARMSYS|STORE1|MORTAR|STORE1|20261120||${type}|${controlId}|P|2.5.1`

async function eligibilityOf(rxNumber: string): Promise<string | undefined> {
  const read = await pharmacy.ask("refillEligibility", { rxNumber })
  return read.ok ? read.value.eligibility : undefined
}

test("a fill that moves on is told once, and none before the first look", async () => {
  await pharmacy.readChanges()
  await tell(msh("RDS^O13", "T1"), "PID|1||1005^^^STORE1^PI", "ORC|SC||7001272", "ZRX|RDY")
  await pharmacy.readChanges()
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [{ rxNumber: "7001272", patient: "1005", fill: "ready" }])
})

test("a fill's quantity is told in tablets, millilitres and grams, by the order and by the fill", async () => {
  const quantityOf = async (rxNumber: string) => {
    const read = await pharmacy.ask("getPrescription", { rxNumber })
    return read.ok && read.value.quantity
  }
  const [tablets, grams, millilitres] = ["7001234", "7001332", "7001351"]
  assert.deepEqual(
    [await quantityOf(tablets), await quantityOf(grams), await quantityOf(millilitres)],
    ["30", "8.5", "15"],
  )
  const patient = "PID|1||1005^^^STORE1^PI"
  const fill = ["ORC|SC||7001272", "RXD|1||20261120|14|TAB||7001272", "ZRX|RDY"]
  await tell(msh("RDS^O13", "Q1"), patient, ...fill)
  assert.equal(await quantityOf("7001272"), "14")
  await tell(msh("RDS^O13", "Q2"), patient, "ORC|SC||7001272", "ZRX|PUP")
  assert.equal(await quantityOf("7001272"), "14")
  await tell(msh("RDS^O13", "Q3"), patient, "ORC|SC||7001272", "RXD|1||20261120|1|BOX||7001272")
  assert.equal(await quantityOf("7001272"), undefined)
})

test("a message that comes twice is answered twice and changes once", async () => {
  await pharmacy.readChanges()
  const message = [msh("RDS^O13", "T2"), "PID|1||1005^^^STORE1^PI", "ORC|SC||7001272", "ZRX|VER"]
  assert.deepEqual([await tell(...message), await tell(...message)], ["AA", "AA"])
  await pharmacy.readChanges()
  assert.equal(pharmacy.emitted.length, 1)
})

test("what an update leaves out stays, and what it deletes goes", async () => {
  await tell(msh("ADT^A08", "T3"), `PID|1||1001^^^STORE1^PI||||||||^^^^""||(512)555-0177`)
  const read = await pharmacy.ask("getPatient", { patient: "1001" })
  assert.ok(read.ok)
  const { zip, phones, lastName, firstName } = read.value
  assert.deepEqual(
    [firstName, lastName, zip, phones],
    ["James", "Carter", undefined, ["+15125550177"]],
  )
  const old = await pharmacy.ask("findPatientsByPhone", { phone: "+15125550100" })
  assert.deepEqual(old.ok && old.value.patients, [])
})

test("after a merge the prescriptions are the other number's", async () => {
  await tell(msh("ADT^A40", "T4"), "PID|1||1002^^^STORE1^PI", "MRG|1001^^^STORE1^PI")
  const gone = await pharmacy.ask("getPatient", { patient: "1001" })
  const read = await pharmacy.ask("listPrescriptions", { patient: "1002" })
  assert.equal(!gone.ok && gone.fault.code, "unknown_patient")
  const numbers = read.ok ? read.value.prescriptions.map(({ rxNumber }) => rxNumber) : []
  assert.ok(numbers.includes("7001234") && numbers.includes("7001243"))
})

test("after a day of silence nothing is said about refills", async () => {
  assert.equal(await eligibilityOf("7001234"), "refillable")
  clock.advance(25 * HOUR_MS)
  assert.equal(await eligibilityOf("7001234"), "unknown")
})

test("a charge is the copay, to the cent", async () => {
  const charge = `FT1|1|||20261120||CG|C^COPAY||||4.10${"|".repeat(12)}7001271`
  assert.equal(await tell(msh("DFT^P03", "T5"), "PID|1||1005^^^STORE1^PI", charge), "AA")
  const read = await pharmacy.ask("getPrescription", { rxNumber: "7001271" })
  assert.equal(read.ok && read.value.copayCents, 410)
})

test("an amount that is none, a patient without a number, and another type are refused", async () => {
  const charge = `FT1|1|||20261120||CG|C^COPAY||||four${"|".repeat(12)}7001271`
  const refused = [
    await tell(msh("DFT^P03", "T6"), "PID|1||1005^^^STORE1^PI", charge),
    await tell(msh("ADT^A08", "T7"), "PID|1||||CARTER^JAMES"),
    await tell(msh("VXU^V04", "T8"), "PID|1||1005^^^STORE1^PI"),
  ]
  assert.deepEqual(refused, ["AE", "AE", "AR"])
})

test("a key too long for an order number is still one refill", async () => {
  const idempotencyKey = "a-key-that-is-longer-than-an-order-number-may-be"
  const refill = { rxNumber: "7001234", idempotencyKey }
  const first = await pharmacy.ask("submitRefill", refill)
  const second = await pharmacy.ask("submitRefill", refill)
  assert.ok(first.ok && second.ok && first.value.ticket === second.value.ticket)
  const [submission, ...others] = await world.submissions()
  assert.equal(submission?.key.length, 20)
  assert.deepEqual(others, [])
})

test("a submitted refill is promised for the morning, in the pharmacy's time", async () => {
  const submitted = await pharmacy.ask("submitRefill", {
    rxNumber: "7001234",
    idempotencyKey: "key-promised",
  })
  assert.equal(submitted.ok && submitted.value.readyAtMs, Date.parse("2026-11-21T10:00-06:00"))
})

test("more refills in a minute than the site allows wait, and are not lost", async () => {
  const settings = { ...Object(world.settings(3_000)), refillsPerMinuteMax: 1 }
  await pharmacy.stop()
  pharmacy = await runAdapter(adapter, { settings, secrets: world.secrets, clock })
  await world.told?.()
  const refill = (rxNumber: string) =>
    pharmacy.ask("submitRefill", { rxNumber, idempotencyKey: `key-for-${rxNumber}` })
  await refill("7001234")
  await assert.rejects(refill("7001235"), { code: "overloaded", retryable: true })
  clock.advance(60_001)
  assert.ok((await refill("7001235")).ok)
})

test("a refill that was sent before a restart is asked about after it, not sent again", async () => {
  await world.trouble({ sequence: ["drop_after_accept"], mode: "down" })
  const refill = { rxNumber: "7001234", idempotencyKey: "key-restart" }
  await assert.rejects(pharmacy.ask("submitRefill", refill), { code: "deadline", retryable: false })
  await pharmacy.stop()
  await world.trouble({ mode: "ok" })
  const settings = world.settings(3_000)
  pharmacy = await runAdapter(adapter, {
    settings,
    secrets: world.secrets,
    clock,
    restarts: pharmacy,
  })
  const submitted = await pharmacy.ask("submitRefill", refill)
  assert.equal(submitted.ok && submitted.value.duplicate, true)
  const submissions = await world.submissions()
  assert.deepEqual(submissions, [{ rxNumber: "7001234", key: "key-restart", deliveries: 1 }])
})

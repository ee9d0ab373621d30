/** What PioneerRx does beyond what every adapter must. */
import assert from "node:assert/strict"
import { after, afterEach, before, test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { type Running, runAdapter } from "../test-context.ts"
import adapter from "./adapter.ts"
import { signatureOf } from "./signature.ts"
import { type PioneerRxWorld, startPioneerRxWorld } from "./world.ts"

const NOON_MS = Date.UTC(2026, 10, 20, 18)
const finasteride = { rxNumber: "7001272", patient: "0e0b0c0d-0000-4000-8000-000000001005" }

let world: PioneerRxWorld
const opened: Running[] = []

before(async () => {
  world = await startPioneerRxWorld()
})
afterEach(async () => {
  for (const running of opened.splice(0)) await running.stop()
  await world.reset()
})
after(() => world.stop())

async function start(changes: object = {}, restarts?: Running): Promise<Running> {
  const running = await runAdapter(adapter, {
    settings: Object.assign({}, world.settings(3_000), changes),
    secrets: world.secrets,
    clock: new VirtualClock(NOON_MS),
    ...(restarts && { restarts }),
  })
  opened.push(running)
  return running
}

async function outageOf(asked: Promise<unknown>): Promise<Outage> {
  const trouble = await asked.catch((error: unknown) => error)
  assert.ok(trouble instanceof Outage, "expected an outage")
  return trouble
}

/** Says something to the door of the events, as anybody in the network may. */
async function say(body: string, password = "demo") {
  const authorization = `Basic ${Buffer.from(`pioneer:${password}`).toString("base64")}`
  const address = `http://127.0.0.1:${world.eventsPort}/`
  const answer = await fetch(address, { method: "POST", headers: { authorization }, body })
  return { status: answer.status, text: await answer.text() }
}

test("however oddly records are written, they mean the same", async () => {
  const pharmacy = await start()
  const { patient } = world.known.patient
  const plain = await pharmacy.ask("listPrescriptions", { patient })
  const person = await pharmacy.ask("getPatient", { patient })
  await world.beOdd()
  assert.ok(plain.ok && plain.value.prescriptions.length === 3)
  assert.deepEqual(await pharmacy.ask("listPrescriptions", { patient }), plain)
  assert.deepEqual(await pharmacy.ask("getPatient", { patient }), person)
})

test("a server with another certificate is told nothing", async () => {
  const pharmacy = await start({ certificate: "AB:".repeat(31).concat("AB") })
  const outage = await outageOf(pharmacy.ask("ping", {}))
  assert.deepEqual([outage.code, outage.retryable], ["pms_untrusted", false])
  assert.match(outage.hint, /another certificate/)
})

test("a clock that is wrong is named as the reason, and not the secret", async () => {
  const pharmacy = await start()
  await world.beLate()
  const outage = await outageOf(pharmacy.ask("ping", {}))
  assert.deepEqual([outage.code, outage.retryable], ["pms_clock", false])
  assert.match(outage.hint, /clock/)
})

test("the signature is a plain hash, and holds the moment to the microsecond", () => {
  const signed = signatureOf({ apiKey: "key", sharedSecret: "word" }, NOON_MS + 5)
  assert.equal(signed["prx-timestamp"], "2026-11-20T18:00:00.005000Z")
  assert.equal(Buffer.from(signed["prx-signature"], "base64").length, 64)
  const other = signatureOf({ apiKey: "key", sharedSecret: "Word" }, NOON_MS + 5)
  assert.notEqual(other["prx-signature"], signed["prx-signature"])
})

test("a ready fill is told as ready, with its copay to the cent", async () => {
  const pharmacy = await start()
  const read = await pharmacy.ask("getPrescription", { rxNumber: "7001271" })
  assert.ok(read.ok)
  assert.partialDeepStrictEqual(read.value, { fill: "ready", copayCents: 1250 })
})

test("an event that comes again and again is a change told once", async () => {
  const pharmacy = await start()
  await pharmacy.readChanges()
  await world.moveFill(finasteride.rxNumber, "50")
  for (let times = 0; times < 3; times++) await world.push(finasteride.rxNumber, "message-1")
  await pharmacy.readChanges()
  await world.push(finasteride.rxNumber, "message-1")
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [{ ...finasteride, fill: "ready" }])
})

test("an event that was acknowledged is told after a restart, and while the server is off not lost", async () => {
  const before = await start()
  await before.readChanges()
  await world.push(finasteride.rxNumber, "message-2")
  await before.stop()
  const after = await start({}, before)
  await world.trouble({ mode: "down" })
  await outageOf(after.readChanges())
  await world.trouble({ mode: "ok" })
  await after.readChanges()
  assert.deepEqual(after.emitted, [{ ...finasteride, fill: "in_process" }])
})

test("what can't be read, has no id or comes from a stranger is not acknowledged", async () => {
  await start()
  const broken = await say(`{"MessageHeader":`)
  const nameless = await say(
    `{"MessageHeader":{"MessageID":"00000000-0000-0000-0000-000000000000"}}`,
  )
  assert.match(broken.text, /"NAK","Error":"Malformed Json"/)
  assert.match(nameless.text, /"NAK","Error":"UnknownID or missing id"/)
  assert.equal((await say("{}", "wrong")).status, 401)
  const stock = await say(`{"MessageHeader":{"MessageID":"m"},"Body":{"Item":{}}}`)
  assert.match(stock.text, /"Message_ID":"m","Message_Type":"ACK"/)
})

test("a flood of questions stops here", async () => {
  const pharmacy = await start({ requestsPerMinuteMax: 1 })
  await pharmacy.ask("ping", {})
  const outage = await outageOf(pharmacy.ask("ping", {}))
  assert.deepEqual([outage.code, outage.retryable], ["overloaded", true])
})

test("a phone of another country finds nobody, whatever its last digits", async () => {
  const pharmacy = await start()
  const found = await pharmacy.ask("findPatientsByPhone", { phone: "+445125550110" })
  assert.deepEqual(found.ok && found.value.patients, [])
})

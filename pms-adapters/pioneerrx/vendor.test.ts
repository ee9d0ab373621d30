/** What PioneerRx does beyond what every adapter must. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { NOON_MS, outageOf, vendorBench } from "../vendor-bench.ts"
import adapter from "./adapter.ts"
import { signatureOf } from "./signature.ts"
import { startPioneerRxWorld } from "./world.ts"

const bench = vendorBench(adapter, startPioneerRxWorld)

const finasteride = { rxNumber: "7001272", patient: "0e0b0c0d-0000-4000-8000-000000001005" }

/** Says something to the door of the events, as anybody in the network may. */
async function say(body: string, password = "demo") {
  const authorization = `Basic ${Buffer.from(`pioneer:${password}`).toString("base64")}`
  const address = `http://127.0.0.1:${bench.world.eventsPort}/`
  const answer = await fetch(address, { method: "POST", headers: { authorization }, body })
  return { status: answer.status, text: await answer.text() }
}

test("a server with another certificate is told nothing", async () => {
  const pharmacy = await bench.start({ certificate: "AB:".repeat(31).concat("AB") })
  const outage = await outageOf(pharmacy.ask("ping", {}))
  assert.deepEqual([outage.code, outage.retryable], ["pms_untrusted", false])
  assert.match(outage.hint, /another certificate/)
})

test("a clock that is wrong is named as the reason, and not the secret", async () => {
  const pharmacy = await bench.start()
  await bench.world.beLate()
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
  const pharmacy = await bench.start()
  const read = await pharmacy.ask("getPrescription", { rxNumber: "7001271" })
  assert.ok(read.ok)
  assert.partialDeepStrictEqual(read.value, { fill: "ready", copayCents: 1250 })
})

test("an event that comes again and again is a change told once", async () => {
  const pharmacy = await bench.start()
  await pharmacy.readChanges()
  await bench.world.moveFill(finasteride.rxNumber, "50")
  for (let times = 0; times < 3; times++) await bench.world.push(finasteride.rxNumber, "message-1")
  await pharmacy.readChanges()
  await bench.world.push(finasteride.rxNumber, "message-1")
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [{ ...finasteride, fill: "ready" }])
})

test("an event that was acknowledged is told after a restart, and while the server is off not lost", async () => {
  const before = await bench.start()
  await before.readChanges()
  await bench.world.push(finasteride.rxNumber, "message-2")
  await before.stop()
  const after = await bench.start({}, before)
  await bench.world.trouble({ mode: "down" })
  await outageOf(after.readChanges())
  await bench.world.trouble({ mode: "ok" })
  await after.readChanges()
  assert.deepEqual(after.emitted, [{ ...finasteride, fill: "in_process" }])
})

test("what can't be read, has no id or comes from a stranger is not acknowledged", async () => {
  await bench.start()
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
  const pharmacy = await bench.start({ requestsPerMinuteMax: 1 })
  await pharmacy.ask("ping", {})
  const outage = await outageOf(pharmacy.ask("ping", {}))
  assert.deepEqual([outage.code, outage.retryable], ["overloaded", true])
})

test("a phone of another country finds nobody, whatever its last digits", async () => {
  const pharmacy = await bench.start()
  const found = await pharmacy.ask("findPatientsByPhone", { phone: "+445125550110" })
  assert.deepEqual(found.ok && found.value.patients, [])
})

test("what a claim was refused with is told by its event alone, and by one newer no more", async () => {
  const pharmacy = await bench.start()
  const { refuse, push } = bench.world
  assert.ok(refuse)
  const { rxNumber } = finasteride
  const codes = async (of = pharmacy) => {
    const answer = await of.ask("claimRejects", { rxNumber })
    return answer.ok && answer.value.codes
  }
  await pharmacy.readChanges()
  await refuse(rxNumber, [75])
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [{ ...finasteride, fill: "waiting_payer" }])
  await pharmacy.stop()
  const restarted = await bench.start({}, pharmacy)
  assert.deepEqual(await codes(restarted), ["75"])
  await push(rxNumber, "message-without-a-claim")
  assert.deepEqual(await codes(restarted), [])
})

test("claims that can't be read hide no event, and are told as none", async () => {
  const pharmacy = await bench.start()
  await pharmacy.readChanges()
  const { rxNumber } = finasteride
  const edi = (fields: string) => `D0B11A01\x1e\x1cAM21\x1cANR${fields}`
  const refused = (ClaimEdiReceived: unknown) => ({
    TransactionResponseStatus: "r",
    ClaimEdiReceived,
  })
  const told: readonly (readonly [unknown, readonly string[]])[] = [
    ["none", []],
    [[7, null, "x"], []],
    [[{ TransactionResponseStatus: { a: 1 }, ClaimEdiReceived: edi("\x1cFB75") }], []],
    [refused(undefined), []],
    [refused("REJECTED FB75"), []],
    [{ ...refused(edi("\x1cFB75")), TransactionResponseStatus: "P" }, []],
    [
      [refused(edi("\x1cFA02\x1cFB75\x1cFB3W")), refused(edi("\x1cFB75\x1cFB70"))],
      ["75", "3W", "70"],
    ],
  ]
  for (const [at, [Claims, codes]] of told.entries()) {
    const event = { MessageHeader: { MessageID: `odd-${at}` }, Body: { Rx: { rxNumber }, Claims } }
    assert.match((await say(JSON.stringify(event))).text, /"ACK"/)
    const answer = await pharmacy.ask("claimRejects", { rxNumber })
    assert.deepEqual(answer.ok && answer.value.codes, codes)
  }
})

/** What Liberty does beyond what every adapter must. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { outageOf, vendorBench } from "../vendor-bench.ts"
import adapter from "./adapter.ts"
import { startLibertyWorld } from "./world.ts"

const bench = vendorBench(adapter, startLibertyWorld)

const refill = { rxNumber: "7001234", idempotencyKey: "key-of-this-refill" }

test("a ready fill is told as ready, with its copay to the cent", async () => {
  const pharmacy = await bench.start()
  const read = await pharmacy.ask("getPrescription", { rxNumber: "7001271" })
  assert.ok(read.ok)
  assert.partialDeepStrictEqual(read.value, { fill: "ready", copayCents: 1250 })
})

test("until the vendor confirms that refills show at once, none is sent twice", async () => {
  const pharmacy = await bench.start({ showsRefillsAtOnce: false })
  await bench.world.trouble({ sequence: ["down"], mode: "ok" })
  const first = await outageOf(pharmacy.ask("submitRefill", refill))
  const second = await outageOf(pharmacy.ask("submitRefill", refill))
  assert.deepEqual([first.code, first.retryable], ["deadline", false])
  assert.deepEqual([second.code, second.retryable], ["deadline", false])
  assert.deepEqual(await bench.world.submissions(), [])
})

test("a refill whose answer was lost is found by a new process, and not sent again", async () => {
  const before = await bench.start()
  await bench.world.trouble({ sequence: ["drop_after_accept"], mode: "down" })
  await outageOf(before.ask("submitRefill", refill))
  await bench.world.trouble({ mode: "ok" })
  const after = await bench.start({}, before)
  const found = await after.ask("submitRefill", refill)
  assert.deepEqual(found.ok && found.value, { ticket: refill.idempotencyKey, duplicate: true })
  const [submission, ...more] = await bench.world.submissions()
  assert.deepEqual([submission?.deliveries, more], [1, []])
})

test("a refill that staff already started is not refused to the caller", async () => {
  const pharmacy = await bench.start()
  await bench.world.moveFill("7001234", "20")
  const submitted = await pharmacy.ask("submitRefill", refill)
  assert.equal(submitted.ok && submitted.value.duplicate, true)
  assert.deepEqual(await bench.world.submissions(), [])
})

test("a flood of questions stops here, and goes on when the minute is over", async () => {
  const pharmacy = await bench.start({ requestsPerMinuteMax: 2 })
  await pharmacy.ask("ping", {})
  await pharmacy.ask("ping", {})
  const outage = await outageOf(pharmacy.ask("ping", {}))
  assert.deepEqual([outage.code, outage.retryable], ["overloaded", true])
  bench.clock.advance(60_000)
  const answer = await pharmacy.ask("ping", {})
  assert.equal(answer.ok, true)
})

test("a phone of another country finds nobody, whatever its last digits", async () => {
  const pharmacy = await bench.start()
  const found = await pharmacy.ask("findPatientsByPhone", { phone: "+445125550110" })
  assert.deepEqual(found.ok && found.value.patients, [])
})

/** What Liberty does beyond what every adapter must. */
import assert from "node:assert/strict"
import { after, afterEach, before, test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { RestWorld } from "../rest-world.ts"
import { type Running, runAdapter } from "../test-context.ts"
import adapter from "./adapter.ts"
import { startLibertyWorld } from "./world.ts"

const NOON_MS = Date.UTC(2026, 10, 20, 18)
const refill = { rxNumber: "7001234", idempotencyKey: "key-of-this-refill" }

let world: RestWorld
const opened: Running[] = []

before(async () => {
  world = await startLibertyWorld()
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

test("however oddly records are written, they mean the same", async () => {
  const pharmacy = await start()
  const { patient } = world.known.patient
  const plain = await pharmacy.ask("listPrescriptions", { patient })
  const person = await pharmacy.ask("getPatient", { patient })
  await world.beOdd()
  assert.ok(plain.ok && plain.value.prescriptions.length === 3)
  assert.deepEqual(await pharmacy.ask("listPrescriptions", { patient }), plain)
  assert.deepEqual(await pharmacy.ask("getPatient", { patient }), person)
  const gone = await pharmacy.ask("getPrescription", { rxNumber: world.known.absentRx })
  assert.equal(!gone.ok && gone.fault.code, "unknown_rx")
})

test("a ready fill is told as ready, with its copay to the cent", async () => {
  const pharmacy = await start()
  const read = await pharmacy.ask("getPrescription", { rxNumber: "7001271" })
  assert.ok(read.ok)
  assert.partialDeepStrictEqual(read.value, { fill: "ready", copayCents: 1250 })
})

test("until the vendor confirms that refills show at once, none is sent twice", async () => {
  const pharmacy = await start({ showsRefillsAtOnce: false })
  await world.trouble({ sequence: ["down"], mode: "ok" })
  const first = await outageOf(pharmacy.ask("submitRefill", refill))
  const second = await outageOf(pharmacy.ask("submitRefill", refill))
  assert.deepEqual([first.code, first.retryable], ["deadline", false])
  assert.deepEqual([second.code, second.retryable], ["deadline", false])
  assert.deepEqual(await world.submissions(), [])
})

test("a refill whose answer was lost is found by a new process, and not sent again", async () => {
  const before = await start()
  await world.trouble({ sequence: ["drop_after_accept"], mode: "down" })
  await outageOf(before.ask("submitRefill", refill))
  await world.trouble({ mode: "ok" })
  const after = await start({}, before)
  const found = await after.ask("submitRefill", refill)
  assert.deepEqual(found.ok && found.value, { ticket: refill.idempotencyKey, duplicate: true })
  const [submission, ...more] = await world.submissions()
  assert.deepEqual([submission?.deliveries, more], [1, []])
})

test("a refill that staff already started is not refused to the caller", async () => {
  const pharmacy = await start()
  await world.moveFill("7001234", "20")
  const submitted = await pharmacy.ask("submitRefill", refill)
  assert.equal(submitted.ok && submitted.value.duplicate, true)
  assert.deepEqual(await world.submissions(), [])
})

test("a flood of questions stops here, and goes on when the minute is over", async () => {
  const clock = new VirtualClock(NOON_MS)
  const pharmacy = await runAdapter(adapter, {
    settings: Object.assign({}, world.settings(3_000), { requestsPerMinuteMax: 2 }),
    secrets: world.secrets,
    clock,
  })
  opened.push(pharmacy)
  await pharmacy.ask("ping", {})
  await pharmacy.ask("ping", {})
  const outage = await outageOf(pharmacy.ask("ping", {}))
  assert.deepEqual([outage.code, outage.retryable], ["overloaded", true])
  clock.advance(60_000)
  const answer = await pharmacy.ask("ping", {})
  assert.equal(answer.ok, true)
})

test("a phone of another country finds nobody, whatever its last digits", async () => {
  const pharmacy = await start()
  const found = await pharmacy.ask("findPatientsByPhone", { phone: "+445125550110" })
  assert.deepEqual(found.ok && found.value.patients, [])
})

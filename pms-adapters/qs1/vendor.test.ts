/** What QS/1 does beyond what every adapter must. */
import assert from "node:assert/strict"
import { after, afterEach, before, test } from "node:test"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import type { RestWorld } from "../rest-world.ts"
import { type Running, runAdapter } from "../test-context.ts"
import adapter from "./adapter.ts"
import { startQs1World } from "./world.ts"

const NOON_MS = Date.UTC(2026, 10, 20, 18)
const refill = { rxNumber: "7001234", idempotencyKey: "key-of-this-refill" }

let world: RestWorld
const opened: Running[] = []

before(async () => {
  world = await startQs1World()
})
afterEach(async () => {
  for (const running of opened.splice(0)) await running.stop()
  await world.reset()
})
after(() => world.stop())

async function start(changes: object = {}): Promise<Running> {
  const running = await runAdapter(adapter, {
    settings: Object.assign({}, world.settings(3_000), changes),
    secrets: world.secrets,
    clock: new VirtualClock(NOON_MS),
  })
  opened.push(running)
  return running
}

test("more prescriptions than fit into one request are all read", async () => {
  const pharmacy = await start()
  const read = await pharmacy.ask("listPrescriptions", { patient: "1901" })
  assert.ok(read.ok)
  const numbers = new Set(read.value.prescriptions.map(({ rxNumber }) => rxNumber))
  assert.equal(numbers.size, 40)
})

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

test("the day of a refill is told only where the vendor confirmed what it means", async () => {
  const tooSoon = { rxNumber: "7001251" }
  const careful = await start()
  const unsaid = await careful.ask("refillEligibility", tooSoon)
  const sure = await start({ isDueDateEarliest: true })
  const said = await sure.ask("refillEligibility", tooSoon)
  assert.deepEqual(unsaid.ok && unsaid.value, { eligibility: "too_soon" })
  assert.deepEqual(said.ok && said.value, { eligibility: "too_soon", earliestOn: "2026-11-29" })
})

test("until the vendor confirms that refills show at once, none is sent twice", async () => {
  const pharmacy = await start({ showsRefillsAtOnce: false })
  await world.trouble({ sequence: ["down"], mode: "ok" })
  for (const attempt of ["first", "second"]) {
    const trouble = await pharmacy.ask("submitRefill", refill).catch((error: unknown) => error)
    assert.ok(trouble instanceof Outage, attempt)
    assert.deepEqual([trouble.code, trouble.retryable], ["deadline", false])
  }
  assert.deepEqual(await world.submissions(), [])
})

test("the wrong pharmacy's id is no answer, and nobody is said to be unknown", async () => {
  const pharmacy = await start({ systemId: "STORE2" })
  const trouble = await pharmacy.check().catch((error: unknown) => error)
  assert.ok(trouble instanceof Outage)
  assert.equal(trouble.code, "pms_unreadable")
})

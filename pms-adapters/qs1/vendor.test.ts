/** What QS/1 does beyond what every adapter must. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { Outage } from "#core/fault.ts"
import { vendorBench } from "../vendor-bench.ts"
import adapter from "./adapter.ts"
import { startQs1World } from "./world.ts"

const bench = vendorBench(adapter, startQs1World)

const refill = { rxNumber: "7001234", idempotencyKey: "key-of-this-refill" }

test("more prescriptions than fit into one request are all read", async () => {
  const pharmacy = await bench.start()
  const read = await pharmacy.ask("listPrescriptions", { patient: "1901" })
  assert.ok(read.ok)
  const numbers = new Set(read.value.prescriptions.map(({ rxNumber }) => rxNumber))
  assert.equal(numbers.size, 40)
})

test("the day of a refill is told only where the vendor confirmed what it means", async () => {
  const tooSoon = { rxNumber: "7001251" }
  const careful = await bench.start()
  const unsaid = await careful.ask("refillEligibility", tooSoon)
  const sure = await bench.start({ isDueDateEarliest: true })
  const said = await sure.ask("refillEligibility", tooSoon)
  assert.deepEqual(unsaid.ok && unsaid.value, { eligibility: "too_soon" })
  assert.deepEqual(said.ok && said.value, { eligibility: "too_soon", earliestOn: "2026-11-29" })
})

test("until the vendor confirms that refills show at once, none is sent twice", async () => {
  const pharmacy = await bench.start({ showsRefillsAtOnce: false })
  await bench.world.trouble({ sequence: ["down"], mode: "ok" })
  for (const attempt of ["first", "second"]) {
    const trouble = await pharmacy.ask("submitRefill", refill).catch((error: unknown) => error)
    assert.ok(trouble instanceof Outage, attempt)
    assert.deepEqual([trouble.code, trouble.retryable], ["deadline", false])
  }
  assert.deepEqual(await bench.world.submissions(), [])
})

test("the wrong pharmacy's id is no answer, and nobody is said to be unknown", async () => {
  const pharmacy = await bench.start({ systemId: "STORE2" })
  const trouble = await pharmacy.check().catch((error: unknown) => error)
  assert.ok(trouble instanceof Outage)
  assert.equal(trouble.code, "pms_unreadable")
})

/** What EnterpriseRx does beyond what every adapter must. */
import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import type { Running } from "../test-context.ts"
import { NOON_MS, outageOf, vendorBench } from "../vendor-bench.ts"
import adapter from "./adapter.ts"
import { startEnterpriseRxWorld } from "./world.ts"

const bench = vendorBench(adapter, startEnterpriseRxWorld)

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const refill = { rxNumber: "7001234", idempotencyKey: "key-of-this-refill" }
const carter = { lastName: "carter", dateOfBirth: "1958-03-14" }

const folder = mkdtempSync(join(tmpdir(), "mortar-enterpriserx-"))
const listFile = join(folder, "numbers.txt")

after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

async function foundIn(pharmacy: Running): Promise<readonly string[]> {
  const found = await pharmacy.ask("findPatients", carter)
  return found.ok ? found.value.patients.map(({ patient }) => patient) : []
}

test("nobody is found by name before one of their prescriptions was read, and then they are", async () => {
  const pharmacy = await bench.start()
  assert.deepEqual(await foundIn(pharmacy), [])
  await pharmacy.ask("getPrescription", { rxNumber: "7001234" })
  assert.deepEqual(await foundIn(pharmacy), ["1001"])
  const restarted = await bench.start({}, pharmacy)
  assert.deepEqual(await foundIn(restarted), ["1001"])
})

test("with the site's list everybody on it is found, whatever else stands in the list", async () => {
  writeFileSync(listFile, 'Rx Number,Drug\n7001234,A\r\n"007001261",B\n\n---\n7001235\tC\n12\n')
  const pharmacy = await bench.start({ listFile })
  await pharmacy.readChanges()
  await pharmacy.readChanges()
  assert.deepEqual(await foundIn(pharmacy), ["1001"])
  const listed = await pharmacy.ask("listPrescriptions", { patient: "1001" })
  assert.equal(listed.ok && listed.value.prescriptions.length, 2)
  const other = await pharmacy.ask("listPrescriptions", { patient: "1004" })
  assert.equal(other.ok && other.value.prescriptions.length, 1)
})

test("a list that is not there yet stops nothing", async () => {
  const pharmacy = await bench.start({ listFile: join(folder, "no-such-list.txt") })
  await pharmacy.readChanges()
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [])
})

test("a fill that is on its way is looked at until it is ready, and told once", async () => {
  const pharmacy = await bench.start()
  await pharmacy.readChanges()
  await pharmacy.ask("getPrescription", { rxNumber: "7001272" })
  await pharmacy.readChanges()
  await bench.world.moveFill("7001272", "50")
  for (let step = 0; step < 4; step++) await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [{ rxNumber: "7001272", patient: "1005", fill: "ready" }])
})

test("the list is read anew every day, so that a fill staff started is told", async () => {
  writeFileSync(listFile, "7001234\n")
  const pharmacy = await bench.start({ listFile })
  await pharmacy.readChanges()
  await pharmacy.readChanges()
  await bench.world.moveFill("7001234", "20")
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [])
  bench.clock.advance(DAY_MS)
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [{ rxNumber: "7001234", patient: "1001", fill: "queued" }])
})

test("a step of the round that broke off is taken again", async () => {
  writeFileSync(listFile, "7001234\n7001235\n")
  const pharmacy = await bench.start({ listFile })
  await pharmacy.readChanges()
  await bench.world.trouble({ sequence: ["ok"], mode: "down" })
  await outageOf(pharmacy.readChanges())
  await bench.world.trouble({ mode: "ok" })
  await pharmacy.readChanges()
  const listed = await pharmacy.ask("listPrescriptions", { patient: "1001" })
  assert.equal(listed.ok && listed.value.prescriptions.length, 2)
})

test("a ready fill is told as ready, with its copay to the cent", async () => {
  const pharmacy = await bench.start()
  const read = await pharmacy.ask("getPrescription", { rxNumber: "7001271" })
  assert.ok(read.ok)
  assert.partialDeepStrictEqual(read.value, { fill: "ready", copayCents: 1250 })
})

test("a fill's quantity is told as it left the shelf, whatever the days it lasts", async () => {
  const pharmacy = await bench.start()
  const quantities: unknown[] = []
  for (const rxNumber of ["7001234", "7001332", "7001351"]) {
    const read = await pharmacy.ask("getPrescription", { rxNumber })
    quantities.push(read.ok && read.value.quantity)
  }
  assert.deepEqual(quantities, ["30", "8.5", "15"])
})

async function onHandIn(pharmacy: Running, ndc?: string) {
  const read = await pharmacy.ask("readStock", ndc === undefined ? {} : { ndc })
  return read.ok ? read.value.stock.map(({ onHand, readAtMs }) => [onHand, readAtMs]) : undefined
}

test("what is on hand is told with its age, and of a single product it is asked anew", async () => {
  const pharmacy = await bench.start()
  const read = await pharmacy.ask("getPrescription", { rxNumber: "7001234" })
  const ndc = (read.ok && read.value.ndc) || ""
  const [level] = (await onHandIn(pharmacy)) ?? []
  assert.deepEqual(level?.[1], NOON_MS)
  await bench.world.tell("stock", { ndc, onHand: 12.5 })
  bench.clock.advance(HOUR_MS)
  assert.deepEqual(await onHandIn(pharmacy), [level])
  const now = [["12.5", NOON_MS + HOUR_MS]]
  assert.deepEqual(await onHandIn(pharmacy, ndc), now)
  assert.deepEqual(await onHandIn(pharmacy, `0${ndc}`), now)
  assert.deepEqual(await onHandIn(pharmacy), now)
})

test("a number that nobody told for two days is no word of the pharmacy system's any more", async () => {
  const pharmacy = await bench.start()
  const read = await pharmacy.ask("getPrescription", { rxNumber: "7001342" })
  const ndc = (read.ok && read.value.ndc) || ""
  bench.clock.advance(2 * DAY_MS)
  assert.deepEqual(await onHandIn(pharmacy), [])
  const now = [["-30", NOON_MS + 2 * DAY_MS]]
  assert.deepEqual(await onHandIn(pharmacy, ndc), now)
  assert.deepEqual(await onHandIn(pharmacy), now)
})

test("what is on hand outlives a restart, and a number that stands still is written anew", async () => {
  const before = await bench.start()
  await before.ask("getPrescription", { rxNumber: "7001234" })
  const [first] = (await onHandIn(before)) ?? []
  const after = await bench.start({}, before)
  assert.deepEqual(await onHandIn(after), [first])
  bench.clock.advance(HOUR_MS)
  await after.ask("getPrescription", { rxNumber: "7001234" })
  assert.deepEqual(await onHandIn(after), [[first?.[0], NOON_MS + HOUR_MS]])
})

test("until the vendor confirms what a missing class means, such a drug counts as controlled", async () => {
  const careful = await bench.start({ isUnclassedUncontrolled: false })
  const unsaid = await careful.ask("getPrescription", { rxNumber: "7001234" })
  const said = await careful.ask("getPrescription", { rxNumber: "7001241" })
  assert.equal(unsaid.ok && unsaid.value.schedule, "unknown")
  assert.equal(said.ok && said.value.schedule, "CII")
})

test("until the vendor confirms that orders show at once, none is sent twice", async () => {
  const pharmacy = await bench.start({ showsRefillsAtOnce: false })
  await bench.world.trouble({ sequence: ["down"], mode: "ok" })
  for (const attempt of ["first", "second"]) {
    const outage = await outageOf(pharmacy.ask("submitRefill", refill))
    assert.deepEqual([outage.code, outage.retryable], ["deadline", false], attempt)
  }
  assert.deepEqual(await bench.world.submissions(), [])
})

test("an order whose answer was lost is found by a new process, and not sent again", async () => {
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

test("another store's number is refused, and nobody is said to be unknown", async () => {
  const pharmacy = await bench.start({ storeNumber: "126" })
  const outage = await outageOf(pharmacy.ask("getPrescription", { rxNumber: "7001234" }))
  assert.deepEqual([outage.code, outage.retryable], ["pms_refused", false])
})

test("a flood of questions stops here, and goes on when the minute is over", async () => {
  const pharmacy = await bench.start({ requestsPerMinuteMax: 2 })
  await pharmacy.ask("ping", {})
  await pharmacy.ask("ping", {})
  const outage = await outageOf(pharmacy.ask("ping", {}))
  assert.deepEqual([outage.code, outage.retryable], ["overloaded", true])
  bench.clock.advance(60_000)
  assert.equal((await pharmacy.ask("ping", {})).ok, true)
})

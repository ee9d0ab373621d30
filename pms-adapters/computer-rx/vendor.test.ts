/** What Computer-Rx does beyond what every adapter must. */
import assert from "node:assert/strict"
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { setImmediate as turn } from "node:timers/promises"
import { VirtualClock } from "#core/clock.ts"
import { type Running, runAdapter } from "../test-context.ts"
import { NOON_MS, outageOf, TIMEOUT_MS, vendorBench, whileTimePasses } from "../vendor-bench.ts"
import adapter from "./adapter.ts"
import { startComputerRxWorld } from "./world.ts"

const bench = vendorBench(adapter, startComputerRxWorld)

const HOUR_MS = 3_600_000
const refill = { rxNumber: "7001234", idempotencyKey: "key-of-this-refill" }

async function told(changes: object = {}): Promise<Running> {
  const running = await bench.start(changes)
  await bench.world.told?.(running)
  return running
}

const eligibilityOf = async (pharmacy: Running, rxNumber: string) => {
  const read = await pharmacy.ask("refillEligibility", { rxNumber })
  return read.ok ? read.value.eligibility : undefined
}

test("what was taken is gone from the folder, so that no name lies about", async () => {
  await told()
  assert.deepEqual(readdirSync(bench.world.folders.exportsFolder), [])
})

test("a refill that was taken shows as in process at once, and is told as a change", async () => {
  const pharmacy = await told()
  await pharmacy.readChanges()
  assert.ok((await pharmacy.ask("submitRefill", refill)).ok)
  assert.equal(await eligibilityOf(pharmacy, "7001234"), "already_in_process")
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [{ rxNumber: "7001234", patient: "1001", fill: "queued" }])
})

test("a fill that moves on is told once", async () => {
  const pharmacy = await told()
  await bench.world.moveFill("7001272", "50")
  await pharmacy.readChanges()
  await pharmacy.readChanges()
  assert.deepEqual(pharmacy.emitted, [{ rxNumber: "7001272", patient: "1005", fill: "ready" }])
})

test("a fill is promised in the pharmacy's own time, and its copay is exact", async () => {
  const pharmacy = await told()
  const read = await pharmacy.ask("getPrescription", { rxNumber: "7001271" })
  assert.ok(read.ok)
  const readyAtMs = Date.parse("2026-11-20T09:00-06:00")
  assert.partialDeepStrictEqual(read.value, { fill: "ready", copayCents: 1250, readyAtMs })
})

test("a fill's quantity is told as it left the shelf, whatever the days it lasts", async () => {
  const pharmacy = await told()
  const quantities: unknown[] = []
  for (const rxNumber of ["7001234", "7001332", "7001351"]) {
    const read = await pharmacy.ask("getPrescription", { rxNumber })
    quantities.push(read.ok && read.value.quantity)
  }
  assert.deepEqual(quantities, ["30", "8.5", "15"])
})

test("a refill that nobody claimed is taken back, and may be tried again", async () => {
  const pharmacy = await told()
  await bench.world.trouble({ mode: "slow" })
  const outage = await outageOf(whileTimePasses(bench.clock, pharmacy.ask("submitRefill", refill)))
  assert.deepEqual([outage.code, outage.retryable], ["deadline", true])
  assert.deepEqual(readdirSync(bench.world.folders.requestsFolder), [])
  await bench.world.trouble({ mode: "ok" })
  assert.ok((await pharmacy.ask("submitRefill", refill)).ok)
  assert.equal((await bench.world.submissions()).length, 1)
})

test("a refill that was claimed and never answered is asked about after a restart, not sent", async () => {
  const before = await told()
  await bench.world.trouble({
    sequence: ["timeout_after_accept", "timeout_after_accept"],
    mode: "ok",
  })
  const submitted = before.ask("submitRefill", refill)
  submitted.catch(() => undefined)
  while ((await bench.world.submissions()).length === 0) await turn()
  const outage = await outageOf(whileTimePasses(bench.clock, submitted))
  assert.deepEqual([outage.code, outage.retryable], ["deadline", false])
  const after = await bench.start({}, before)
  const found = await after.ask("submitRefill", refill)
  assert.deepEqual(found.ok && found.value, { ticket: refill.idempotencyKey, duplicate: true })
  const [submission, ...more] = await bench.world.submissions()
  assert.deepEqual([submission?.deliveries, more], [1, []])
})

test("what outlived its asker is swept away, answer or request, and a stranger's file is not", async () => {
  const pharmacy = await told()
  const { answersFolder, requestsFolder } = bench.world.folders
  writeFileSync(join(answersFolder, "M0-REFILL.ACK"), "late")
  writeFileSync(join(requestsFolder, "M0-REFILL.TMP"), "half")
  await bench.world.trouble({ mode: "slow" })
  writeFileSync(join(requestsFolder, "M1-REFILL.REQ"), "of a process that is gone")
  writeFileSync(join(answersFolder, "OTHER.ACK"), "somebody else's")
  await pharmacy.readChanges()
  assert.deepEqual(readdirSync(answersFolder), ["OTHER.ACK"])
  assert.deepEqual(readdirSync(requestsFolder), [])
})

test("after a file that never came nothing is said about refills, until a whole export", async () => {
  const pharmacy = await told()
  assert.equal(await eligibilityOf(pharmacy, "7001235"), "refillable")
  await bench.world.tell("lose", {})
  await bench.world.moveFill("7001272", "40")
  assert.equal(await eligibilityOf(pharmacy, "7001235"), "unknown")
  await bench.world.told?.(pharmacy)
  assert.equal(await eligibilityOf(pharmacy, "7001235"), "refillable")
})

test("an export that is not whole stops its kind, and health says so", async () => {
  const pharmacy = await told()
  await bench.world.tell("cut", {})
  assert.equal(await eligibilityOf(pharmacy, "7001235"), "unknown")
  assert.equal((await outageOf(pharmacy.ask("ping", {}))).code, "pms_unreadable")
  rmSync(join(bench.world.folders.exportsFolder, "FILL-000000000000000000000.TXT"))
  assert.equal(await eligibilityOf(pharmacy, "7001235"), "refillable")
  assert.ok((await pharmacy.ask("ping", {})).ok)
})

test("after a day without a word nothing is said about refills", async () => {
  const pharmacy = await told()
  bench.clock.advance(25 * HOUR_MS)
  assert.equal(await eligibilityOf(pharmacy, "7001234"), "unknown")
})

test("a folder that is not there is the pharmacy system being away, at once", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-no-share-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const away = join(folder, "away")
  const folders = { exportsFolder: away, requestsFolder: away, answersFolder: away }
  const pharmacy = await bench.start(folders)
  await pharmacy.readChanges()
  const asks = [() => pharmacy.ask("ping", {}), () => pharmacy.ask("submitRefill", refill)]
  for (const ask of asks) {
    const outage = await outageOf(ask())
    assert.deepEqual([outage.code, outage.retryable], ["pms_down", true])
  }
  assert.ok(!existsSync(away), "it never makes the vendor's folders")
})

test("a word that is not the agreed one is refused, and nothing is done", async (t) => {
  const stranger = await runAdapter(adapter, {
    settings: bench.world.settings(TIMEOUT_MS),
    secrets: { "env:COMPUTER_RX_WORD": "last-years-word" },
    clock: new VirtualClock(NOON_MS),
  })
  t.after(() => stranger.stop())
  const outage = await outageOf(stranger.ask("submitRefill", refill))
  assert.deepEqual([outage.code, outage.retryable], ["pms_refused", false])
  assert.deepEqual(await bench.world.submissions(), [])
})

test("more refills in a minute than the site allows wait, and are not lost", async () => {
  const pharmacy = await told({ refillsPerMinuteMax: 1 })
  const ask = (rxNumber: string) =>
    pharmacy.ask("submitRefill", { rxNumber, idempotencyKey: `key-for-${rxNumber}` })
  await ask("7001234")
  const outage = await outageOf(ask("7001235"))
  assert.deepEqual([outage.code, outage.retryable], ["overloaded", true])
  bench.clock.advance(60_001)
  assert.ok((await ask("7001235")).ok)
})

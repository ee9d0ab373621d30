/** Backups through their contract, on a real node: made, opened, kept, and missed when absent. */
import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import type { Output } from "#core/contract.ts"
import { type House, openHouse } from "../../test/house.ts"
import { until } from "../../test/telephone.ts"
import type { backups } from "./contract.ts"
import { lastDueMs, nextDueMs, outdated } from "./keeping.ts"

type Overview = Output<typeof backups, "overview">

const only = ["backups", "work-queue", "staff-accounts", "sessions", "mfa"]
const timeZone = "America/Chicago"
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

async function overview(house: House): Promise<Overview> {
  const reply = await house.asStaff("operator", "backups.overview")
  assert.ok(reply.kind === "done", JSON.stringify(reply))
  return reply.value as Overview
}

async function settled(house: House): Promise<Overview> {
  await until("nothing is under way", async () => !(await overview(house)).underWay)
  return overview(house)
}

test("a backup is made on demand, opened, and every document in it counted", async (t) => {
  const settings = { "staff-accounts": { demoPassword: "willow-street-demo" } }
  const house = await openHouse(t, { only, settings })
  const before = await overview(house)
  assert.deepEqual(before.key, { source: "file", isPrivate: true, isBesideData: true })
  assert.deepEqual([before.backups, before.isLate, before.folder.isOnDiskOfData], [[], false, true])

  assert.equal((await house.asStaff("operator", "backups.make")).kind, "done")
  const again = await house.asStaff("operator", "backups.make")
  assert.equal(again.kind === "fault" && again.code, "under_way")
  const after = await settled(house)
  assert.equal(after.trouble, undefined)
  const [made] = after.backups
  assert.ok(made?.opened)
  assert.ok(made.bytes > 0 && made.opened.documents >= 4, "four accounts are documents")
  assert.equal(made.opened.audit, "same")
  assert.ok(made.opened.auditEntries > 0)
  assert.equal(after.lastGoodAtMs, made.atMs)
  const left = readdirSync(house.folder).filter((name) => /^(backup|rehearsal)-/.test(name))
  assert.deepEqual(left, [], "nothing is left between")
})

test("a copy that was damaged is found when it is opened, and says what to do", async (t) => {
  const house = await openHouse(t, { only })
  await house.asStaff("manager", "backups.make")
  const [made] = (await settled(house)).backups
  assert.ok(made)
  const file = join(house.folder, "backups", made.name)
  truncateSync(file, readFileSync(file).length - 1)
  await house.asStaff("manager", "backups.rehearse", { name: made.name })
  const { trouble } = await settled(house)
  assert.match(trouble?.hint ?? "", /Restore them from a backup/)
  const other = { name: "documents-1.backup" }
  const unknown = await house.asStaff("manager", "backups.rehearse", other)
  assert.equal(unknown.kind === "fault" && unknown.code, "unknown_backup")
})

test("a folder that cannot be written is a hint, not a crash", async (t) => {
  const house = await openHouse(t, { only, settings: { backups: { folder: "in-the-way" } } })
  writeFileSync(join(house.folder, "in-the-way"), "a file")
  await house.asStaff("operator", "backups.make")
  const reply = await house.asStaff("operator", "backups.overview")
  assert.equal(reply.kind === "outage" && reply.code, "backup_failed")
  assert.equal(house.host.health().find(({ module }) => module === "backups")?.restarts, 0)
})

test("the nightly one is made once it is due, and a day without one is a manager's task", async (t) => {
  const evening = Date.parse("2026-11-20T20:00:00-06:00")
  const first = await openHouse(t, { only, nowMs: evening })
  const { value } = await first.ask<{ nextAtMs: number }>("backups.look")
  assert.equal(value.nextAtMs, Date.parse("2026-11-21T02:30:00-06:00"))
  assert.deepEqual((await overview(first)).backups, [])
  await first[Symbol.asyncDispose]()

  const { folder } = first
  const settings = { backups: { folder: "in-the-way" } }
  writeFileSync(join(folder, "in-the-way"), "a file")
  const late = await openHouse(t, { only, folder, settings, nowMs: evening + 30 * HOUR_MS })
  for (let looks = 0; looks < 2; looks++) await late.ask("backups.look")
  const queue = await late.asStaff("manager", "work-queue.list")
  assert.ok(queue.kind === "done")
  const { items } = queue.value as { items: readonly { context: { willHappen?: string } }[] }
  assert.equal(items.length, 1, "it is told once")
  assert.match(items[0]?.context.willHappen ?? "", /Keys and backup/)
  await late[Symbol.asyncDispose]()

  const well = await openHouse(t, { only, folder, nowMs: evening + 32 * HOUR_MS })
  await well.ask("backups.look")
  const { backups, isLate, trouble } = await settled(well)
  assert.deepEqual([backups.length, trouble], [1, undefined])
  assert.ok(existsSync(join(folder, "backups", "keys.backup")))
  assert.equal(isLate, false)
})

test("backups are for a manager and an operator, and no key is ever told", async (t) => {
  const house = await openHouse(t, { only })
  for (const role of ["technician", "pharmacist"] as const) {
    assert.equal((await house.asStaff(role, "backups.overview")).kind, "refused")
    assert.equal((await house.asStaff(role, "backups.make")).kind, "refused")
  }
  const key = readFileSync(join(house.folder, "master.key"))
  const told = JSON.stringify(await overview(house))
  assert.equal(told.includes(key.toString("hex")) || told.includes(key.toString("base64")), false)
})

test("what is kept is counted without opening it, and the log beside it is measured", async (t) => {
  const settings = { "staff-accounts": { demoPassword: "willow-street-demo" } }
  const house = await openHouse(t, { only, settings })
  const reply = await house.asStaff("operator", "backups.holdings")
  assert.ok(reply.kind === "done")
  const { bytes, modules, committedAtMs, audit } = reply.value as Output<typeof backups, "holdings">
  const accounts = modules.find(({ module }) => module === "staff-accounts")
  assert.equal(accounts?.documents, 4)
  assert.ok(bytes > 0 && audit.bytes > 0 && audit.signed >= 0)
  assert.ok(committedAtMs)
  assert.equal((await house.asStaff("technician", "backups.holdings")).kind, "refused")
})

test("the nightly moment is one of the pharmacy's clock, also when the clocks change", () => {
  const times = { timeZone, at: "02:30" }
  const noon = Date.parse("2026-10-31T12:00:00-05:00")
  assert.equal(lastDueMs(noon, times), Date.parse("2026-10-31T02:30:00-05:00"))
  assert.equal(nextDueMs(noon + DAY_MS, times), Date.parse("2026-11-02T02:30:00-06:00"))
  assert.equal(lastDueMs(nextDueMs(noon, times), times), nextDueMs(noon, times))
})

test("of a year of nights two weeks stay, the first of each month, and always the newest", () => {
  const nowMs = Date.parse("2026-11-20T12:00:00-06:00")
  const nights = Array.from({ length: 500 }, (_, ago) => ({ atMs: nowMs - ago * DAY_MS }))
  const keep = { timeZone, keepDays: 14, keepMonths: 12 }
  const gone = new Set(outdated(nights, nowMs, keep))
  const kept = nights.filter((one) => !gone.has(one))
  assert.equal(kept.length, 15 + 13)
  const days = kept.map(({ atMs }) => new Date(atMs).getUTCDate())
  assert.ok(days.slice(15).every((day) => day === 1))
  assert.deepEqual(outdated([{ atMs: 0 }], nowMs, keep), [])
})

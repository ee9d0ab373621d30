/**
 * Reports of a real house: what the file says is what the log says, and the checkpoint it names is
 * one that the independent verifier accepts, and accepts for ever after.
 */
import assert from "node:assert/strict"
import { createPublicKey } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { DateTime } from "luxon"
import { verifyCheckpoint } from "../audit/checkpoint.ts"
import { AUDIT_FOLDER, AUDIT_ORIGIN } from "../audit/open.ts"
import { auditToRead } from "../audit/reading.ts"
import { verifyLog } from "../audit/verify.ts"
import { systemClock } from "../core/clock.ts"
import { KEY_RING_FILE, unlock } from "../core/key-source.ts"
import { KeyRing } from "../core/keys.ts"
import { reportCommand } from "../modules/reports/command.ts"
import type { Anomaly, Report } from "../modules/reports/contract.ts"
import { textOf } from "../modules/reports/fixtures/pdf-text.ts"
import { openingsBetween } from "../modules/store-info/opening.ts"
import { type House, openHouse } from "./house.ts"

const only = ["reports", "patients", "staff-accounts", "store-info", "pms"]
const siteFile = join(import.meta.dirname, "../config/site.yaml")
/** The log goes by the machine's own clock, so the reports are of today. */
const today = DateTime.fromMillis(systemClock.nowMs(), { zone: "America/Chicago" })
const dayText = (day: DateTime) => day.toFormat("yyyy-MM-dd")
const days = { from: dayText(today.minus({ days: 1 })), until: dayText(today.plus({ days: 1 })) }
/** A pharmacy that never opens: all that is done there is done after hours. */
const names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
const hours = Object.fromEntries(names.map((name) => [name, []]))
const settings = { reports: { bulkPatients: 2 }, "store-info": { hours } }

const closers: (() => unknown)[] = []
let house: House

before(async () => {
  const context = { after: (close: () => unknown) => void closers.push(close) }
  house = await openHouse(context, { only, settings })
  for (const patient of ["1001", "1002", "1003"])
    await house.asStaff("technician", "patients.get", { patient })
  await house.asStaff("pharmacist", "patients.get", { patient: "1002" })
  await house.asStaff("operator", "patients.get", { patient: "1002" })
  await house.audit.checkpoint()
})
after(async () => {
  for (const close of closers.reverse()) await close()
})

async function done<T>(name: string, input: unknown): Promise<T> {
  const reply = await house.asStaff("manager", name, input)
  assert.equal(reply.kind, "done", JSON.stringify(reply))
  return (reply as { value: T }).value
}

const publicKey = async () => {
  const master = await unlock("file:master.key", { folder: house.folder, environment: {} })
  const keys = KeyRing.open(join(house.folder, KEY_RING_FILE), master)
  try {
    return createPublicKey(keys.auditSigningKey())
  } finally {
    keys.close()
  }
}

/** What the log itself says, counted without the reports. */
const looks = (person: string) =>
  house.audit
    .query({ person, limit: 1_000 })
    .filter(({ phase, patient }) => phase === "before" && patient !== undefined).length

test("a report's figures are the log's own, and a stranger's check accepts its checkpoint", async () => {
  const report = await done<Report>("reports.make", { kind: "accesses", ...days })
  const figures = new Map(report.figures.map(({ name, count }) => [name, count]))
  assert.equal(figures.get("person: the-technician"), looks("the-technician"))
  assert.equal(figures.get("person: the-pharmacist"), looks("the-pharmacist"))
  assert.equal(figures.get("person: the-technician"), 3)

  const { note, root, size } = report.checkpoint
  const who = { origin: AUDIT_ORIGIN, publicKey: await publicKey() }
  const signed = verifyCheckpoint(note, who)
  assert.deepEqual([signed?.size, signed?.root.toString("base64")], [size, root])
  const folder = join(house.folder, AUDIT_FOLDER)
  await house.audit.checkpoint()
  const verdict = await verifyLog({ folder, ...who, kept: [note] })
  assert.ok(verdict.ok)
  assert.ok(verdict.entries > size)
})

test("the PDF that is handed over says the same, row for row", async () => {
  const ask = { kind: "after_hours", ...days, patient: "1002" }
  const { base64, name } = await done<{ base64: string; name: string }>("reports.file", {
    ...{ ...ask, format: "pdf" },
  })
  assert.equal(name, `after-hours-${days.from}-${days.until}.pdf`)
  const text = textOf(Buffer.from(base64, "base64"))
  assert.match(text, /Access after hours/)
  const told = Number(/rows = (\d+)/.exec(text)?.[1])
  const logged = house.audit
    .query({ patient: "1002", limit: 1_000 })
    .filter(({ phase, what }) => phase === "before" && what === "patients.get")
  // Asking for the report is itself a look, and comes after its checkpoint.
  assert.equal(told, logged.length)
  assert.equal(told, 3)
  for (const { seq } of logged) assert.ok(text.split("\n").includes(`${seq}`), `${seq}`)
})

test("only managers read reports, and what they read is in the log", async () => {
  for (const role of ["technician", "pharmacist", "operator"] as const) {
    const reply = await house.asStaff(role, "reports.make", { kind: "denied", ...days })
    assert.equal(reply.kind, "refused", role)
  }
  await done("reports.make", { kind: "accounting", ...days, patient: "1003" })
  const [last] = house.audit.query({ patient: "1003", limit: 1 })
  assert.equal(last?.what, "reports.make")
})

test("the month's reports are kept sealed, listed and opened again as they were", async () => {
  const kept = await house.ask<{ kept: number }>("reports.keep", {
    month: today.toFormat("yyyy-MM"),
  })
  assert.equal(kept.value.kept, 8)
  const folder = join(house.folder, "files", "reports")
  for (const file of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, file)).toString("latin1")
    assert.equal(bytes.includes("the-technician"), false)
  }
  const { kept: listed } = await done<{ kept: { id: string; kind: string; rows: number }[] }>(
    "reports.kept",
    {},
  )
  const bulk = listed.find(({ kind }) => kind === "bulk")
  assert.ok(bulk && bulk.rows > 0)
  const opened = await done<{ base64: string }>("reports.openKept", {
    ...{ id: bulk.id, format: "csv" },
  })
  assert.match(
    Buffer.from(opened.base64, "base64").toString(),
    /the-technician,\d{4}-\d\d-\d\d \d\d:00,[23],[23]/,
  )
})

test("the command writes a report beside a running house, and says what proves it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-report-"))
  const printed: string[] = []
  try {
    const out = join(folder, "denied.csv")
    const run = reportCommand(
      siteFile,
      auditToRead(siteFile, { MORTAR_DATA: house.folder }),
      openingsBetween,
      (line) => void printed.push(line),
    )
    const args = ["denied", "--from", days.from, "--until", days.until, "--format", "csv"]
    assert.equal(await run([...args, "--out", out]), 0)
    assert.match(printed.join(), /denied\.csv: 1 rows, proved by \d+ entries/)
    assert.equal(await run([...args]), 2)
    assert.match(readFileSync(out, "utf8"), /the-operator,patients.get,1002,refused/)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
})

test("a patient who shares a last name is told with the reason, and once dismissed stays so", async () => {
  const account = { user: "rosa", fullName: "Rosa Kim", role: "technician" }
  await done("staff-accounts.create", { ...account, password: "seven quiet umbrellas" })
  const rosa = { kind: "staff", person: "rosa", role: "technician" } as const
  const look = { name: "patients.get", input: { patient: "1002" }, options: {} }
  assert.equal((await house.host.desk.proposeAs(rosa, look)).kind, "done")
  const list = async () =>
    (await done<{ anomalies: Anomaly[] }>("reports.anomalies", days)).anomalies
  const [found, ...more] = await list()
  assert.equal(more.length, 0)
  assert.deepEqual([found?.why, found?.person, found?.patient], ["same_last_name", "rosa", "1002"])
  assert.equal(found?.dismissed, undefined)
  const because = "Not related; a common name here."
  await done("reports.dismiss", { anomaly: found?.anomaly, because })
  const [again] = await list()
  assert.deepEqual([again?.dismissed?.by, again?.dismissed?.because], ["the-manager", because])
})

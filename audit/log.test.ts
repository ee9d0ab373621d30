/**
 * The log as its writer sees it: order, groups, queries, reopening, and a process killed in the
 * middle of its work, after which nothing that was acknowledged may be gone.
 */
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { test } from "node:test"
import Database from "better-sqlite3"
import { VirtualClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { verifyCheckpoint } from "./checkpoint.ts"
import { AuditLog, AuditTampered } from "./log.ts"
import {
  appendMany,
  key,
  newFolder,
  openLog,
  origin,
  publicKey,
  signingKey,
  syntheticEntry,
} from "./synthetic.ts"

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await newFolder()
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

test("entries are numbered in the order they were handed in and read back as they were", () =>
  inFolder(async (folder) => {
    const log = await openLog(folder)
    assert.deepEqual(await appendMany(log, 0, 300), [...Array(300).keys()])
    const all = log.query({ limit: 1_000 })
    assert.equal(all.length, 300)
    assert.deepEqual(all[6], { ...syntheticEntry(6), seq: 6, atMs: 1_800_000_000_000 })
    await log.close()
  }))

test("an act is written before it is done and again after, under the same name", () =>
  inFolder(async (folder) => {
    const log = await openLog(folder)
    const act = { act: "act-1", actor: { kind: "system", module: "reminders" }, what: "sms.send" }
    await log.before(act)
    await log.after(act, "ok")
    const lines = log.query({}).map(({ act, phase, outcome }) => [act, phase, outcome])
    assert.deepEqual(lines, [
      ["act-1", "before", undefined],
      ["act-1", "after", "ok"],
    ])
    await log.close()
  }))

test("entries are found by patient, by person, by conversation and by time", () =>
  inFolder(async (folder) => {
    const clock = new VirtualClock(1_000)
    const log = await openLog(folder, clock)
    await appendMany(log, 0, 100)
    clock.advance(500)
    await appendMany(log, 100, 200)

    const seqs = (filter: Parameters<AuditLog["query"]>[0]): readonly number[] =>
      log.query({ limit: 1_000, ...filter }).map(({ seq }) => seq)
    const where = (fits: (seq: number) => boolean): readonly number[] =>
      [...Array(200).keys()].filter(fits)
    assert.deepEqual(
      seqs({ patient: "patient-3" }),
      where((seq) => seq % 10 === 3),
    )
    assert.deepEqual(
      seqs({ person: "person-1" }),
      where((seq) => seq % 10 === 5),
    )
    assert.deepEqual(
      seqs({ conversation: "call-7" }),
      where((seq) => seq % 50 === 7),
    )
    assert.deepEqual(
      seqs({ fromMs: 1_500 }),
      where((seq) => seq >= 100),
    )
    assert.deepEqual(seqs({ patient: "patient-3", beforeMs: 1_500, limit: 2 }), [83, 93])
    assert.deepEqual(seqs({ patient: "nobody" }), [])
    await log.close()
  }))

test("no name of a patient, person or call can be read in the files without the key", () =>
  inFolder(async (folder) => {
    const log = await openLog(folder)
    await appendMany(log, 0, 300)
    await log.close()
    for (const path of ["audit.db", "tile/entries/000", "tile/0/000", "checkpoint"]) {
      const bytes = await readFile(join(folder, path))
      for (const name of ["patient-", "person-", "call-", "refills"]) {
        assert.ok(!bytes.includes(name))
      }
    }
  }))

test("the table itself refuses to change, delete, replace or skip an entry", () =>
  inFolder(async (folder) => {
    const log = await openLog(folder)
    await appendMany(log, 0, 3)
    await log.close()
    const db = new Database(join(folder, "audit.db"))
    const copy = (seq: number, how: string): void => {
      db.exec(
        `${how} INTO audit SELECT ${seq}, at_ms, kid, patient, person, conversation, leaf_hash,
         chain_hash, sealed FROM audit WHERE seq = 2`,
      )
    }
    assert.throws(() => db.exec("UPDATE audit SET at_ms = 0 WHERE seq = 1"), /never changed/)
    assert.throws(() => db.exec("DELETE FROM audit WHERE seq = 1"), /nothing is deleted/)
    assert.throws(() => copy(1, "INSERT OR REPLACE"), /grows at its end/)
    assert.throws(() => copy(5, "INSERT"), /grows at its end/)
    db.close()
  }))

test("a checkpoint is signed after 256 entries, and of fewer when a second has passed", () =>
  inFolder(async (folder) => {
    const clock = new VirtualClock(0)
    const log = await openLog(folder, clock)
    const signedSize = async (): Promise<number | undefined> => {
      const note = await readFile(join(folder, "checkpoint"), "utf8")
      return verifyCheckpoint(note, { origin, publicKey })?.size
    }
    assert.equal(await signedSize(), 0)
    await appendMany(log, 0, 255)
    assert.equal(await signedSize(), 0)
    clock.advance(1_000)
    await log.checkpoint()
    assert.equal(await signedSize(), 255)
    await appendMany(log, 255, 512)
    await log.checkpoint()
    assert.equal(await signedSize(), 512)
    await log.close()
  }))

test("a log that is opened again goes on where it was, at every size around a tile's edge", () =>
  inFolder(async (folder) => {
    let size = 0
    for (const next of [0, 1, 255, 256, 257, 512, 700]) {
      const log = await openLog(folder)
      await appendMany(log, size, next)
      size = next
      await log.close()
      const again = await openLog(folder)
      const verdict = await again.verify()
      assert.deepEqual([verdict.ok, verdict.entries], [true, size])
      await again.close()
    }
  }))

test("tiles that were lost are made again from the database, and the signature still fits", () =>
  inFolder(async (folder) => {
    const log = await openLog(folder)
    await appendMany(log, 0, 600)
    await log.close()
    await rm(join(folder, "tile"), { recursive: true })
    const again = await openLog(folder)
    await appendMany(again, 600, 610)
    await again.checkpoint()
    assert.deepEqual((await again.verify()).ok, true)
    await again.close()
  }))

test("a log can be verified while entries are being added to it", () =>
  inFolder(async (folder) => {
    const log = await openLog(folder)
    await appendMany(log, 0, 600)
    let isDone = false
    const writing = (async () => {
      while (!isDone) await appendMany(log, 0, 33)
    })()
    for (let round = 0; round < 5; round++) {
      const verdict = await log.verify()
      assert.ok(verdict.ok, JSON.stringify(verdict))
    }
    isDone = true
    await writing
    await log.close()
  }))

test("a log with a changed, missing or cut off entry does not open for writing", () =>
  inFolder(async (folder) => {
    const log = await openLog(folder)
    await appendMany(log, 0, 20)
    await log.close()
    const db = new Database(join(folder, "audit.db"))
    db.exec("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq >= 18")
    db.close()
    await assert.rejects(openLog(folder), AuditTampered)
    await rm(join(folder, "checkpoint"))
    await assert.rejects(openLog(folder), AuditTampered)
  }))

test("a second writer is kept out while the first has the log open", () =>
  inFolder(async (folder) => {
    const log = await openLog(folder)
    await assert.rejects(openLog(folder), Outage)
    await log.close()
    await (await openLog(folder)).close()
  }))

test("more waiting entries than the queue holds are turned away, and the others are kept", () =>
  inFolder(async (folder) => {
    const log = await openLog(folder)
    const answers = await Promise.allSettled(
      Array.from({ length: 10_050 }, (_, at) => log.append(syntheticEntry(at))),
    )
    const refused = answers.filter(({ status }) => status === "rejected")
    assert.equal(refused.length, 50)
    assert.equal((await log.verify()).entries, 10_000)
    await log.close()
  }))

test("a disk that is full is an outage, and the log is whole when there is room again", () =>
  inFolder(async (folder) => {
    const clock = new VirtualClock(0)
    const log = await AuditLog.open({ folder, key, signingKey, origin, clock, maxPages: 60 })
    await appendMany(log, 0, 50)
    const answers = await Promise.allSettled(
      Array.from({ length: 2_000 }, (_, at) => log.append(syntheticEntry(at))),
    )
    const failed = answers.find(({ status }) => status === "rejected")
    assert.ok(failed?.status === "rejected" && failed.reason instanceof Outage)
    assert.equal(failed.reason.code, "store_full")
    await log.close()

    const kept = 50 + answers.filter(({ status }) => status === "fulfilled").length
    const roomy = await openLog(folder)
    await appendMany(roomy, 0, 10)
    const verdict = await roomy.verify()
    assert.deepEqual([verdict.ok, verdict.entries], [true, kept + 10])
    await roomy.close()
  }))

/** Appends without end and prints the number of each entry once it was acknowledged. */
const endless = `
  import { appendMany, openLog } from ${JSON.stringify(import.meta.resolve("./synthetic.ts"))}
  const { systemClock } = await import("#core/clock.ts")
  const log = await openLog(process.argv[1], systemClock)
  for (;;) {
    const numbers = await appendMany(log, 0, 37)
    process.stdout.write(numbers.at(-1) + "\\n")
  }`

test("a writer killed in the middle loses nothing that it had acknowledged", () =>
  inFolder(async (folder) => {
    let acknowledged = -1
    for (let round = 1; round <= 4; round++) {
      const child = spawn(
        process.execPath,
        ["--input-type=module-typescript", "--eval", endless, folder],
        { cwd: join(import.meta.dirname, ".."), stdio: ["ignore", "pipe", "inherit"] },
      )
      let output = ""
      child.stdout.setEncoding("utf8")
      for await (const text of child.stdout) {
        output += text
        if (output.length > 400 * round) child.kill("SIGKILL")
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
      assert.equal(child.signalCode, "SIGKILL")
      const last = output.slice(0, output.lastIndexOf("\n")).split("\n").at(-1)
      assert.ok(Number(last) > acknowledged)
      acknowledged = Number(last)

      const log = await openLog(folder)
      const verdict = await log.verify()
      assert.ok(verdict.ok, JSON.stringify(verdict))
      assert.ok(verdict.entries > acknowledged)
      await log.close()
    }
  }))

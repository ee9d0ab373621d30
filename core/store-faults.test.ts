import assert from "node:assert/strict"
import { fork } from "node:child_process"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { Type as t } from "typebox"
import { VirtualClock } from "./clock.ts"
import { openDatabase } from "./database.ts"
import { defineCollection } from "./documents.ts"
import { Outage } from "./fault.ts"
import { newFolder } from "./fixtures/new-folder.ts"
import { KeyRing } from "./keys.ts"
import { seal } from "./seal.ts"
import { Store, type StoreOptions } from "./store.ts"
import { migrate, migrations } from "./store-schema.ts"

const notes = defineCollection({
  schema: t.Object({ text: t.String() }),
  indexes: { text: "blind" },
})
const clock = new VirtualClock(0)
const master = Buffer.alloc(32, 1)

function open(context: TestContext, folder: string, more: Partial<StoreOptions> = {}): Store {
  const keys = more.keys ?? KeyRing.open(join(folder, "keys.db"), master)
  const store = Store.open({ file: join(folder, "store.db"), keys, clock, ...more })
  context.after(() => store.close())
  store.declare("desk", { notes })
  return store
}

const put = (id: string, text = id) => ({ put: "notes", id, doc: { text } })

const isOutage = (code: string) => (error: unknown) =>
  error instanceof Outage && error.code === code

test("a database of a newer version is refused and left alone", (t) => {
  const folder = newFolder()
  open(t, folder).close()
  const db = openDatabase(join(folder, "store.db"))
  t.after(() => db.close())
  db.pragma(`user_version = ${migrations.length + 1}`)
  assert.throws(() => open(t, folder), { code: "newer_database" })
  assert.equal(db.pragma("user_version", { simple: true }), migrations.length + 1)
})

test("a database made by the version before is brought up to date", async (t) => {
  const folder = newFolder()
  const keys = KeyRing.open(join(folder, "keys.db"), master)
  const key = keys.forCollection("desk.notes")
  const sealed = seal(key, Buffer.from(`{"text":"kept"}`), `["desk.notes","old",3]`)
  const db = openDatabase(join(folder, "store.db"))
  migrate(db, 2)
  db.exec(`INSERT INTO collections VALUES (7, 'desk.notes', '{"text":"blind"}')`)
  db.prepare("INSERT INTO documents VALUES (7, 'old', 3, ?, ?, '[]')").run(key.id, sealed)
  db.close()
  const store = open(t, folder, { keys })
  const found = store.collection("desk.notes").find({ where: { text: "kept" } })
  assert.deepEqual(found, [{ id: "old", version: 3, doc: { text: "kept" } }])
  assert.deepEqual(await store.write("desk", [put("old", "new"), put("a")]), [4, 1])
  assert.equal(store.collection("desk.notes").count({ where: { text: "kept" } }), 0)
  assert.equal(store.journalFrom(1, 10).length, 1)
})

test("a database does not open with another site's key ring", async (t) => {
  const folder = newFolder()
  const store = open(t, folder)
  await store.write("desk", [put("a")])
  store.close()
  const keys = KeyRing.open(join(newFolder(), "keys.db"), master)
  assert.throws(() => open(t, folder, { keys }), { code: "wrong_key_ring" })
  assert.deepEqual(open(t, folder).collection("desk.notes").get("a")?.doc, { text: "a" })
})

test("a file that is no database is an outage of the store", () => {
  assert.throws(() => openDatabase(import.meta.filename), isOutage("store_failed"))
})

test("one flipped bit in a document is told with the place, and never read", async (t) => {
  const folder = newFolder()
  const store = open(t, folder)
  await store.write("desk", [put("a", "the words"), put("b")])
  const db = openDatabase(join(folder, "store.db"))
  t.after(() => db.close())
  const sealed = db.prepare("SELECT sealed FROM documents WHERE id = 'a'").pluck().get() as Buffer
  const update = db.prepare("UPDATE documents SET sealed = ? WHERE id = 'a'")
  const expected = { code: "tampered", message: "tampered: desk.notes a" }
  for (let byte = 0; byte < sealed.length; byte++) {
    const flipped = Buffer.from(sealed)
    flipped[byte]! ^= 1 << (byte % 8)
    update.run(flipped)
    assert.throws(() => store.collection("desk.notes").get("a"), expected)
  }
  assert.throws(() => store.collection("desk.notes").find({}), expected)
  assert.deepEqual(store.collection("desk.notes").get("b")?.doc, { text: "b" })
})

test("a document moved to another id, or put back to an older version, is noticed", async (t) => {
  const folder = newFolder()
  const store = open(t, folder)
  await store.write("desk", [put("a", "old"), put("b", "other")])
  const db = openDatabase(join(folder, "store.db"))
  t.after(() => db.close())
  const old = db.prepare("SELECT sealed FROM documents WHERE id = 'a'").pluck().get()
  await store.write("desk", [put("a", "new")])
  for (const id of ["a", "b"]) {
    db.prepare("UPDATE documents SET sealed = ? WHERE id = ?").run(old, id)
    assert.throws(() => store.collection("desk.notes").get(id), { code: "tampered" })
  }
})

test("a full disk is an outage, nothing is half-written, and reading goes on", async (t) => {
  const folder = newFolder()
  open(t, folder).close()
  const store = open(t, folder, { maxPages: 40 })
  let acknowledged = 0
  const fill = async (): Promise<void> => {
    for (; acknowledged < 1_000; acknowledged++) {
      const id = String(acknowledged).padStart(4, "0")
      await store.write("desk", [put(id, "x".repeat(1_000)), put(`${id}-twin`, "y".repeat(1_000))])
    }
  }
  await assert.rejects(fill(), isOutage("store_full"))
  assert.ok(acknowledged > 0 && acknowledged < 1_000)
  assert.equal(store.collection("desk.notes").count({}), acknowledged * 2)
  assert.equal(store.journalFrom(1, 1_000).length, acknowledged)
  store.close()
  const roomier = open(t, folder)
  await roomier.write("desk", [put("after")])
  assert.equal(roomier.collection("desk.notes").count({}), acknowledged * 2 + 1)
})

test("more batches than the queue holds are refused at once, the others are written", async (t) => {
  const store = open(t, newFolder())
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8_200 }, (_, n) => store.write("desk", [put(String(n))])),
  )
  const refused = outcomes.filter((outcome) => outcome.status === "rejected")
  assert.equal(refused.length, 8)
  assert.ok(refused.every(({ reason }) => isOutage("overloaded")(reason)))
  assert.equal(store.collection("desk.notes").count({}), 8_192)
})

test("a writer killed in the middle leaves a prefix with all it had acknowledged", async (t) => {
  for (let life = 0; life < 3; life++) {
    const folder = newFolder()
    const acknowledged = await killWhileWriting(folder)
    const store = open(t, folder)
    const found = store.collection("desk.notes").find({ limit: 1_000 })
    const numbers = new Set(found.map(({ id }) => Number(id)))
    assert.deepEqual(
      [...numbers].sort((a, b) => a - b),
      Array.from({ length: numbers.size }, (_, n) => n),
    )
    assert.ok(numbers.size > acknowledged, "the acknowledged ones are 0 to n")
    assert.equal(store.journalFrom(1, 1_000).length, numbers.size)
  }
})

/** Answers the number of the last write that was acknowledged before the kill. */
async function killWhileWriting(folder: string): Promise<number> {
  const child = fork(join(import.meta.dirname, "fixtures/store-writer.ts"), [folder])
  let last = -1
  child.on("message", (number: number) => {
    last = number
    if (number >= 40) child.kill("SIGKILL")
  })
  await new Promise((resolve) => child.once("exit", resolve))
  return last
}

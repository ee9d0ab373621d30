import assert from "node:assert/strict"
import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { Type as t } from "typebox"
import { backUp, KEYS_BACKUP_FILE, restore, STORE_FILE } from "./backup.ts"
import { VirtualClock } from "./clock.ts"
import { defineCollection } from "./documents.ts"
import { newFolder } from "./fixtures/new-folder.ts"
import { DERIVATION_FILE, KEY_RING_FILE } from "./key-source.ts"
import { KeyRing } from "./keys.ts"
import { Store } from "./store.ts"

const visits = defineCollection({
  schema: t.Object({ patient: t.String(), note: t.String() }),
  indexes: { note: "blind" },
  patientField: "patient",
})
const master = Buffer.alloc(32, 1)

interface Node {
  readonly folder: string
  readonly store: Store
  readonly keys: KeyRing
  write(id: string, patient: string): Promise<unknown>
  ids(): readonly string[]
  backUp(to: string): Promise<string>
}

/** A node on a data folder, at a moment. */
function open(context: TestContext, folder = newFolder(), nowMs = 1_000): Node {
  const keys = KeyRing.open(join(folder, KEY_RING_FILE), master)
  const clock = new VirtualClock(nowMs)
  const store = Store.open({ file: join(folder, STORE_FILE), keys, clock })
  context.after(() => {
    store.close()
    keys.close()
  })
  store.declare("desk", { visits })
  const collection = store.collection("desk.visits")
  return {
    folder,
    store,
    keys,
    write: (id, patient) =>
      store.write("desk", [{ put: "visits", id, doc: { patient, note: `seen ${id}` } }]),
    ids: () => collection.find({}).map(({ id }) => id),
    backUp: (to) => backUp({ folder, store, keys, master, clock, to }),
  }
}

test("a node comes back from its backup in an empty folder, and goes on", async (t) => {
  const node = open(t)
  for (let n = 0; n < 300; n++) await node.write(`v${n}`, `p-${n % 3}`)
  const to = newFolder()
  const documents = await node.backUp(to)
  await node.write("later", "p-1")
  const folder = join(newFolder(), "new")
  await restore({ folder, master, documents, keys: join(to, KEYS_BACKUP_FILE) })
  const back = open(t, folder)
  assert.equal(back.store.collection("desk.visits").count({}), 300)
  const found = back.store.collection("desk.visits").find({ where: { note: "seen v7" } })
  assert.deepEqual(found, [{ id: "v7", version: 1, doc: { patient: "p-1", note: "seen v7" } }])
  await back.write("v7", "p-1")
  assert.equal(back.store.journalFrom(1, 1_000).length, 301)
  assert.deepEqual(
    readdirSync(node.folder).filter((name) => name.startsWith("backup-")),
    [],
  )
})

test("a patient erased after a backup stays erased when that backup is restored", async (t) => {
  const node = open(t)
  await node.write("a", "p-1")
  await node.write("b", "p-2")
  const to = newFolder()
  const older = await node.backUp(to)
  await node.store.erasePatient("p-1")
  await open(t, node.folder, 2_000).backUp(to)
  const folder = newFolder()
  await restore({ folder, master, documents: older, keys: join(to, KEYS_BACKUP_FILE) })
  const back = open(t, folder)
  assert.deepEqual(back.ids(), ["b"])
  await assert.rejects(back.write("a", "p-1"), { code: "patient_erased" })
})

test("a backup shows nothing, and does not open with another master key", async (t) => {
  const node = open(t)
  await node.write("a", "p-1")
  const to = newFolder()
  const documents = await node.backUp(to)
  const keys = join(to, KEYS_BACKUP_FILE)
  for (const file of [documents, keys]) {
    for (const clear of ["SQLite", "desk.visits", "patient"])
      assert.equal(readFileSync(file).includes(clear), false)
  }
  const folder = newFolder()
  const other = restore({ folder, master: Buffer.alloc(32, 2), documents, keys })
  await assert.rejects(other, { code: "tampered" })
  await assert.rejects(restore({ folder, master, documents: keys, keys }), { code: "tampered" })
  assert.deepEqual(readdirSync(folder), [])
})

test("a backup that was changed or cut anywhere is refused, and nothing is put in place", async (t) => {
  const node = open(t)
  for (let n = 0; n < 300; n++) await node.write(`v${n}`, "p-1")
  const to = newFolder()
  const documents = await node.backUp(to)
  const keys = join(to, KEYS_BACKUP_FILE)
  const whole = readFileSync(documents)
  const sealedPiece = 65_536 + 17
  assert.ok(whole.length > 24 + 2 * sealedPiece, "there are several pieces")
  const folder = newFolder()
  for (const length of [0, 10, 24, 30, 24 + sealedPiece, 24 + 2 * sealedPiece, whole.length - 1]) {
    const cut = join(newFolder(), "cut")
    copyFileSync(documents, cut)
    truncateSync(cut, length)
    await assert.rejects(restore({ folder, master, documents: cut, keys }), { code: "tampered" })
  }
  for (const at of [0, 24, 24 + sealedPiece, whole.length - 1]) {
    const flipped = Buffer.from(whole)
    flipped[at]! ^= 1
    const changed = join(newFolder(), "changed")
    writeFileSync(changed, flipped)
    await assert.rejects(restore({ folder, master, documents: changed, keys }), {
      code: "tampered",
    })
  }
  assert.deepEqual(readdirSync(folder), [])
})

test("nothing is restored over what is there", async (t) => {
  const node = open(t)
  await node.write("a", "p-1")
  const to = newFolder()
  const documents = await node.backUp(to)
  const keys = join(to, KEYS_BACKUP_FILE)
  const again = restore({ folder: node.folder, master, documents, keys })
  await assert.rejects(again, { code: "data_present" })
  assert.deepEqual(node.ids(), ["a"])
})

test("what a passphrase was stretched with leaves with the backup", async (t) => {
  const node = open(t)
  writeFileSync(join(node.folder, DERIVATION_FILE), "{}")
  const to = newFolder()
  await node.backUp(to)
  assert.equal(readFileSync(join(to, DERIVATION_FILE), "utf8"), "{}")
})

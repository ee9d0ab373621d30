import assert from "node:assert/strict"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { Type as t } from "typebox"
import { VirtualClock } from "./clock.ts"
import { openDatabase } from "./database.ts"
import { defineCollection } from "./documents.ts"
import { newFolder } from "./fixtures/new-folder.ts"
import type { JournalEntry } from "./journal.ts"
import { KeyRing } from "./keys.ts"
import { Store } from "./store.ts"

const visits = defineCollection({
  schema: t.Object({ patient: t.String(), rank: t.Integer() }),
  indexes: { patient: "blind", rank: "plain" },
  patientField: "patient",
})

interface Fixture {
  readonly file: string
  readonly store: Store
  readonly replica: Store
}

/** Two nodes with the same keys. */
function open(context: TestContext): Fixture {
  const folder = newFolder()
  const keys = KeyRing.open(join(folder, "keys.db"), Buffer.alloc(32, 1))
  const openStore = (name: string): Store => {
    const file = join(folder, name)
    const store = Store.open({ file, keys, clock: new VirtualClock(1_000) })
    context.after(() => store.close())
    return store
  }
  const fixture = {
    file: join(folder, "a.db"),
    store: openStore("a.db"),
    replica: openStore("b.db"),
  }
  fixture.store.declare("desk", { visits })
  return fixture
}

async function writeSome(store: Store): Promise<void> {
  const doc = { patient: "p-1", rank: 1 }
  await store.write("desk", [{ put: "visits", id: "a", doc }])
  await store.write("desk", [
    { put: "visits", id: "a", doc: { ...doc, rank: 2 } },
    { put: "visits", id: "b", doc: { patient: "p-2", rank: 2 } },
    { put: "visits", id: "c", doc },
  ])
  await store.write("desk", [{ remove: "visits", id: "c" }])
}

test("every committed batch is one numbered entry, a refused or empty one is none", async (t) => {
  const { store } = open(t)
  await writeSome(store)
  await store.write("desk", [])
  await store.write("desk", [{ remove: "visits", id: "nobody" }])
  await assert.rejects(store.write("desk", [{ remove: "visits", id: "a", version: 9 }]))
  const entries = store.journalFrom(1, 100)
  assert.deepEqual(
    entries.map(({ seq, atMs }) => [seq, atMs]),
    [
      [1, 1_000],
      [2, 1_000],
      [3, 1_000],
    ],
  )
  assert.deepEqual(
    store.journalFrom(2, 1).map(({ seq }) => seq),
    [2],
  )
})

test("a journal replayed into an empty database gives the same documents", async (t) => {
  const { store, replica } = open(t)
  await writeSome(store)
  replica.applyJournal(store.journalFrom(1, 2))
  replica.applyJournal(store.journalFrom(3, 100))
  replica.declare("desk", { visits })
  for (const query of [{}, { where: { patient: "p-1" } }, { from: { rank: 2 } }]) {
    const documents = replica.collection("desk.visits").find(query)
    assert.ok(documents.length > 0)
    assert.deepEqual(documents, store.collection("desk.visits").find(query))
  }
  assert.deepEqual(replica.journalFrom(1, 100), store.journalFrom(1, 100))
})

test("a replica that took over goes on where the journal ended", async (t) => {
  const { store, replica } = open(t)
  await writeSome(store)
  replica.applyJournal(store.journalFrom(1, 100))
  replica.declare("desk", { visits })
  await replica.write("desk", [
    { put: "visits", id: "a", doc: { patient: "p-1", rank: 3 }, version: 2 },
  ])
  store.applyJournal(replica.journalFrom(4, 100))
  assert.deepEqual(store.collection("desk.visits").get("a")?.doc, { patient: "p-1", rank: 3 })
})

test("an erasure travels in the journal, which itself tells nothing of the patient", async (t) => {
  const { store, replica } = open(t)
  await writeSome(store)
  await store.erasePatient("p-1")
  replica.applyJournal(store.journalFrom(1, 100))
  replica.declare("desk", { visits })
  assert.deepEqual(
    replica
      .collection("desk.visits")
      .find({})
      .map(({ id }) => id),
    ["b"],
  )
})

test("an entry that was changed, left out or sent twice is refused as a whole", async (t) => {
  const { store, replica } = open(t)
  await writeSome(store)
  const [first, second, third] = store.journalFrom(1, 3) as [
    JournalEntry,
    JournalEntry,
    JournalEntry,
  ]
  const flipped = Buffer.from(second.batch)
  flipped[40]! ^= 1
  assert.throws(() => replica.applyJournal([first, { ...second, batch: flipped }]), {
    code: "journal_broken",
    place: "journal 2",
  })
  assert.throws(() => replica.applyJournal([{ ...first, atMs: 1 }]), { code: "journal_broken" })
  assert.throws(() => replica.applyJournal([first, third]), {
    code: "journal_broken",
    place: "journal 3",
  })
  assert.deepEqual(replica.journalFrom(1, 100), [])
  replica.applyJournal([first, second, third])
  assert.throws(() => replica.applyJournal([third]), { code: "journal_broken" })
})

test("the database itself refuses to change or cut the journal", async (t) => {
  const { store, file } = open(t)
  await writeSome(store)
  const db = openDatabase(file)
  t.after(() => db.close())
  assert.throws(() => db.exec("UPDATE journal SET at_ms = 0 WHERE seq = 1"), /append-only/)
  assert.throws(() => db.exec("DELETE FROM journal WHERE seq = 3"), /append-only/)
})

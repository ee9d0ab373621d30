import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import fc from "fast-check"
import { Type as t } from "typebox"
import { VirtualClock } from "./clock.ts"
import { Conflict, defineCollection, type Query, type Write } from "./documents.ts"
import { newFolder } from "./fixtures/new-folder.ts"
import { KeyRing } from "./keys.ts"
import { Store } from "./store.ts"

const visits = defineCollection({
  schema: t.Object({
    patient: t.Optional(t.String()),
    phone: t.Optional(t.String()),
    rank: t.Optional(t.Integer()),
    isDone: t.Optional(t.Boolean()),
    note: t.Optional(t.String()),
  }),
  indexes: { phone: "blind", rank: "plain", isDone: "plain" },
  patientField: "patient",
})

interface Fixture {
  readonly folder: string
  readonly keys: KeyRing
  readonly store: Store
  reopen(): Store
}

function open(context: TestContext): Fixture {
  const folder = newFolder()
  const keys = KeyRing.open(join(folder, "keys.db"), Buffer.alloc(32, 1))
  const openStore = (): Store => {
    const store = Store.open({ file: join(folder, "store.db"), keys, clock: new VirtualClock(5) })
    context.after(() => store.close())
    store.declare("desk", { visits })
    return store
  }
  return { folder, keys, store: openStore(), reopen: openStore }
}

const put = (id: string, doc: unknown, version?: number): Write =>
  version === undefined ? { put: "visits", id, doc } : { put: "visits", id, doc, version }

const ids = (store: Store, query: Query): readonly string[] =>
  store
    .collection("desk.visits")
    .find(query)
    .map(({ id }) => id)

test("a document comes back as it was written, also after a restart", async (t) => {
  const { store, reopen } = open(t)
  assert.deepEqual(await store.write("desk", [put("a", { note: "one" })]), [1])
  assert.deepEqual(await store.write("desk", [put("a", { note: "two" })]), [2])
  const stored = { id: "a", version: 2, doc: { note: "two" } }
  assert.deepEqual(store.collection("desk.visits").get("a"), stored)
  store.close()
  assert.deepEqual(reopen().collection("desk.visits").get("a"), stored)
})

test("a removed document is gone, and removing what is not there is no trouble", async (t) => {
  const { store } = open(t)
  await store.write("desk", [put("a", { rank: 1 })])
  assert.deepEqual(await store.write("desk", [{ remove: "visits", id: "a", version: 1 }]), [0])
  assert.equal(store.collection("desk.visits").get("a"), undefined)
  assert.deepEqual(ids(store, { where: { rank: 1 } }), [])
  assert.deepEqual(await store.write("desk", [{ remove: "visits", id: "a" }]), [0])
  const removeSecond: Write = { remove: "visits", id: "a", version: 1 }
  await assert.rejects(store.write("desk", [removeSecond]), Conflict)
})

test("a batch with one wrong version writes nothing, and its neighbours hold", async (t) => {
  const { store } = open(t)
  const outcomes = await Promise.allSettled([
    store.write("desk", [put("a", { rank: 1 }, 0), put("b", { rank: 2 }, 0)]),
    store.write("desk", [put("c", { rank: 3 }), put("a", { rank: 4 }, 0)]),
    store.write("desk", [put("d", { rank: 5 }), put("a", { rank: 6 }, 1)]),
  ])
  assert.deepEqual(outcomes[0], { status: "fulfilled", value: [1, 1] })
  assert.ok(outcomes[1].status === "rejected" && outcomes[1].reason instanceof Conflict)
  assert.deepEqual(outcomes[2], { status: "fulfilled", value: [1, 2] })
  assert.deepEqual(ids(store, {}), ["a", "b", "d"])
  assert.deepEqual(store.collection("desk.visits").get("a")?.doc, { rank: 6 })
})

test("of many who write the same version at once exactly one wins", async (t) => {
  const { store } = open(t)
  await store.write("desk", [put("a", { rank: 0 })])
  const racers = Array.from({ length: 20 }, (_, n) =>
    store.write("desk", [put("a", { rank: n }, 1)]),
  )
  const outcomes = await Promise.allSettled(racers)
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1)
})

test("a document of another shape or in an undeclared collection is our own mistake", async (t) => {
  const { store } = open(t)
  const wrong: Write[][] = [
    [put("a", { rank: "first" })],
    [put("", { rank: 1 })],
    [put("b", {}), put("c", { rank: "first" })],
  ]
  for (const writes of wrong) {
    await assert.rejects(store.write("desk", writes), { message: "invalid_document" })
  }
  const elsewhere: Write = { put: "other", id: "a", doc: {} }
  await assert.rejects(store.write("desk", [elsewhere]), { message: "undeclared_collection" })
  assert.equal(store.collection("desk.visits").count({}), 0)
})

test("what is written is what was there when it was handed over", async (t) => {
  const { store } = open(t)
  const doc = { note: "as it was" }
  const written = store.write("desk", [put("a", doc)])
  doc.note = "changed since"
  await written
  assert.deepEqual(store.collection("desk.visits").get("a")?.doc, { note: "as it was" })
})

test("documents are found by equality, by range, in order, and counted", async (t) => {
  const { store } = open(t)
  const docs = [3, 1, 2, 5, 4].map((rank) =>
    put(`v${rank}`, { rank, isDone: rank % 2 === 0, phone: "+1 512 555 0100" }),
  )
  await store.write("desk", [...docs, put("none", {})])
  const { count } = { count: (query: Query) => store.collection("desk.visits").count(query) }
  assert.deepEqual(ids(store, { orderBy: "rank" }), ["v1", "v2", "v3", "v4", "v5"])
  assert.deepEqual(ids(store, { orderBy: "rank", descending: true, limit: 2 }), ["v5", "v4"])
  assert.deepEqual(ids(store, { from: { rank: 2 }, before: { rank: 4 } }), ["v2", "v3"])
  assert.deepEqual(ids(store, { where: { isDone: true }, orderBy: "rank" }), ["v2", "v4"])
  assert.deepEqual(ids(store, { where: { isDone: false }, from: { rank: 2 } }), ["v3", "v5"])
  assert.deepEqual(ids(store, { where: { isDone: true }, before: { rank: 4 } }), ["v2"])
  const called = { phone: "+1 512 555 0100", isDone: false }
  assert.deepEqual(ids(store, { where: called, orderBy: "rank", limit: 2 }), ["v1", "v3"])
  assert.deepEqual(ids(store, { where: { isDone: true, phone: "+1 512 555 0101" } }), [])
  assert.deepEqual(ids(store, { where: { isDone: true, phone: called.phone } }), ["v2", "v4"])
  assert.deepEqual(ids(store, { limit: 2 }), ["none", "v1"])
  assert.equal(count({ where: { phone: " +1 512 555 0100" }, limit: 1 }), 5)
  assert.equal(count({ where: { phone: "+1 512 555 0101" } }), 0)
  assert.equal(count({}), 6)
})

test("a query without an index, or a range on a blind one, is our own mistake", async (t) => {
  const { store } = open(t)
  const wrong: Query[] = [
    { where: { note: "x" } },
    { where: { "rank; DROP TABLE documents": 1 } },
    { where: { toString: "x" } },
    { from: { phone: "+1" } },
    { orderBy: "phone" },
  ]
  for (const query of wrong) {
    assert.throws(() => ids(store, query), { message: "undeclared_index" })
  }
  assert.throws(() => ids(store, { limit: 1_001 }), { message: "invalid_input" })
})

test("hostile text is a value like any other", async (t) => {
  const { store } = open(t)
  const hostile = `'; DROP TABLE documents; --`
  await store.write("desk", [put(hostile, { phone: hostile, note: hostile })])
  assert.deepEqual(ids(store, { where: { phone: hostile } }), [hostile])
})

test("a collection that gains an index finds the documents that were there before", async (t) => {
  const { store } = open(t)
  await store.write("desk", [put("a", { note: "x", rank: 1 }), put("b", { note: "y", rank: 1 })])
  const indexed = defineCollection({ ...visits, indexes: { note: "plain" } })
  store.declare("desk", { visits: indexed })
  assert.deepEqual(ids(store, { where: { note: "y" } }), ["b"])
  assert.throws(() => ids(store, { where: { rank: 1 } }), { message: "undeclared_index" })
})

test("an erased patient's documents are gone for good, the others' are not", async (t) => {
  const { store, reopen } = open(t)
  await store.write("desk", [
    put("a", { patient: "p-1", rank: 1 }),
    put("b", { patient: "p-2", rank: 1 }),
    put("c", { rank: 1 }),
  ])
  await store.erasePatient("p-1")
  assert.equal(store.collection("desk.visits").get("a"), undefined)
  assert.deepEqual(ids(store, { where: { rank: 1 } }), ["b", "c"])
  assert.equal(store.collection("desk.visits").count({ where: { rank: 1 } }), 2)
  const late = store.write("desk", [put("d", { patient: "p-1" })])
  const neighbour = store.write("desk", [put("c", { rank: 2 })])
  await assert.rejects(late, { code: "patient_erased" })
  assert.deepEqual(await neighbour, [2])
  store.close()
  assert.deepEqual(ids(reopen(), {}), ["b", "c"])
})

test("an erasure that a crash cut short is completed at the next start", async (t) => {
  const { store, keys, reopen } = open(t)
  await store.write("desk", [put("a", { patient: "p-1" }), put("b", { patient: "p-2" })])
  keys.erasePatient("p-1")
  assert.equal(store.collection("desk.visits").get("a"), undefined)
  assert.deepEqual(ids(store, {}), ["b"])
  store.close()
  assert.equal(reopen().collection("desk.visits").count({}), 1)
})

test("a backup is a whole database, and an erased patient is erased in it too", async (t) => {
  const { store, keys, folder } = open(t)
  await store.write("desk", [put("a", { patient: "p-1" }), put("b", { note: "x" })])
  const file = join(folder, "copy.db")
  await store.backup(file)
  await store.erasePatient("p-1")
  const copy = Store.open({ file, keys, clock: new VirtualClock(5) })
  t.after(() => copy.close())
  copy.declare("desk", { visits })
  assert.deepEqual(ids(copy, {}), ["b"])
})

test("no byte of what a document says stands in the data folder", async (t) => {
  const { store, folder } = open(t)
  const note = "atorvastatin for Ada Lark"
  await store.write("desk", [
    put("a", { patient: "patient-in-clear", phone: "+15125550100", note }),
  ])
  const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
  for (const secret of [note, "Ada", "patient-in-clear", "+15125550100", "5550100"]) {
    assert.equal(bytes.includes(secret), false)
  }
  assert.ok(bytes.includes("desk.visits"), "the search would see what is in clear")
})

test("whatever batches come, the store ends as a plain map would", async (t) => {
  const id = fc.constantFrom("a", "b", "c", "d")
  const version = fc.option(fc.nat({ max: 3 }), { nil: undefined })
  const write = fc.record({ id, version, rank: fc.option(fc.nat({ max: 5 }), { nil: undefined }) })
  const batches = fc.array(fc.array(write, { minLength: 1, maxLength: 4 }), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(batches, async (given) => {
      const { store } = open(t)
      let model = new Map<string, { version: number; rank: number }>()
      const written = given.map((batch) => store.write("desk", batch.map(asWrite)))
      const outcomes = await Promise.allSettled(written)
      for (const [n, batch] of given.entries()) {
        const next = applied(model, batch)
        assert.equal(outcomes[n]?.status, next ? "fulfilled" : "rejected")
        model = next ?? model
      }
      const expected = [...model].sort(([a], [b]) => (a < b ? -1 : 1))
      const found = store.collection("desk.visits").find({})
      assert.deepEqual(
        found.map((stored) => [stored.id, { version: stored.version, ...Object(stored.doc) }]),
        expected,
      )
      for (const rank of [0, 1, 2, 3, 4, 5]) {
        const inModel = expected.filter(([, doc]) => doc.rank === rank).map(([key]) => key)
        assert.deepEqual(ids(store, { where: { rank } }), inModel)
      }
      store.close()
    }),
    { numRuns: 60 },
  )
})

interface Step {
  readonly id: string
  readonly version: number | undefined
  /** Removes the document when left out. */
  readonly rank: number | undefined
}

function asWrite({ id, version, rank }: Step): Write {
  const expected = version === undefined ? {} : { version }
  return rank === undefined
    ? { remove: "visits", id, ...expected }
    : { put: "visits", id, doc: { rank }, ...expected }
}

function applied(model: Map<string, { version: number; rank: number }>, batch: readonly Step[]) {
  const next = new Map(model)
  for (const { id, version, rank } of batch) {
    const current = next.get(id)?.version ?? 0
    if (version !== undefined && version !== current) return undefined
    if (rank === undefined) next.delete(id)
    else next.set(id, { version: current + 1, rank })
  }
  return next
}

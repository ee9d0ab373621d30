import assert from "node:assert/strict"
import { createPublicKey, randomBytes, sign, verify } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import fc from "fast-check"
import { openDatabase } from "./database.ts"
import { newFolder } from "./fixtures/new-folder.ts"
import { KeyRing } from "./keys.ts"
import { open, seal } from "./seal.ts"

const master = Buffer.alloc(32, 1)

function ringFile(): string {
  return join(newFolder(), "keys.db")
}

function openRing(context: TestContext, file = ringFile(), key: Uint8Array = master): KeyRing {
  const ring = KeyRing.open(file, key)
  context.after(() => ring.close())
  return ring
}

test("every collection and every patient has a key of its own, the same after a restart", (t) => {
  const file = ringFile()
  const first = openRing(t, file)
  const names = (ring: KeyRing) =>
    [
      ring.forCollection("refills.requests"),
      ring.forCollection("calls.calls"),
      ring.forPatient("p-1"),
      ring.forPatient("p-2"),
      ring.forPatient("P-2"),
      ring.forPurpose("journal"),
    ].map(({ id, secret }) => `${id} ${secret.export().toString("hex")}`)
  const before = names(first)
  assert.equal(new Set(before).size, 6)
  assert.deepEqual(names(openRing(t, file)), before)
})

test("a wrong master key is told at once and changes nothing", (t) => {
  const file = ringFile()
  const sealed = seal(openRing(t, file).forPatient("p-1"), Buffer.from("x"), "c")
  assert.throws(() => KeyRing.open(file, randomBytes(32)), { code: "wrong_master_key" })
  assert.equal(open(openRing(t, file).forPatient("p-1"), sealed, "c").toString(), "x")
})

test("an erased patient's key is gone from the file, and no second one is made in silence", (t) => {
  const file = ringFile()
  const ring = openRing(t, file)
  const { id } = ring.forPatient("p-1")
  const db = openDatabase(file)
  t.after(() => db.close())
  const wrapped = db
    .prepare<[number], Buffer>("SELECT wrapped FROM keys WHERE id = ?")
    .pluck()
    .get(id)
  assert.ok(wrapped && bytesOf(file).includes(wrapped), "the key is there before")
  ring.erasePatient("p-1")
  assert.equal(bytesOf(file).includes(wrapped), false)
  assert.equal(ring.byId(id), undefined)
  assert.deepEqual(ring.erased(), [id])
  assert.throws(() => ring.forPatient("p-1"), { code: "patient_erased" })
  assert.throws(() => openRing(t, file).forPatient("p-1"), { code: "patient_erased" })
  assert.ok(ring.forPatient("p-2"))
})

function bytesOf(file: string): Buffer {
  const folder = join(file, "..")
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
}

test("a patient who had no key can be erased too", (t) => {
  const ring = openRing(t)
  ring.erasePatient("p-9")
  assert.throws(() => ring.forPatient("p-9"), { code: "patient_erased" })
})

test("after a rotation only the new master key opens the ring, to the same keys", (t) => {
  const file = ringFile()
  const ring = openRing(t, file)
  const before = ring.forCollection("calls.calls").secret.export()
  const next = randomBytes(32)
  ring.rotateMaster(next)
  const later = ring.forPatient("made after the rotation").id
  assert.throws(() => KeyRing.open(file, master), { code: "wrong_master_key" })
  const reopened = openRing(t, file, next)
  assert.deepEqual(reopened.forCollection("calls.calls").secret.export(), before)
  assert.equal(reopened.forPatient("made after the rotation").id, later)
})

test("neither a key nor a patient's id stands in the file in clear", (t) => {
  const file = ringFile()
  const ring = openRing(t, file)
  const key = ring.forPatient("patient-in-clear").secret.export()
  assert.equal(bytesOf(file).includes("patient-in-clear"), false)
  assert.equal(bytesOf(file).includes(key), false)
})

test("a blind index ignores case, spaces and Unicode form, and nothing else", (t) => {
  const ring = openRing(t)
  const blind = (value: string) => ring.blindIndex("a.b", "name", value).toString("hex")
  assert.equal(blind("  José   Garcia"), blind("JOSE\u0301 GARCIA "))
  assert.equal(blind("+1 512 555 0100"), blind(" +1  512 555 0100\t"))
  assert.notEqual(blind("Ada Lark"), blind("Ada Larks"))
  const word = fc.stringMatching(/^[a-z]{1,8}$/)
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), word, (words, other) => {
      const plain = words.join(" ")
      assert.equal(blind(` ${words.join(" \t ").toUpperCase()}\n`), blind(plain))
      assert.notEqual(blind(`${plain}${other}`), blind(plain))
    }),
  )
})

test("a blind index differs by field, by collection and by site", (t) => {
  const ring = openRing(t)
  const hashes = [
    ring.blindIndex("a.b", "name", "x"),
    ring.blindIndex("a.b", "other", "x"),
    ring.blindIndex("a.c", "name", "x"),
    openRing(t).blindIndex("a.b", "name", "x"),
  ]
  assert.equal(new Set(hashes.map((hash) => hash.toString("hex"))).size, 4)
  assert.ok(hashes.every((hash) => hash.length === 16))
})

test("the audit key signs, and stays the same over a restart", (t) => {
  const file = ringFile()
  const checkpoint = Buffer.from("checkpoint")
  const signature = sign(null, checkpoint, openRing(t, file).auditSigningKey())
  const again = createPublicKey(openRing(t, file).auditSigningKey())
  assert.equal(verify(null, checkpoint, again, signature), true)
  const sealing = openRing(t, file).forPurpose("audit").secret.export()
  const der = openRing(t, file).auditSigningKey().export({ format: "der", type: "pkcs8" })
  assert.equal(der.includes(sealing), false, "what seals does not sign")
})

test("a copy of the ring opens with the same master key", async (t) => {
  const ring = openRing(t)
  const { id } = ring.forPatient("p-1")
  const copy = ringFile()
  await ring.backup(copy)
  assert.equal(openRing(t, copy).forPatient("p-1").id, id)
})

/**
 * Every way to tamper with a log that we could think of, each on a fresh copy of the same 700
 * entries, and the first bad entry that the verifier must name.
 */
import assert from "node:assert/strict"
import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto"
import { cp, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, test } from "node:test"
import Database from "better-sqlite3"
import fc from "fast-check"
import type { AuditVerdict } from "#core/ports.ts"
import { verifierKey } from "./checkpoint.ts"
import { appendMany, newFolder, openLog, origin, publicKey } from "./synthetic.ts"
import { verifyLog } from "./verify.ts"

const ENTRIES = 700

let sound = ""
let work = ""
/** Checkpoints as they were handed out at these sizes. */
const handedOut = new Map<number, string>()

before(async () => {
  sound = await newFolder()
  const log = await openLog(sound)
  for (const [from, to] of [
    [0, 400],
    [400, ENTRIES],
  ] as const) {
    await appendMany(log, from, to)
    handedOut.set(to, await log.checkpoint())
  }
  await log.close()
  work = join(await newFolder(), "log")
})

after(async () => {
  await rm(sound, { recursive: true })
  await rm(join(work, ".."), { recursive: true })
})

/** Tampers with a copy, and answers the verdict on it. */
async function verdictOn(
  tamper: (folder: string) => Promise<void> | void,
  kept: readonly string[] = [],
): Promise<AuditVerdict> {
  await rm(work, { recursive: true, force: true })
  await cp(sound, work, { recursive: true })
  await tamper(work)
  return await verifyLog({ folder: work, origin, publicKey, kept })
}

function sql(...statements: readonly string[]): (folder: string) => void {
  return (folder) => {
    const db = new Database(join(folder, "audit.db"))
    for (const name of ["update", "delete", "gap"]) db.exec(`DROP TRIGGER audit_no_${name}`)
    for (const statement of statements) db.exec(statement)
    db.close()
  }
}

function flip(path: string, at: number): (folder: string) => Promise<void> {
  return async (folder) => {
    const bytes = await readFile(join(folder, path))
    bytes[at < 0 ? bytes.length + at : at]! ^= 1
    await writeFile(join(folder, path), bytes)
  }
}

function remove(path: string): (folder: string) => Promise<void> {
  return (folder) => rm(join(folder, path))
}

function cut(path: string, length: number): (folder: string) => Promise<void> {
  return async (folder) => {
    const bytes = await readFile(join(folder, path))
    await writeFile(join(folder, path), bytes.subarray(0, length))
  }
}

/** Changes one byte of a column of entry 300. */
function flipColumn(column: string, at: number): (folder: string) => void {
  return (folder) => {
    const db = new Database(join(folder, "audit.db"))
    db.exec("DROP TRIGGER audit_no_update")
    const bytes = db
      .prepare<[], Buffer>(`SELECT ${column} FROM audit WHERE seq = 300`)
      .pluck()
      .get()
    assert.ok(bytes)
    bytes[at < 0 ? bytes.length + at : at]! ^= 1
    db.prepare(`UPDATE audit SET ${column} = ? WHERE seq = 300`).run(bytes)
    db.close()
  }
}

const swapped = `
  UPDATE audit SET seq = -1 WHERE seq = 300; UPDATE audit SET seq = 300 WHERE seq = 301;
  UPDATE audit SET seq = 301 WHERE seq = -1`

const repeated = (seq: number): string => `
  INSERT INTO audit SELECT ${seq}, at_ms, kid, patient, person, conversation, leaf_hash, chain_hash,
  sealed FROM audit WHERE seq = 10`

const tamperings: readonly [string, (folder: string) => Promise<void> | void, number][] = [
  ["the time of an entry", sql("UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 300"), 300],
  ["a time before all time", sql("UPDATE audit SET at_ms = -5 WHERE seq = 300"), 300],
  ["the number of the key", sql("UPDATE audit SET kid = kid + 1 WHERE seq = 300"), 300],
  ["the hidden patient", flipColumn("patient", 0), 300],
  ["the hidden person", flipColumn("person", 15), 300],
  ["the hidden conversation", flipColumn("conversation", 7), 300],
  ["the leaf hash", flipColumn("leaf_hash", 31), 300],
  ["the chain hash", flipColumn("chain_hash", 0), 300],
  ["the seal's format", flipColumn("sealed", 0), 300],
  ["the seal's key id", flipColumn("sealed", 2), 300],
  ["the seal's nonce", flipColumn("sealed", 6), 300],
  ["the seal's tag", flipColumn("sealed", 20), 300],
  ["the first byte that was sealed", flipColumn("sealed", 33), 300],
  ["the last byte that was sealed", flipColumn("sealed", -1), 300],
  ["an entry without its end", sql("UPDATE audit SET sealed = x'01' WHERE seq = 300"), 300],
  ["a dropped entry", sql("DELETE FROM audit WHERE seq = 300"), 300],
  ["a dropped first entry", sql("DELETE FROM audit WHERE seq = 0"), 0],
  ["two entries in each other's place", sql(swapped), 300],
  ["an entry moved up into a gap", sql("UPDATE audit SET seq = 900 WHERE seq = 300"), 300],
  ["a tail that was cut off", sql("DELETE FROM audit WHERE seq >= 650"), 650],
  ["the last entry cut off", sql("DELETE FROM audit WHERE seq = 699"), 699],
  ["every entry cut off", sql("DELETE FROM audit"), 0],
  ["an entry added by hand", sql(repeated(ENTRIES)), ENTRIES],
  ["an entry before the first", sql(repeated(-4)), 0],
  ["a tile's first hash", flip("tile/0/000", 0), 0],
  ["a hash in a full tile", flip("tile/0/001", (300 - 256) * 32 + 9), 300],
  ["a hash in the last tile", flip("tile/0/002.p/188", -1), 699],
  ["a hash above the leaves", flip("tile/1/000.p/2", 32), 256],
  ["a tile that is gone", remove("tile/0/001"), 256],
  ["a tile above the leaves that is gone", remove("tile/1/000.p/2"), 0],
  ["a tile cut in the middle", cut("tile/0/001", 44 * 32), 256],
  ["an entry in its bundle", flip("tile/entries/000", 40), 0],
  ["the last entry in its bundle", flip("tile/entries/002.p/188", -1), 699],
  ["a length in a bundle", flip("tile/entries/001", 1), 256],
  ["a bundle that is gone", remove("tile/entries/001"), 256],
  ["a checkpoint that is gone", remove("checkpoint"), 0],
  ["an origin", flip("checkpoint", 0), 0],
  ["a checkpoint's size", flip("checkpoint", origin.length + 1), 0],
  ["a checkpoint's root", flip("checkpoint", origin.length + 6), 0],
  ["a signature", flip("checkpoint", -20), 0],
  ["a database that is gone", remove("audit.db"), 0],
]

for (const [what, tamper, firstBad] of tamperings) {
  test(`${what}: entry ${firstBad} is named as the first that is bad`, async () => {
    const verdict = await verdictOn(tamper)
    assert.ok(!verdict.ok)
    assert.equal(verdict.firstBad, firstBad, verdict.why)
  })
}

test("a log that nobody touched is good, and so are checkpoints kept elsewhere", async () => {
  const verdict = await verdictOn(() => {}, [...handedOut.values()])
  const root = handedOut.get(ENTRIES)?.split("\n")[2]
  assert.deepEqual(verdict, { ok: true, entries: ENTRIES, root })
})

test("a log that was rolled back as a whole is caught by a checkpoint kept elsewhere", async () => {
  const younger = await newFolder()
  const log = await openLog(younger)
  await appendMany(log, 0, 400)
  await log.close()
  const options = { folder: younger, origin, publicKey }
  assert.ok((await verifyLog(options)).ok)
  const kept = [handedOut.get(ENTRIES) ?? ""]
  const verdict = await verifyLog({ ...options, kept })
  assert.deepEqual(verdict.ok ? undefined : verdict.firstBad, 400)
  await rm(younger, { recursive: true })
})

test("history written anew with the signing key is caught after what was kept", async () => {
  const forged = await verdictOn(
    async (folder) => {
      sql("DELETE FROM audit WHERE seq >= 400")(folder)
      await writeFile(join(folder, "checkpoint"), handedOut.get(400) ?? "")
      const log = await openLog(folder)
      await appendMany(log, 0, ENTRIES - 400)
      await log.close()
    },
    [...handedOut.values()],
  )
  assert.deepEqual(forged.ok ? undefined : forged.firstBad, 400)
})

test("a log signed with another key, or under another name, is not this log", async () => {
  const other = generateKeyPairSync("ed25519").publicKey
  const byOther = await verifyLog({ folder: sound, origin, publicKey: other })
  const named = await verifyLog({ folder: sound, origin: "elm.example/audit", publicKey })
  assert.deepEqual([byOther.ok, named.ok], [false, false])
})

test("a byte changed anywhere in any file of the tree is found", async () => {
  const paths = [
    "tile/0/000",
    "tile/0/001",
    "tile/0/002.p/188",
    "tile/1/000.p/2",
    "tile/entries/000",
    "tile/entries/001",
    "tile/entries/002.p/188",
    "checkpoint",
  ]
  const sizes = await Promise.all(
    paths.map(async (path) => (await readFile(join(sound, path))).length),
  )
  const property = fc.asyncProperty(fc.nat(paths.length - 1), fc.nat(), async (which, at) => {
    const verdict = await verdictOn(flip(paths[which]!, at % sizes[which]!))
    assert.equal(verdict.ok, false)
  })
  await fc.assert(property, { numRuns: 40 })
})

/**
 * A second verifier, written for this test out of the C2SP texts alone: it reads the checkpoint and
 * the bundles, and knows neither our database nor our code.
 */
async function strangerAccepts(folder: string, vkey: string): Promise<boolean> {
  const [name, id, key64] = vkey.split("+") as [string, string, string]
  const raw = Buffer.from(key64, "base64").subarray(1)
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw])
  const note = await readFile(join(folder, "checkpoint"), "utf8")
  const text = note.slice(0, note.indexOf("\n\n") + 1)
  const blob = Buffer.from(note.slice(text.length + 1).split(" ")[2] ?? "", "base64")
  const keyObject = createPublicKey({ key: spki, format: "der", type: "spki" })
  const [noteName, size, root] = text.split("\n") as [string, string, string]
  if (noteName !== name || blob.subarray(0, 4).toString("hex") !== id) return false
  if (!verify(null, Buffer.from(text), keyObject, blob.subarray(4))) return false

  const hashes: Buffer[] = []
  for (let tile = 0; tile * 256 < Number(size); tile++) {
    const width = Math.min(256, Number(size) - tile * 256)
    const path = `${String(tile).padStart(3, "0")}${width < 256 ? `.p/${width}` : ""}`
    const bundle = await readFile(join(folder, "tile/entries", path))
    for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at)) {
      hashes.push(sha(0, bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at))))
    }
  }
  return hashes.length === Number(size) && merkle(hashes).toString("base64") === root
}

function sha(prefix: number, ...parts: readonly Buffer[]): Buffer {
  const hash = createHash("sha256").update(Buffer.of(prefix))
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function merkle(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 1) return hashes[0]!
  const split = 2 ** Math.floor(Math.log2(hashes.length - 1))
  return sha(1, merkle(hashes.slice(0, split)), merkle(hashes.slice(split)))
}

test("a verifier that shares no code with ours agrees on sound and tampered logs", async () => {
  const vkey = verifierKey(origin, publicKey)
  assert.equal(await strangerAccepts(sound, vkey), true)
  const changes = [
    flip("tile/entries/001", 50),
    flip("tile/entries/002.p/188", -1),
    flip("checkpoint", origin.length + 6),
    flip("checkpoint", -20),
  ]
  for (const change of changes) {
    assert.equal((await verdictOn(change)).ok, false)
    assert.equal(await strangerAccepts(work, vkey), false)
  }
})

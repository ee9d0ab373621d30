import assert from "node:assert/strict"
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { newFolder } from "./fixtures/new-folder.ts"
import { KEY_RING_FILE, unlock } from "./key-source.ts"

const inFolder = (folder: string, environment = {}) => ({ folder, environment })

test("a key file is made once, for its owner alone, and read from then on", async () => {
  const folder = newFolder()
  const made = await unlock("file:master.key", inFolder(folder))
  assert.equal(made.length, 32)
  assert.equal(statSync(join(folder, "master.key")).mode & 0o777, 0o600)
  assert.deepEqual(await unlock("file:master.key", inFolder(folder)), made)
  assert.notDeepEqual(await unlock("file:master.key", inFolder(newFolder())), made)
})

test("a key file that others may read is refused", async () => {
  const folder = newFolder()
  await unlock("file:master.key", inFolder(folder))
  chmodSync(join(folder, "master.key"), 0o644)
  await assert.rejects(unlock("file:master.key", inFolder(folder)), { code: "open_to_others" })
})

test("a key file of another length is refused", async () => {
  const folder = newFolder()
  writeFileSync(join(folder, "master.key"), "short", { mode: 0o600 })
  await assert.rejects(unlock("file:master.key", inFolder(folder)), { code: "key_malformed" })
})

test("a folder that has keys never gets a new master key when the old one is lost", async (t) => {
  const folder = newFolder()
  writeFileSync(join(folder, KEY_RING_FILE), "")
  withSecurityProgram(t, folder)
  const environment = { PASSPHRASE: "correct horse" }
  for (const reference of ["file:master.key", "passphrase:env:PASSPHRASE", "keychain:mortar"]) {
    await assert.rejects(unlock(reference, { folder, environment }), { code: "key_missing" })
  }
  assert.equal(existsSync(join(folder, "master.key")), false)
})

test("a passphrase gives the same key with its salt, and with no other salt", async () => {
  const folder = newFolder()
  const environment = { PASSPHRASE: "correct horse", OTHER: "battery staple" }
  const key = await unlock("passphrase:env:PASSPHRASE", { folder, environment })
  assert.equal(key.length, 32)
  assert.deepEqual(await unlock("passphrase:env:PASSPHRASE", { folder, environment }), key)
  assert.notDeepEqual(await unlock("passphrase:env:OTHER", { folder, environment }), key)
  const elsewhere = { folder: newFolder(), environment }
  assert.notDeepEqual(await unlock("passphrase:env:PASSPHRASE", elsewhere), key)
  assert.equal(readFileSync(join(folder, "passphrase.json"), "utf8").includes("horse"), false)
})

test("a passphrase that is not there is told, and an unknown source too", async () => {
  const folder = newFolder()
  await assert.rejects(unlock("passphrase:env:NONE", inFolder(folder)), { code: "secret_missing" })
  await assert.rejects(unlock("correct horse", inFolder(folder)), { code: "not_a_reference" })
})

test("the Keychain's program is asked, and never sees the key as an argument", async (t) => {
  const folder = newFolder()
  withSecurityProgram(t, folder)
  const made = await unlock("keychain:mortar", inFolder(folder))
  assert.deepEqual(await unlock("keychain:mortar", inFolder(folder)), made)
  const seen = readFileSync(join(folder, "arguments"), "utf8")
  assert.match(seen, /find-generic-password -s mortar -w/)
  assert.equal(seen.includes(Buffer.from(made).toString("hex")), false)
})

test("a machine without a Keychain says so", async (t) => {
  searchPath(t, newFolder())
  await assert.rejects(unlock("keychain:mortar", inFolder(newFolder())), {
    code: "keychain_absent",
  })
})

test("a Keychain that refuses is not taken for an empty one", async (t) => {
  const folder = newFolder()
  writeProgram(folder, "process.exit(51)")
  searchPath(t, folder)
  await assert.rejects(unlock("keychain:mortar", inFolder(folder)), { code: "keychain_refused" })
})

/** A stand-in that keeps one item in a file and notes the arguments it was started with. */
function withSecurityProgram(t: TestContext, folder: string): void {
  writeProgram(
    folder,
    `const fs = require("node:fs")
    const item = ${JSON.stringify(join(folder, "item"))}
    const seen = ${JSON.stringify(join(folder, "arguments"))}
    fs.appendFileSync(seen, process.argv.slice(2).join(" ") + "\\n")
    if (process.argv[2] === "-i") {
      const [, value] = /-w "(.*)"/.exec(fs.readFileSync(0, "utf8"))
      fs.writeFileSync(item, value)
    } else if (fs.existsSync(item)) console.log(fs.readFileSync(item, "utf8"))
    else process.exit(44)`,
  )
  searchPath(t, folder)
}

function writeProgram(folder: string, code: string): void {
  writeFileSync(join(folder, "security"), `#!${process.execPath}\n${code}\n`, { mode: 0o700 })
}

function searchPath(t: TestContext, folder: string): void {
  const before = process.env.PATH
  process.env.PATH = folder
  t.after(() => {
    process.env.PATH = before
  })
}

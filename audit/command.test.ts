/** `mortar audit` as an operator meets it: what it prints and the code it exits with. */
import assert from "node:assert/strict"
import { cp, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, test } from "node:test"
import Database from "better-sqlite3"
import { verifierKey } from "./checkpoint.ts"
import { auditCommand } from "./command.ts"
import { appendMany, key, newFolder, openLog, origin, publicKey, signingKey } from "./synthetic.ts"

let folder = ""
let note = ""

before(async () => {
  folder = await newFolder()
  const log = await openLog(folder)
  await appendMany(log, 0, 40)
  note = await log.checkpoint()
  await log.close()
})

after(() => rm(folder, { recursive: true }))

async function run(args: readonly string[], where = folder): Promise<[number, string]> {
  const lines: string[] = []
  const code = await auditCommand(args, {
    folder: where,
    origin,
    openKey: async () => ({ key, signingKey }),
    print: (line) => void lines.push(line),
  })
  return [code, lines.join("\n")]
}

test("verify says how many entries are good and exits with 0", async () => {
  const [code, text] = await run(["verify"])
  assert.equal(code, 0)
  assert.match(text, /^good: 40 entries, root \S{44}$/)
})

test("verify as a stranger needs the verifier key and no other", async () => {
  const lines: string[] = []
  const code = await auditCommand(["verify", "--key", verifierKey(origin, publicKey)], {
    folder,
    origin: "",
    openKey: () => Promise.reject(new Error("the site's keys stay locked")),
    print: (line) => void lines.push(line),
  })
  assert.deepEqual([code, lines[0]?.slice(0, 5)], [0, "good:"])
  assert.equal((await run(["verify", "--key", "oak+00000000+AAAA"]))[0], 2)
})

test("verify names the first bad entry and exits with 1", async () => {
  const copy = await newFolder()
  await cp(folder, copy, { recursive: true })
  const kept = join(copy, "kept")
  await writeFile(kept, note)
  assert.equal((await run(["verify", "--kept", kept], copy))[0], 0)
  const db = new Database(join(copy, "audit.db"))
  db.exec("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 17")
  db.close()
  const [code, text] = await run(["verify", "--kept", kept], copy)
  assert.equal(code, 1)
  assert.match(text, /^BAD: the first bad entry is 17\. /)
  await rm(copy, { recursive: true })
})

test("show prints one line an entry, of one patient, one person or one call", async () => {
  const [code, text] = await run(["show", "--patient", "patient-3", "--limit", "2"])
  assert.equal(code, 0)
  assert.equal(
    text.split("\n")[0],
    "23  2027-01-15T08:00:00.000Z  before  act-23  caller of call-23 (verified)  " +
      "refills.request  patient patient-3  allow T0 by refill_request",
  )
  assert.equal(text.split("\n").length, 2)
  const byPerson = (await run(["show", "--person", "person-1"]))[1]
  assert.match(
    byPerson,
    /person-1 \(pharmacist\) {2}patients\.profile {2}patient patient-5 {2}→ ok/,
  )
  assert.equal((await run(["show", "--call", "call-7"]))[1].split("\n").length, 1)
})

test("what left the house is found by what it is, and read word for word with its hash and its cost", async () => {
  const other = await newFolder()
  const log = await openLog(other)
  await appendMany(log, 0, 30)
  const left = { to: "anthropic", model: "claude", purpose: "hard_turn", sha256: "00ff" }
  const act = { act: "act-left", actor: { kind: "system", module: "intent" }, what: "cloud.ask" }
  await log.append({ ...act, phase: "before", left: { ...left, text: "[PATIENT_1] asks" } })
  const cost = { ...left, costMicroDollars: 1_234 }
  await log.append({ ...act, phase: "after", outcome: "answered", left: cost })
  await appendMany(log, 0, 30)
  await log.close()
  const [code, text] = await run(["show", "--what", "cloud.ask"], other)
  assert.equal(code, 0)
  const [before = "", after = "", ...more] = text.split("\n")
  assert.deepEqual(more, [])
  assert.match(
    before,
    /to anthropic \(claude\) for hard_turn {2}sha256 00ff {2}\[PATIENT_1\] asks$/,
  )
  assert.match(after, /→ answered {2}to anthropic .* {2}sha256 00ff {2}\$0\.001234$/)
  await rm(other, { recursive: true })
})

test("checkpoint prints the signed note and the verifier key", async () => {
  const [code, text] = await run(["checkpoint"])
  assert.equal(code, 0)
  assert.ok(text.startsWith(note) && text.endsWith(verifierKey(origin, publicKey)))
})

test("asking for help succeeds, and a use that makes no sense prints it and fails", async () => {
  assert.equal((await run(["--help"]))[0], 0)
  for (const args of [[], ["burn"], ["show", "--everything"], ["show", "--limit", "many"]]) {
    assert.equal((await run(args))[0], 2)
  }
})

test("a folder without a log is told apart from a log that is bad", async () => {
  const empty = await newFolder()
  assert.deepEqual(await run(["show"], empty), [1, "There is no audit log in this folder."])
  assert.equal((await run(["verify"], empty))[0], 1)
  await rm(empty, { recursive: true })
})

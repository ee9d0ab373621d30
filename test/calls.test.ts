/** The golden calls, typed on a virtual clock against the real house. One test a call. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import type { Script } from "../simulators/twilio/script.ts"
import { dialogueOf, problemsOf } from "./calls/expect.ts"
import { openPharmacy, type Pharmacy } from "./calls/house.ts"
import { found, searchFiles, tellingWords } from "./calls/phi.ts"
import { byMoment, momentOf, scenarios } from "./calls/scenario.ts"
import { playTyped } from "./calls/typed.ts"

for (const [at, scripts] of byMoment(scenarios))
  test(`calls on ${at}`, async (t) => {
    const moment = momentOf(at)
    const pharmacy = await openPharmacy(t, moment)
    for (const script of scripts)
      await t.test(script.about, () => playAndCheck(script, pharmacy, moment.nowMs))
    await t.test("nobody called stands in a line of the log", () => checkLog(pharmacy))
    await t.test("nobody called can be read on the disk", (t) => checkDisk(t, pharmacy))
    await t.test("the audit log of all these calls verifies", async () => {
      const verdict = await pharmacy.house.audit.verify()
      assert.equal(verdict.ok, true)
    })
  })

async function playAndCheck(script: Script, pharmacy: Pharmacy, nowMs: number): Promise<void> {
  const { house } = pharmacy
  await fetch(`${house.pmsUrl}/reset`, { method: "POST" })
  await house.pmsFault({ mode: script.given?.pms ?? "ok" })
  const call = await playTyped(script, pharmacy, nowMs)
  await house.pmsFault({ mode: "ok" })
  for (const { module, state } of house.host.health())
    if (state === "quarantined") await house.host.release(module)
  const problems = await problemsOf(script, call, pharmacy)
  if (problems.length === 0) return
  assert.fail(`${script.name}:\n${problems.join("\n")}\n\n${await dialogueOf(call, pharmacy)}\n`)
}

async function checkLog({ house }: Pharmacy): Promise<void> {
  assert.equal(house.log.caught(), 0, "the net withheld something")
  const words = await tellingWords(house)
  const telling = house.logged.filter((line) => found(words, line) > 0)
  assert.ok(house.logged.length > 0 && words.length > 0)
  assert.equal(telling.length, 0, `${telling.length} lines tell`)
}

async function checkDisk(t: TestContext, { house }: Pharmacy): Promise<void> {
  const words = await tellingWords(house)
  const { files, bytes, telling } = searchFiles(house.folder, words)
  t.diagnostic(`${words.length} words searched in ${files} files of ${bytes} bytes`)
  assert.ok(bytes > 0)
  assert.deepEqual(telling, [])
}

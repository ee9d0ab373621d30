/** The golden calls, typed on a virtual clock against the real house. One test a call. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { movePmsFills } from "../simulators/twilio/pms-control.ts"
import type { Script } from "../simulators/twilio/script.ts"
import { refuseClaims } from "./calls/claims.ts"
import { dialogueOf, problemsOf } from "./calls/expect.ts"
import { openPharmacy, type Pharmacy } from "./calls/house.ts"
import { checkNobodyIsFound } from "./calls/phi.ts"
import { byMoment, momentOf, scenarios } from "./calls/scenario.ts"
import { playTyped } from "./calls/typed.ts"

for (const [at, scripts] of byMoment(scenarios))
  test(`calls on ${at}`, async (t) => {
    const moment = momentOf(at)
    const pharmacy = await openPharmacy(t, moment)
    for (const script of scripts)
      await t.test(script.about, () => playAndCheck(script, pharmacy, moment.nowMs))
    await checkNobodyIsFound(t, pharmacy.house)
  })

async function playAndCheck(script: Script, pharmacy: Pharmacy, nowMs: number): Promise<void> {
  const { house } = pharmacy
  await fetch(`${house.pmsUrl}/reset`, { method: "POST" })
  await house.pmsFault({ mode: script.given?.pms ?? "ok" })
  await movePmsFills(house.pmsUrl, script.given?.fills ?? {})
  await refuseClaims(house, script.given?.claims ?? {})
  const call = await playTyped(script, pharmacy, nowMs)
  await house.pmsFault({ mode: "ok" })
  for (const { module, state } of house.host.health())
    if (state === "quarantined") await house.host.release(module)
  const problems = await problemsOf(script, call, pharmacy)
  if (problems.length === 0) return
  assert.fail(`${script.name}:\n${problems.join("\n")}\n\n${await dialogueOf(call, pharmacy)}\n`)
}

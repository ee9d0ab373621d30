/**
 * Golden calls spoken in real time: synthetic voices, real ears, real sockets. One at a time, and
 * after all other tests: two cores do not hear two callers in time.
 */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import type { Script } from "../simulators/twilio/script.ts"
import { openRingingPharmacy, type RingingPharmacy } from "./calls/house.ts"
import { checkNobodyIsFound } from "./calls/phi.ts"
import { ring } from "./calls/ring.ts"
import { byMoment, momentOf, scenarios } from "./calls/scenario.ts"

const CALL_MS_MAX = 180_000

const spoken = scenarios.filter((script) => script.spoken)

for (const [at, scripts] of byMoment(spoken))
  test(`spoken calls on ${at}`, { timeout: scripts.length * CALL_MS_MAX }, async (t) => {
    const pharmacy = await openRingingPharmacy(t, momentOf(at))
    for (const script of scripts)
      await t.test(script.about, { timeout: CALL_MS_MAX }, (t) => told(t, script, pharmacy))
    await checkNobodyIsFound(t, pharmacy.house)
  })

async function told(t: TestContext, script: Script, pharmacy: RingingPharmacy): Promise<void> {
  const { callSid, expectations, repeats, failed, trace } = await ring(script, pharmacy)
  t.diagnostic(`${callSid}: ${expectations} expectations, ${repeats} things said again`)
  if (failed.length === 0) return
  assert.fail(`${script.name}:\n${failed.join("\n")}\n\n${trace.join("\n")}\n`)
}

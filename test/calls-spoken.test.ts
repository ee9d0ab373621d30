/** Golden calls spoken in real time: synthetic voices, real ears, real sockets. Two at a time. */
import assert from "node:assert/strict"
import { type TestContext, test } from "node:test"
import type { SaidLine } from "../simulators/twilio/dialogue.ts"
import { runScript } from "../simulators/twilio/run-script.ts"
import type { Script } from "../simulators/twilio/script.ts"
import { observe } from "./calls/expect.ts"
import { openRingingPharmacy, type RingingPharmacy } from "./calls/house.ts"
import { checkNobodyIsFound } from "./calls/phi.ts"
import { byMoment, momentOf, scenarios } from "./calls/scenario.ts"

const spoken = scenarios.filter((script) => script.spoken)
const CALLS_AT_ONCE = 2

for (const [at, scripts] of byMoment(spoken))
  test(`spoken calls on ${at}`, async (t) => {
    const pharmacy = await openRingingPharmacy(t, momentOf(at))
    await t.test("are held", { concurrency: CALLS_AT_ONCE }, (t) => ringAll(t, scripts, pharmacy))
    await checkNobodyIsFound(t, pharmacy.house)
  })

async function ringAll(
  t: TestContext,
  scripts: readonly Script[],
  pharmacy: RingingPharmacy,
): Promise<void> {
  await Promise.all(scripts.map((script) => t.test(script.about, (t) => ring(t, script, pharmacy))))
}

async function ring(t: TestContext, script: Script, pharmacy: RingingPharmacy): Promise<void> {
  const { house, cloud, voice, voiceUrl, statusCallback } = pharmacy
  const trace: string[] = []
  const { callSid, results } = await runScript(script, {
    ...{ cloud, voice, voiceUrl, statusCallback },
    print: (line) => void trace.push(line),
    transcriptOf: async (conversation) => {
      const got = await house.asStaff("pharmacist", "transcripts.get", { conversation })
      return got.kind === "done" ? (got.value as { lines: readonly SaidLine[] }).lines : []
    },
    observe: (conversation) => observe(conversation, house),
  })
  const failed = results.filter(({ held }) => held === false)
  const repeats = trace.filter((line) => line.includes("say again")).length
  t.diagnostic(`${callSid}: ${results.length} expectations, ${repeats} things said again`)
  if (failed.length === 0) return
  const told = failed.map(({ expectation }) => expectation).join("\n")
  assert.fail(`${script.name}:\n${told}\n\n${trace.join("\n")}\n`)
}

/** Rings a pharmacy up with a scripted caller over real sound, and says what did not hold. */
import type { SaidLine } from "../../simulators/twilio/dialogue.ts"
import { runScript } from "../../simulators/twilio/run-script.ts"
import type { Script } from "../../simulators/twilio/script.ts"
import { observe } from "./expect.ts"
import type { RingingPharmacy } from "./house.ts"

export interface Rung {
  readonly callSid: string
  readonly expectations: number
  /** How often the caller had to say a thing again. */
  readonly repeats: number
  /** What was expected and did not happen; empty for a call that went well. */
  readonly failed: readonly string[]
  /** Who said what, line by line. */
  readonly trace: readonly string[]
}

export async function ring(script: Script, pharmacy: RingingPharmacy): Promise<Rung> {
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
  return {
    ...{ callSid, trace },
    expectations: results.length,
    repeats: trace.filter((line) => line.includes("say again")).length,
    failed: results.filter(({ held }) => held === false).map(({ expectation }) => expectation),
  }
}

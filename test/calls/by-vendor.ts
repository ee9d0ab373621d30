/**
 * The golden calls that must pass on every pharmacy system, and what a vendor's own `calls.yaml`
 * says of those in which it can't tell what the demo's tells: what is heard instead, and why.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type Static, Type as t } from "typebox"
import { Parse } from "typebox/value"
import { parse } from "yaml"
import { Expect, type Script, Step } from "../../simulators/twilio/script.ts"
import { scenarios } from "./scenario.ts"

const ADAPTERS = join(import.meta.dirname, "../../pms-adapters")

const names = [
  "refill-by-drug",
  "refill-too-soon",
  "refill-none-left",
  "controlled-refill",
  "refill-on-hold",
  "status-ready",
  "refill-picked-up",
  "refill-transferred",
  "pms-down",
  "pms-down-in-submit",
  "pms-partial",
  "unknown-code",
  "pms-duplicate",
  "dur-refill",
  "transfer-out",
] as const

const strict = { additionalProperties: false } as const

const Difference = t.Object(
  {
    /** What the vendor lacks, in a sentence. */
    why: t.String({ minLength: 1 }),
    /** Between the proof and the question for more. What is heard stands here word for word. */
    dialogue: t.Array(Step, { minItems: 1 }),
    /** What is expected otherwise than of the demo. */
    expect: t.Optional(Expect),
  },
  strict,
)
export type Difference = Static<typeof Difference>

const Differences = t.Object(
  Object.fromEntries(names.map((name) => [name, t.Optional(Difference)])),
  strict,
)
type Differences = Readonly<Record<string, Difference | undefined>>

/** In the order in which they are played and shown. */
export const onEveryVendor: readonly Script[] = names.map((name) => {
  const script = scenarios.find((one) => one.name === name)
  if (!script) throw new Error(`no call has the name ${name}`)
  return script
})

/** By the name of the call. A vendor that tells all that the demo's tells has none. */
export function differencesOf(folder: string): Differences {
  const file = join(ADAPTERS, folder, "calls.yaml")
  if (!existsSync(file)) return {}
  return Parse(Differences, parse(readFileSync(file, "utf8"), { strict: true }))
}

/** Every one of these calls first proves who is calling, and at last wants nothing more. */
const PROOF_STEPS = 6
const GOODBYE_STEPS = 3

/** The call as it goes on a vendor that differs so. */
export function asOn(script: Script, { dialogue, expect }: Difference): Script {
  const { steps } = script
  const heard = dialogue.map((step) => ("hear" in step ? { hear: exactly(step.hear) } : step))
  return {
    ...script,
    steps: [...steps.slice(0, PROOF_STEPS), ...heard, ...steps.slice(-GOODBYE_STEPS)],
    expect: { ...script.expect, ...expect },
  }
}

function exactly(sentence: string): string {
  return sentence.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")
}

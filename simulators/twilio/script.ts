/**
 * The scripts of scripted callers, `test/calls/*.yaml`: what is given, what the caller does step by
 * step, and what must be so afterwards. Anything the schema does not name is refused.
 */
import { type Static, Type as t } from "typebox"
import { Value } from "typebox/value"
import { parse } from "yaml"

const strict = { additionalProperties: false } as const
const text = (maxLength = 500) => t.String({ minLength: 1, maxLength })
const milliseconds = t.Integer({ minimum: 1, maximum: 120_000 })

const Given = t.Object(
  {
    pms: t.Optional(t.Enum(["ok", "down", "down_in_submit", "slow", "duplicate", "partial"])),
    /** Where fills are when the call begins, by prescription, in the demo vendor's codes. */
    fills: t.Optional(t.Record(t.String({ pattern: "^[0-9]{6,9}$" }), t.String({ maxLength: 2 }))),
    /** Claims that a payer refused with these codes, so that each opened a prior authorisation. */
    claims: t.Optional(t.Record(t.String({ pattern: "^[0-9]{6,9}$" }), t.Array(text(3)))),
    pharmacist: t.Optional(t.Enum(["answers", "busy", "no_answer", "voicemail"])),
  },
  strict,
)

export const Step = t.Union([
  t.Object({ hear: text() }, strict),
  t.Object({ say: text() }, strict),
  t.Object({ keys: t.String({ pattern: "^[0-9*#]{1,40}$" }) }, strict),
  t.Object({ silence: milliseconds }, strict),
  t.Object({ interrupt: text() }, strict),
  t.Object({ backchannel: text() }, strict),
  t.Object({ kill: text(60) }, strict),
  t.Object(
    { hangUp: t.Union([t.Literal(true), t.Object({ during: t.Literal(true) }, strict)]) },
    strict,
  ),
  t.Object({ noise: milliseconds }, strict),
])

const WorkItem = t.Object({ tier: t.Integer({ minimum: 0, maximum: 3 }), action: text(60) }, strict)

export const Expect = t.Object(
  {
    said: t.Optional(t.Array(text())),
    neverSaid: t.Optional(t.Array(text())),
    commands: t.Optional(t.Array(text(80))),
    tiers: t.Optional(t.Record(t.String(), t.Integer({ minimum: 0, maximum: 3 }))),
    refills: t.Optional(t.Record(t.String(), t.Integer({ minimum: 0 }))),
    workItems: t.Optional(t.Array(WorkItem)),
    /** Calls that staff owe the caller. */
    callbacks: t.Optional(t.Integer({ minimum: 0 })),
    ended: t.Optional(t.Enum(["caller", "agent", "transfer"])),
  },
  strict,
)

const parts = {
  name: t.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 80 }),
  about: text(),
  language: t.Optional(t.Enum(["en", "es"])),
  from: t.String({ pattern: "^\\+1\\d{10}$" }),
  at: t.Optional(t.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$" })),
  spoken: t.Optional(t.Boolean()),
  voice: t.Optional(t.String({ pattern: "^[a-z][a-z0-9-]{1,20}$" })),
  given: t.Optional(Given),
  expect: Expect,
}
const size = { minItems: 1, maxItems: 60 }

export const Script = t.Object({ ...parts, steps: t.Array(Step, size) }, strict)

/** A script whose steps are not yet looked at, so that each can be told apart when it is wrong. */
const Outline = t.Object({ ...parts, steps: t.Array(t.Unknown(), size) }, strict)

export type Script = Static<typeof Script>
export type Step = Static<typeof Step>
export type Expectation = Static<typeof Expect>
export type Ended = "caller" | "agent" | "transfer"

/** What is wrong with a script, every problem at once. */
export class ScriptError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`the script is not right:\n  ${problems.join("\n  ")}`)
    this.problems = problems
  }
}

/** Reads a script from YAML. Throws a ScriptError. */
export function readScript(yaml: string): Script {
  const value: unknown = parseYaml(yaml)
  if (!Value.Check(Script, value)) throw new ScriptError(problemsOf(value))
  const bad = patternsIn(value).filter((pattern) => !isPattern(pattern))
  if (bad.length > 0) throw new ScriptError(bad.map((pattern) => `not a pattern: ${pattern}`))
  return value
}

/** A regular expression as scripts write it; `(?i)` in front makes it ignore case. */
export function toPattern(source: string): RegExp {
  return source.startsWith("(?i)") ? new RegExp(source.slice(4), "iu") : new RegExp(source, "u")
}

function parseYaml(yaml: string): unknown {
  try {
    return parse(yaml, { strict: true })
  } catch (trouble) {
    throw new ScriptError([trouble instanceof Error ? trouble.message : "not YAML"])
  }
}

function problemsOf(value: unknown): readonly string[] {
  const outline = Value.Errors(Outline, value).map(
    ({ instancePath, message }) => `${instancePath || "/"} ${message}`,
  )
  if (!Value.Check(Outline, value)) return outline
  return value.steps.flatMap((step, at) =>
    Value.Check(Step, step) ? [] : [`step ${at + 1} is not one thing a caller can do`],
  )
}

function patternsIn({ steps, expect }: Script): readonly string[] {
  const heard = steps.flatMap((step) => ("hear" in step ? [step.hear] : []))
  return [...heard, ...(expect.said ?? []), ...(expect.neverSaid ?? [])]
}

function isPattern(source: string): boolean {
  try {
    toPattern(source)
    return true
  } catch {
    return false
  }
}

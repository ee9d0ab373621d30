/**
 * The lock of a contract: the shape it promised under its version. A contract that changed without
 * the version its change asks for is refused; before 1.0.0 the minor number counts as the major.
 */
import type { ContractSpec } from "#core/contract.ts"

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Fields = { readonly [key: string]: Json }

/** How much a change may break: nothing, what is only declared, additions, anything else. */
const levels = ["none", "patch", "minor", "major"] as const
export type Level = (typeof levels)[number]

export function lockOf({ name, version, commands, events }: ContractSpec): Fields {
  return plain({
    name,
    version,
    commands: Object.fromEntries(
      Object.entries(commands).map(([command, spec]) => [
        command,
        {
          effect: spec.effect,
          action: spec.action,
          optional: spec.optional ?? false,
          discloses: spec.discloses ?? false,
          phi: spec.phi ?? [],
          faults: Object.keys(spec.faults).sort(),
          input: spec.input,
          output: spec.output,
        },
      ]),
    ),
    events,
  })
}

/** What is wrong with a contract beside its lock, or undefined when the lock may be rewritten. */
export function refusal(before: unknown, contract: ContractSpec): string | undefined {
  const after = lockOf(contract)
  if (!isFields(before) || typeof before.version !== "string") return "its lock is unreadable"
  const needed = changeBetween(before, after)
  const given = bumpBetween(before.version, contract.version)
  if (given === undefined) return `its version went back from ${before.version}`
  if (levels.indexOf(given) >= levels.indexOf(asBump(needed, before.version))) return undefined
  const change = `a ${needed} change since ${before.version}`
  return `${change} needs a higher version than ${contract.version}`
}

export function lockText(contract: ContractSpec): string {
  return `${written(lockOf(contract))}\n`
}

/** Commands and events on lines of their own, schemas on one line each: a change is easy to see. */
const LINED_DEPTH = 3

function written(value: Json, depth = 0): string {
  if (!isFields(value) || depth > LINED_DEPTH || Object.keys(value).length === 0) {
    return JSON.stringify(value)
  }
  const isSchema = "type" in value || "anyOf" in value
  if (isSchema) return JSON.stringify(value)
  const lines = Object.entries(value).map(
    ([key, item]) => `${" ".repeat(depth + 1)}${JSON.stringify(key)}: ${written(item, depth + 1)}`,
  )
  return `{\n${lines.join(",\n")}\n${" ".repeat(depth)}}`
}

function asBump(change: Level, version: string): Level {
  const isBeforeOne = version.startsWith("0.")
  if (!isBeforeOne) return change
  return change === "major" ? "minor" : change === "minor" ? "patch" : change
}

function bumpBetween(before: string, after: string): Level | undefined {
  const [from, to] = [before, after].map((version) => version.split(".").map(Number))
  const place = [0, 1, 2].find((index) => from?.[index] !== to?.[index])
  if (place === undefined) return "none"
  if ((to?.[place] ?? 0) < (from?.[place] ?? 0)) return undefined
  return levels[3 - place]
}

function changeBetween(before: Fields, after: Fields): Level {
  return worst([
    changeOfEntries(fieldsOf(before.commands), fieldsOf(after.commands), changeOfCommand),
    changeOfEntries(fieldsOf(before.events), fieldsOf(after.events), changeOfSchema),
  ])
}

/** A new entry is an addition; a missing one breaks whoever used it. */
function changeOfEntries(
  before: Fields,
  after: Fields,
  compare: (before: Json, after: Json) => Level,
): Level {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return worst(
    [...names].map((name) => {
      const [old, now] = [before[name], after[name]]
      if (old === undefined) return "minor"
      return now === undefined ? "major" : compare(old, now)
    }),
  )
}

function changeOfCommand(before: Json, after: Json): Level {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const isSame = (field: string): boolean => same(old[field], now[field])
  return worst([
    ["effect", "action", "optional", "faults"].every(isSame) ? "none" : "major",
    ["discloses", "phi"].every(isSame) ? "none" : "patch",
    changeOfSchema(old.input ?? null, now.input ?? null),
    changeOfSchema(old.output ?? null, now.output ?? null),
  ])
}

function changeOfSchema(before: Json, after: Json): Level {
  if (same(before, after)) return "none"
  const { properties: oldOnes, items: oldItem, ...old } = fieldsOf(before)
  const { properties: newOnes, items: newItem, ...now } = fieldsOf(after)
  if (!same(old, now)) return "major"
  if (oldItem !== undefined && newItem !== undefined) return changeOfSchema(oldItem, newItem)
  if (oldOnes === undefined || newOnes === undefined) return "major"
  // What is required is equal on both sides, so whatever was added is optional.
  return changeOfEntries(fieldsOf(oldOnes), fieldsOf(newOnes), changeOfSchema)
}

function worst(found: readonly Level[]): Level {
  return found.reduce((a, b) => (levels.indexOf(b) > levels.indexOf(a) ? b : a), "none")
}

function fieldsOf(value: Json | undefined): Fields {
  return isFields(value) ? value : {}
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(sorted(a ?? null)) === JSON.stringify(sorted(b ?? null))
}

/** Objects with their keys in order, so that where a field stands means nothing. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isFields(value)) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}

function plain(value: object): Fields {
  const copy: unknown = JSON.parse(JSON.stringify(value))
  return isFields(copy) ? copy : {}
}

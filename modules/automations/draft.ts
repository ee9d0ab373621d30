/** What is wrong with a draft, beside the contracts that it is made of. Pure. */
import type { FaultCode } from "#core/contract.ts"
import { fits } from "#core/schema.ts"
import type { automations, Condition, Draft, Field, Filling, Values } from "./contract.ts"
import { fieldsOf, partOf } from "./fields.ts"
import { commands, schemaOf, specOf } from "./what.ts"

type Wrong = FaultCode<typeof automations, "save">

/** Records that the event is about. An automation picks no patient of its own. */
const records: readonly string[] = ["patient", "rxNumber", "conversation"]

const noFields = { type: "object", properties: {}, required: [] }

/** The first thing that is wrong; undefined when it could be kept. */
export function wrongWith({ when, holds, does }: Draft): Wrong | undefined {
  const event = "event" in when ? when.event : undefined
  const schema = event === undefined ? noFields : schemaOf(event)
  if (!schema) return "unknown_event"
  const spec = specOf(does.command)
  if (!spec) return "unknown_command"
  const after = commands[does.command]?.after
  if (after && !after.some((one) => one === event)) return "not_after_this"
  const told = fieldsOf(schema)
  if (!holds.every((condition) => suits(condition, schema))) return "bad_condition"
  const certain = told.filter(({ field, isOptional }) => !isOptional || isAssured(field, holds))
  const isGiven = fieldsOf(spec.input).every((field) =>
    isFed(field, does.input[field.field], { told, certain, schema: spec.input }),
  )
  const isKnown = Object.keys(does.input).every((name) => partOf(spec.input, name) !== undefined)
  return isGiven && isKnown ? undefined : "bad_input"
}

function suits({ field, test }: Condition, schema: unknown): boolean {
  const part = partOf(schema, field)
  const known = fieldsOf(schema).find((one) => one.field === field)
  if (!part || !known) return false
  if ("isThere" in test) return true
  if ("equals" in test) return fits(part, test.equals)
  if ("oneOf" in test) return test.oneOf.every((value) => fits(part, value))
  return known.kind === "number"
}

/** Whether the field is there whenever every condition holds. */
function isAssured(field: string, conditions: readonly Condition[]): boolean {
  return conditions.some(
    (one) => one.field === field && !("isThere" in one.test && !one.test.isThere),
  )
}

interface Beside {
  readonly told: readonly Field[]
  /** Those that are there each time. */
  readonly certain: readonly Field[]
  readonly schema: unknown
}

function isFed(target: Field, filling: Filling | undefined, beside: Beside): boolean {
  if (!filling) return target.isOptional
  const isRecord = records.includes(target.field)
  if ("constant" in filling) {
    const part = partOf(beside.schema, target.field)
    return !isRecord && part !== undefined && fits(part, filling.constant)
  }
  if (isRecord && filling.field !== target.field) return false
  const sources = target.isOptional ? beside.told : beside.certain
  const source = sources.find(({ field }) => field === filling.field)
  return source !== undefined && feeds(source, target)
}

/** Whether whatever the source holds could stand in the target, as far as schemas tell. */
function feeds(source: Field, target: Field): boolean {
  if (target.choices) return source.choices?.every((one) => target.choices?.includes(one)) ?? false
  if (target.pattern !== undefined && target.pattern !== source.pattern) return false
  const isText = source.choices?.every((one) => typeof one === "string")
  return source.kind === target.kind || (target.kind === "text" && isText === true)
}

/** Inputs that are missing or do not fit. */
export function unfitIn(command: string, input: Values): string[] {
  const schema = specOf(command)?.input
  return fieldsOf(schema).flatMap(({ field, isOptional }) => {
    const value = Object.hasOwn(input, field) ? input[field] : undefined
    if (value === undefined) return isOptional ? [] : [field]
    const part = partOf(schema, field)
    return part && fits(part, value) ? [] : [field]
  })
}

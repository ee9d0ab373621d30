/** The fields of an event or a command, read from its schema: for forms and for checks. */
import { isRecord } from "#core/json.ts"
import type { Field, Value, Values } from "./contract.ts"

/** Only what is one value: a list or a thing within a thing is no field of a form. */
export function fieldsOf(schema: unknown): Field[] {
  if (!isRecord(schema) || !isRecord(schema.properties)) return []
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(schema.properties).flatMap(([field, part]): Field[] => {
    const described = isRecord(part) ? kindOf(part) : undefined
    return described ? [{ field, isOptional: !required.includes(field), ...described }] : []
  })
}

type Described = Omit<Field, "field" | "isOptional">

function kindOf(part: Readonly<Record<string, unknown>>): Described | undefined {
  const choices = choicesOf(part)
  if (choices) return { kind: "choice", choices }
  const { type, maxLength, minimum, maximum, pattern } = part
  if (type === "boolean") return { kind: "yes_no" }
  if (type === "integer" || type === "number")
    return {
      kind: "number",
      ...(typeof minimum === "number" ? { minimum } : {}),
      ...(typeof maximum === "number" ? { maximum } : {}),
    }
  if (type !== "string") return undefined
  return {
    kind: "text",
    ...(typeof maxLength === "number" ? { maxLength } : {}),
    ...(typeof pattern === "string" ? { pattern } : {}),
  }
}

function choicesOf({ anyOf, ...part }: Readonly<Record<string, unknown>>): Value[] | undefined {
  const parts: readonly unknown[] = Array.isArray(anyOf) ? anyOf : [part]
  const choices = parts.map((one) => (isRecord(one) ? one.const : undefined))
  return choices.every(isValue) ? choices : undefined
}

/** The part of a schema that a field is of. */
export function partOf(schema: unknown, field: string): Record<string, unknown> | undefined {
  const properties = isRecord(schema) && isRecord(schema.properties) ? schema.properties : {}
  const part = Object.hasOwn(properties, field) ? properties[field] : undefined
  return isRecord(part) ? part : undefined
}

/** What an event says, as far as it is said in single values. */
export function valuesOf(data: unknown): Values {
  const entries = isRecord(data) ? Object.entries(data) : []
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => isValue(entry[1])))
}

function isValue(value: unknown): value is Value {
  return ["string", "number", "boolean"].includes(typeof value)
}

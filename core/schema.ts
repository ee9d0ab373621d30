/** Why a value does not fit a schema, told without the value. */
import type { TSchema } from "typebox"
import { validatorOf } from "./json.ts"

const MISFITS_MAX = 10

/** Places and broken rules, as `/path keyword`; empty when it fits. */
export function misfits(schema: TSchema, value: unknown): readonly string[] {
  const validator = validatorOf(schema)
  if (validator.Check(value)) return []
  return validator
    .Errors(value)
    .slice(0, MISFITS_MAX)
    .map(({ schemaPath, keyword }) => `${schemaPath} ${keyword}`)
}

export function fits(schema: TSchema, value: unknown): boolean {
  return validatorOf(schema).Check(value)
}

/** A copy with defaults filled in, and everything that does not fit. */
export function withDefaults(
  schema: TSchema,
  value: unknown,
): { readonly config: unknown; readonly problems: string[] } {
  const config = filled(schema, value)
  return { config, problems: [...misfits(schema, config)] }
}

/** Works on a schema that crossed a process border, where only its plain JSON is left. */
function filled(schema: TSchema, value: unknown): unknown {
  const { default: fallback, properties = {} } = schema as Plain
  const given = value === undefined ? structuredClone(fallback) : value
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given
  const entries = Object.entries(properties).flatMap(([name, property]) => {
    const inner = filled(property, (given as Readonly<Record<string, unknown>>)[name])
    return inner === undefined ? [] : [[name, inner] as const]
  })
  return { ...given, ...Object.fromEntries(entries) }
}

interface Plain {
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, TSchema>>
}

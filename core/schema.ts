/** Why a value does not fit a schema, told without the value. */
import type { TSchema } from "typebox"
import { validatorOf } from "./json.ts"

const MISFITS_MAX = 10

/** Places and broken rules, as `/path keyword`, and which names are missing; empty when it fits. */
export function misfits(schema: TSchema, value: unknown): readonly string[] {
  const validator = validatorOf(schema)
  if (validator.Check(value)) return []
  return validator
    .Errors(value)
    .slice(0, MISFITS_MAX)
    .map((error) => {
      const missing = error.keyword === "required" ? error.params.requiredProperties : []
      return [error.schemaPath, error.keyword, ...missing].join(" ")
    })
}

export function fits(schema: TSchema, value: unknown): boolean {
  return validatorOf(schema).Check(value)
}

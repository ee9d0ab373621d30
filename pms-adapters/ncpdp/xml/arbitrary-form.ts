/** Any form a schema allows, for property tests and fuzzing. Nothing in it is about a person. */
import fc from "fast-check"
import type { TObject, TSchema } from "typebox"
import { isGroup, itemOf } from "./schema.ts"

const REPEATS_MAX = 3

/** Text that XML can hold, with what it has to escape more often than by chance. */
const special = fc.constantFrom("<", ">", "&", '"', "'", "]]>", "\r", "\t", "\n", "é", "💊")
const character = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: special },
)

export function arbitraryForm(schema: TObject): fc.Arbitrary<Record<string, unknown>> {
  const required = schema.required ?? []
  const entries = Object.entries(schema.properties).filter(([name]) => name !== "others")
  const values = entries.map(([name, property]) => [name, arbitraryValue(property)] as const)
  return fc.record(Object.fromEntries(values), { requiredKeys: required })
}

function arbitraryValue(property: TSchema): fc.Arbitrary<unknown> {
  const item = itemOf(property)
  const one: fc.Arbitrary<unknown> = isGroup(item) ? arbitraryForm(item) : arbitraryText(item)
  return item === property ? one : fc.array(one, { minLength: 1, maxLength: REPEATS_MAX })
}

function arbitraryText(schema: TSchema): fc.Arbitrary<string> {
  const { pattern, maxLength = 20 } = limitsOf(schema)
  if (pattern !== undefined && pattern !== "\\S") return fc.stringMatching(new RegExp(pattern))
  const inside = fc.array(character, { maxLength: Math.min(maxLength, 40) })
  return inside.map((parts) => `x${parts.join("")}`.slice(0, maxLength)).map(wellFormed)
}

/** Cutting may leave half of a pair behind. */
const wellFormed = (text: string): string => text.toWellFormed().replaceAll("\ufffd", "x")

function limitsOf(schema: TSchema): { readonly pattern?: string; readonly maxLength?: number } {
  return {
    ...("pattern" in schema && typeof schema.pattern === "string"
      ? { pattern: schema.pattern }
      : {}),
    ...("maxLength" in schema && typeof schema.maxLength === "number"
      ? { maxLength: schema.maxLength }
      : {}),
  }
}

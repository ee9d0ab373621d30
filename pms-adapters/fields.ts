/** An adapter's settings as fields of a form: from its schema, and from nothing else. Pure. */
import { type TSchema, Type as t } from "typebox"
import { isRecord } from "#core/json.ts"

/** What one types, and what of it is refused before anything is tried. */
export const Field = t.Object({
  name: t.String(),
  /** A secret is a reference, never a value; what has parts of its own is written as JSON. */
  kind: t.Union([
    t.Literal("text"),
    t.Literal("number"),
    t.Literal("switch"),
    t.Literal("secret"),
    t.Literal("json"),
  ]),
  isRequired: t.Boolean(),
  help: t.Optional(t.String()),
  usual: t.Optional(t.Unknown()),
})
export type Field = ReturnType<typeof fieldOf>

export function fieldsOf(config: TSchema): readonly Field[] {
  const properties = "properties" in config && isRecord(config.properties) ? config.properties : {}
  const required = "required" in config && Array.isArray(config.required) ? config.required : []
  return Object.entries(properties).map(([name, schema]) =>
    fieldOf(name, isRecord(schema) ? schema : {}, required.includes(name)),
  )
}

function fieldOf(name: string, schema: Readonly<Record<string, unknown>>, isNeeded: boolean) {
  const { default: usual, description } = schema
  return {
    name,
    kind: kindOf(schema),
    isRequired: isNeeded && usual === undefined,
    ...(typeof description === "string" && { help: description }),
    ...(usual !== undefined && { usual }),
  }
}

function kindOf({ type, pattern }: Readonly<Record<string, unknown>>) {
  if (type === "boolean") return "switch" as const
  if (type === "integer" || type === "number") return "number" as const
  if (type !== "string") return "json" as const
  return String(pattern).startsWith("^(keychain:") ? ("secret" as const) : ("text" as const)
}

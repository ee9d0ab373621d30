/** Reads our own YAML beside the code and checks it against a schema before anyone sees it. */
import { readFileSync } from "node:fs"
import type { Static, TSchema } from "typebox"
import { Value } from "typebox/value"
import { parse } from "yaml"

/** A YAML file as a value of the schema; throws when the file does not fit. */
export function readYaml<S extends TSchema>(schema: S, file: URL): Static<S> {
  return Value.Parse(schema, parse(readFileSync(file, "utf8")))
}

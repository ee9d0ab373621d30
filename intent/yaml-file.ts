/** Reads our own YAML beside the code and checks it against a schema before anyone sees it. */
import { readFileSync } from "node:fs"
import { basename } from "node:path"
import type { Static, TSchema } from "typebox"
import { parseYaml } from "#core/json.ts"

/** A YAML file as a value of the schema; throws, with file and line, when it does not fit. */
export function readYaml<S extends TSchema>(schema: S, file: URL): Static<S> {
  return parseYaml({ text: readFileSync(file, "utf8"), file: basename(file.pathname) }, schema)
}

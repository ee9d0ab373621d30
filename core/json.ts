/**
 * Text into values of a known shape. What was in the text never enters an error: a fault of JSON is
 * told by the place in our own schema, a fault of YAML by the file, line and column to look at.
 */
import type { Static, TSchema } from "typebox"
import { Compile, type Validator } from "typebox/compile"
import { Settings } from "typebox/system"
import { type Document, isMap, isNode, LineCounter, parseDocument } from "yaml"

/** `wrong_shape` says where in the schema; a path in the input could spell a patient's name. */
export class JsonError extends Error {
  readonly code: "not_json" | "wrong_shape"

  constructor(code: "not_json" | "wrong_shape", schemaPath = "") {
    super(schemaPath ? `${code} at ${schemaPath}` : code)
    this.name = "JsonError"
    this.code = code
  }
}

/** A validator stops counting here. */
const ERRORS_MAX = 200
Settings.Set({ maxErrors: ERRORS_MAX })

const compiled = new WeakMap<TSchema, Validator>()

/** Compiles a schema once, for as long as the schema lives. */
export function validatorOf(schema: TSchema): Validator {
  const known = compiled.get(schema)
  if (known) return known
  const made = Compile(schema)
  compiled.set(schema, made)
  return made
}

/** Reads JSON and checks it. Throws `JsonError`. */
export function parseJson<S extends TSchema>(text: string, schema: S): Static<S> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new JsonError("not_json")
  }
  const validator = validatorOf(schema)
  if (!validator.Check(value)) {
    throw new JsonError("wrong_shape", validator.Errors(value)[0]?.schemaPath)
  }
  return value as Static<S>
}

/** Fills in what was left out. Takes schemas as plain JSON too, as other processes send them. */
export function withDefaults(schema: unknown, value: unknown): unknown {
  if (!isRecord(schema)) return value
  const filled = value === undefined ? structuredClone(schema.default) : value
  if (Array.isArray(filled)) return filled.map((item) => withDefaults(schema.items, item))
  const { properties } = schema
  if (!isRecord(filled) || !isRecord(properties)) return filled
  const parts = Object.entries(properties).map(
    ([name, part]) => [name, withDefaults(part, filled[name])] as const,
  )
  return { ...filled, ...Object.fromEntries(parts.filter(([, part]) => part !== undefined)) }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** One thing to put right in what a person wrote. Names settings, never what they were set to. */
export interface Problem {
  /** File, line and column, or the name of an environment variable. */
  readonly where: string
  readonly says: string
}

/** Everything that is wrong with what a person wrote, at once. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ where, says }) => `${where} ${says}`).join("\n"))
    this.name = "ProblemsError"
    this.problems = problems
  }
}

export interface YamlSource {
  readonly text: string
  /** Named in problems. */
  readonly file: string
  /** Completes what was written, with defaults filled in, before it is checked. */
  readonly complete?: (written: unknown) => unknown
}

/** Reads YAML, fills in defaults and checks it. Throws `ProblemsError` with all there is to fix. */
export function parseYaml<S extends TSchema>(source: YamlSource, schema: S): Static<S> {
  const { text, file, complete = (written) => written } = source
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const problemAt = (offset: number, says: string): Problem => {
    const { line, col } = lines.linePos(offset)
    return { where: `${file}:${line}:${col}`, says }
  }
  if (document.errors.length > 0) {
    throw new ProblemsError(
      document.errors.map(({ code, pos }) =>
        problemAt(pos[0], `is not YAML: ${code.toLowerCase().replaceAll("_", " ")}`),
      ),
    )
  }
  const value = withDefaults(schema, complete(withDefaults(schema, document.toJS())))
  const validator = validatorOf(schema)
  if (validator.Check(value)) return value as Static<S>
  throw new ProblemsError(
    shapeProblems(validator.Errors(value)).map(({ path, says }) =>
      problemAt(offsetOf(document, path), `${path.join(".") || "the file"} ${says}`),
    ),
  )
}

interface ShapeProblem {
  readonly path: readonly string[]
  readonly says: string
}

type ShapeError = ReturnType<Validator["Errors"]>[number]

/** One problem a place; of a union only that no branch fits, not why each of them does not. */
function shapeProblems(errors: readonly ShapeError[]): readonly ShapeProblem[] {
  const unions = errors.filter(({ keyword }) => keyword === "anyOf").map((it) => it.schemaPath)
  const problems = new Map<string, ShapeProblem>()
  for (const error of errors) {
    const isInUnion = unions.some((union) => error.schemaPath.startsWith(`${union}/`))
    if (isInUnion || error.keyword === "additionalProperties") continue
    const path = error.instancePath.split("/").slice(1).map(unescapePointer)
    const missing = error.keyword === "required" ? error.params.requiredProperties : []
    for (const name of missing) {
      problems.set(`${error.instancePath}/${name}`, { path: [...path, name], says: "is missing" })
    }
    if (missing.length > 0 || problems.has(error.instancePath)) continue
    problems.set(error.instancePath, { path, says: saysOf(error) })
  }
  return [...problems.values()]
}

function saysOf({ keyword, message }: ShapeError): string {
  if (keyword === "anyOf") return "is not one of the accepted forms"
  return keyword === "boolean" ? "is not a known setting" : message
}

const unescapePointer = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~")

/** Where a path stands in the text; what is missing is reported where it would have stood. */
function offsetOf(document: Document.Parsed, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const name = path[length - 1]
    const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === name) : undefined
    if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? 0
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node)) return node.range?.[0] ?? 0
  }
  return 0
}

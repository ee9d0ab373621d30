/**
 * The configuration: `config/site.yaml` and the environment, read once, checked as a whole, frozen.
 * All problems are told at once. Nothing else in the program looks at the environment.
 */
import { readFileSync } from "node:fs"
import { basename, resolve } from "node:path"
import { type TSchema, Type as t } from "typebox"
import { Check, Convert, Errors } from "typebox/value"
import { isRecord, type Problem, ProblemsError, parseYaml, withDefaults } from "./json.ts"
import type { Environment } from "./secrets.ts"
import { Site } from "./site.ts"

/** The one look at the process's environment; everybody else is handed it. */
export const environment: Environment = process.env

export interface Config {
  readonly site: Site
  /** Everything that is written is written here. */
  readonly dataFolder: string
  readonly publicPort: number
  readonly staffPort: number
  /** The address that Twilio's signatures are computed over. */
  readonly publicUrl: string
  readonly demoPassword?: string
  /** Where model files are kept, when not in the user's cache. */
  readonly modelsFolder?: string
}

export interface ConfigSources {
  readonly file: string
  readonly environment: Environment
  /** Each module's configuration schema by the module's name; the adapter's is `pms`. */
  readonly schemas: Readonly<Record<string, TSchema>>
}

/** Reads and checks everything. Throws `ProblemsError` with all that is wrong. */
export function loadConfig({ file, environment, schemas }: ConfigSources): Config {
  const problems: Problem[] = []
  const site = collect(problems, () => readSite(file, schemas))
  const rest = collect(problems, () => readEnvironment(environment))
  if (!site || !rest) throw new ProblemsError(problems)
  return deepFreeze({ site, ...rest })
}

function collect<T>(problems: Problem[], read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

function readSite(file: string, schemas: ConfigSources["schemas"]): Site {
  const { pms = t.Object({}), ...modules } = schemas
  const settings = Object.entries(modules).map(([name, schema]) => [
    name,
    optional(withoutDefaultsOfFacts(schema)),
  ])
  const schema = t.Object(
    {
      ...Site.properties,
      pms: t.Object({ ...Site.properties.pms.properties, settings: optional(pms) }, closed),
      modules: optional(
        t.Object(
          {
            ...Site.properties.modules.properties,
            settings: optional(t.Object(Object.fromEntries(settings), closed)),
          },
          closed,
        ),
      ),
    },
    closed,
  )
  const complete = (written: unknown): unknown => shareFacts(written, modules)
  return parseYaml({ text: readText(file), file: basename(file), complete }, schema) as Site
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    throw new ProblemsError([{ where: file, says: "cannot be read" }])
  }
}

const closed = { additionalProperties: false }

/** What has defaults throughout may be left out as a whole. */
function optional(schema: TSchema): TSchema {
  return { default: {}, ...schema }
}

const { key, pms, modules, ...facts } = Site.properties

/** What the site says, or its own default, counts before what a module would assume. */
function withoutDefaultsOfFacts(schema: TSchema): TSchema {
  if (!("properties" in schema)) return schema
  const parts = Object.entries(Object(schema.properties)).map(([name, part]) => {
    const { default: _, ...rest } = Object(part)
    return [name, name in facts ? rest : part]
  })
  return { ...schema, properties: Object.fromEntries(parts) }
}

/**
 * A module whose schema names a fact of the site, `hours` or `timeZone`, is given it, unless its
 * own settings say otherwise: the pharmacy writes its hours down once.
 */
function shareFacts(written: unknown, schemas: ConfigSources["schemas"]): unknown {
  if (!isRecord(written) || !isRecord(written.modules)) return written
  const { settings } = written.modules
  if (!isRecord(settings)) return written
  const shared = Object.entries(schemas).map(([module, schema]) => {
    const names = "properties" in schema ? Object.keys(Object(schema.properties)) : []
    const given = names.filter((name) => name in facts && name in written)
    const own = settings[module]
    if (!isRecord(own)) return [module, own]
    return [module, { ...Object.fromEntries(given.map((name) => [name, written[name]])), ...own }]
  })
  const completed = { ...settings, ...Object.fromEntries(shared) }
  return { ...written, modules: { ...written.modules, settings: completed } }
}

const Port = { minimum: 0, maximum: 65_535 }
const Variables = t.Object({
  MORTAR_PUBLIC_PORT: t.Integer({ ...Port, default: 8080 }),
  MORTAR_STAFF_PORT: t.Integer({ ...Port, default: 8081 }),
  MORTAR_DATA: t.String({ minLength: 1, default: "./var" }),
  MORTAR_PUBLIC_URL: t.Optional(t.String({ pattern: "^https?://[^/]+$" })),
  MORTAR_DEMO_PASSWORD: t.Optional(t.String({ minLength: 8 })),
  MORTAR_MODELS: t.Optional(t.String({ minLength: 1 })),
})

/** The environment alone, for what must be known before the site file can be checked. */
export function readEnvironment(variables: Environment): Omit<Config, "site"> {
  const named = Object.keys(Variables.properties).filter((name) => variables[name] !== undefined)
  const given = Object.fromEntries(named.map((name) => [name, variables[name]]))
  const value = withDefaults(Variables, Convert(Variables, given))
  if (!Check(Variables, value)) {
    throw new ProblemsError(
      Errors(Variables, value).map(({ instancePath, message }) => ({
        where: instancePath.slice(1),
        says: message,
      })),
    )
  }
  const { MORTAR_DEMO_PASSWORD: demoPassword, MORTAR_MODELS: modelsFolder } = value
  return {
    dataFolder: resolve(value.MORTAR_DATA),
    publicPort: value.MORTAR_PUBLIC_PORT,
    staffPort: value.MORTAR_STAFF_PORT,
    publicUrl: value.MORTAR_PUBLIC_URL ?? `http://localhost:${value.MORTAR_PUBLIC_PORT}`,
    ...(demoPassword === undefined ? {} : { demoPassword }),
    ...(modelsFolder === undefined ? {} : { modelsFolder: resolve(modelsFolder) }),
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part)
    Object.freeze(value)
  }
  return value
}

/** What must be known of the site before any module can say what its settings are. */
export function readBasics(file: string): { readonly adapter: string; readonly key: string } {
  const Basics = t.Object({ pms: t.Object({ adapter: t.String() }), key: Site.properties.key })
  const { pms, key } = parseYaml({ text: readText(file), file: basename(file) }, Basics)
  return { adapter: pms.adapter, key }
}

export type ModuleSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/**
 * What each module is told, by its name: what the site wrote, and over it what only now is known.
 */
export function settingsOf({ site }: Config, known: ModuleSettings = {}): ModuleSettings {
  const written = { ...site.modules.settings, pms: site.pms.settings }
  const names = new Set([...Object.keys(written), ...Object.keys(known)])
  const settings: Readonly<Record<string, unknown>> = written
  return Object.fromEntries(
    [...names].map((name) => [name, { ...Object(settings[name]), ...known[name] }]),
  )
}

/**
 * `mortar pms choices` and `mortar pms try`, for a program that sets a pharmacy up: which adapters
 * there are, and whether one would work with other settings. JSON in, JSON out; it writes nothing.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { type Static, type TSchema, Type as t } from "typebox"
import { Errors, Value } from "typebox/value"
import { stringify } from "yaml"
import { systemClock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { parseJson, parseYaml, withDefaults } from "#core/json.ts"
import type { PmsAdapter } from "./define.ts"
import { Field, fieldsOf } from "./fields.ts"
import { runAdapter } from "./test-context.ts"
import { type Finding, tryOut } from "./try-out.ts"

const Settings = t.Record(t.String(), t.Unknown())

export const Choices = t.Object({
  inUse: t.Object({ adapter: t.String(), settings: Settings }),
  adapters: t.Array(
    t.Object({
      adapter: t.String(),
      vendor: t.String(),
      /** Its vendor tells by itself: what a trial heard would be lost to the house. */
      isFed: t.Boolean(),
      fields: t.Array(Field),
    }),
  ),
})
export type Choices = Static<typeof Choices>

export const Trial = t.Object({
  adapter: t.String({ pattern: "^[a-z][a-z0-9-]*$" }),
  settings: Settings,
  /** What the references in the settings stand for. */
  secrets: t.Record(t.String(), t.String()),
})

export interface Tried {
  readonly problems: readonly { readonly where: string; readonly says: string }[]
  readonly findings: readonly Finding[]
  /** As it belongs into the site file; left out while the settings do not fit. */
  readonly yaml?: string
}

export type LoadAdapter = (folder: string) => Promise<PmsAdapter<TSchema>>

export async function choicesOf(siteFile: string, load: LoadAdapter): Promise<Choices> {
  const Written = t.Object({
    pms: t.Object({ adapter: t.String(), settings: t.Optional(Settings) }),
  })
  const site = parseYaml({ text: readFileSync(siteFile, "utf8"), file: siteFile }, Written)
  const { adapter, settings = {} } = site.pms
  const folders = readdirSync(import.meta.dirname).filter(isAdapter)
  const adapters = await Promise.all(
    folders.map(async (folder) => {
      const { vendor, isFed, needs } = await load(folder)
      return { adapter: folder, vendor, isFed, fields: [...fieldsOf(needs.config)] }
    }),
  )
  return { inUse: { adapter, settings }, adapters }
}

/** By the name of its folder; a blueprint is none. */
function isAdapter(name: string): boolean {
  return /^[a-z]/.test(name) && existsSync(join(import.meta.dirname, name, "adapter.ts"))
}

/** What came of it, whatever came of it: only a defect is thrown. */
export async function tried(
  { adapter: folder, settings: written, secrets }: Static<typeof Trial>,
  load: LoadAdapter,
): Promise<Tried> {
  if (!isAdapter(folder)) {
    const says = "There is no adapter of that name."
    return { problems: [{ where: "adapter", says }], findings: [] }
  }
  const adapter = await load(folder)
  const { config } = adapter.needs
  const settings = withDefaults(config, structuredClone(written))
  if (!Value.Check(config, settings)) {
    const problems = Errors(config, settings).map(({ instancePath, message }) => {
      return { where: instancePath.slice(1).replaceAll("/", "."), says: message }
    })
    return { problems, findings: [] }
  }
  const yaml = stringify({ pms: { adapter: folder, settings: withoutUsual(written, config) } })
  if (adapter.isFed) return { problems: [], findings: [], yaml }
  try {
    const running = await runAdapter(adapter, { settings, secrets, clock: systemClock })
    const findings = await tryOut(running, adapter).finally(() => running.stop())
    return { problems: [], findings, yaml }
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    return { problems: [{ where: "", says: trouble.hint }], findings: [], yaml }
  }
}

/** What is as usual need not be written down. */
function withoutUsual(written: Readonly<Record<string, unknown>>, config: TSchema) {
  const usual = new Map(fieldsOf(config).map(({ name, usual }) => [name, usual]))
  return Object.fromEntries(Object.entries(written).filter(([name, is]) => usual.get(name) !== is))
}

/** Reads what to try from a stream, so that no secret stands among the arguments of a process. */
export async function trialFrom(stream: NodeJS.ReadableStream): Promise<Static<typeof Trial>> {
  return parseJson(await text(stream), Trial)
}

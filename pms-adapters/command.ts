/** `mortar pms test`: what of the configured pharmacy system works, for an installer. It reads. */
import { readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { parseArgs } from "node:util"
import { type TSchema, Type as t } from "typebox"
import { systemClock } from "#core/clock.ts"
import { readBasics } from "#core/config.ts"
import { Outage } from "#core/fault.ts"
import { parseYaml } from "#core/json.ts"
import { type Environment, Secrets } from "#core/secrets.ts"
import type { PmsAdapter } from "./define.ts"
import { runAdapter } from "./test-context.ts"
import { choicesOf, trialFrom, tried } from "./trial.ts"
import { tryOut } from "./try-out.ts"

const help = `mortar pms choices | try
    For a program that sets a pharmacy up: JSON of the adapters there are; and what comes of
    {"adapter", "settings", "secrets"} on the standard input. Reads only, and changes nothing.
mortar pms test [--rx NUMBER]
    Connects to the pharmacy system of config/site.yaml, reads, and says what works: one
    line an operation. Nothing is submitted, and nothing about a patient is printed.
    --rx   a prescription of a patient who agreed, or of a test patient`

const marks = { works: "works  ", fails: "FAILS  ", absent: "absent ", untried: "untried" } as const

const SUCCESS = 0
const FAILED = 1
const BAD_USE = 2

export interface PmsCommandOptions {
  readonly siteFile: string
  readonly environment: Environment
  /** Imports the file of an adapter. */
  readonly load: (file: string) => Promise<{ readonly default?: unknown }>
  readonly print?: (line: string) => void
}

/** Runs the command; answers the exit code. */
export async function pmsCommand(
  args: readonly string[],
  { siteFile, environment, load, print = toTerminal }: PmsCommandOptions,
): Promise<number> {
  const parsed = parse(args)
  const isHelp = parsed?.values.help === true
  const [what = "", ...more] = parsed?.positionals ?? []
  if (!isHelp && more.length === 0 && isOfSetUp(what)) {
    const answer = await answerSetUp(what, { siteFile, load })
    print(JSON.stringify(answer))
    return SUCCESS
  }
  if (!parsed || isHelp || parsed.positionals.join(" ") !== "test") {
    print(help)
    return isHelp ? SUCCESS : BAD_USE
  }
  const { rx } = parsed.values
  if (rx !== undefined && !/^[0-9]{6,9}$/.test(rx)) {
    print("--rx takes a prescription number of six to nine digits.")
    return BAD_USE
  }
  const folder = readBasics(siteFile).adapter
  const adapter = await adapterOf(folder, load)
  print(`${adapter.vendor}, as config/site.yaml has it (pms-adapters/${folder}):`)
  if (adapter.isFed) {
    print("It tells us by itself, and what a test heard would be lost to the appliance.")
    print("Start the appliance, and look at the dashboard for when it last told something.")
    return FAILED
  }
  return test(adapter, { siteFile, environment, print, ...(rx !== undefined && { rx }) })
}

async function test(
  adapter: PmsAdapter<TSchema>,
  options: Required<Omit<PmsCommandOptions, "load">> & { readonly rx?: string },
): Promise<number> {
  const { siteFile, environment, print, rx } = options
  const settings = settingsIn(siteFile, adapter.needs.config)
  const secrets = new Secrets(environment)
  try {
    const running = await runAdapter(adapter, { settings, secrets, clock: systemClock })
    const findings = await tryOut(running, adapter, rx).finally(() => running.stop())
    for (const { operation, mark, says } of findings) {
      print(`${marks[mark]}  ${operation.padEnd(20)} ${says}`)
    }
    return findings.some(({ mark }) => mark === "fails") ? FAILED : SUCCESS
  } catch (trouble) {
    if (!(trouble instanceof Outage)) throw trouble
    print(`${marks.fails}  ${trouble.hint}`)
    return FAILED
  }
}

type Load = PmsCommandOptions["load"]

async function adapterOf(folder: string, load: Load): Promise<PmsAdapter<TSchema>> {
  const { default: adapter } = await load(join(import.meta.dirname, folder, "adapter.ts"))
  if (!isAdapter(adapter)) throw new Error(`pms-adapters/${folder} is no adapter`)
  return adapter
}

function isOfSetUp(what: string): what is "choices" | "try" {
  return what === "choices" || what === "try"
}

async function answerSetUp(
  what: "choices" | "try",
  { siteFile, load }: Pick<PmsCommandOptions, "siteFile" | "load">,
) {
  const loadAdapter = (folder: string) => adapterOf(folder, load)
  if (what === "choices") return choicesOf(siteFile, loadAdapter)
  return tried(await trialFrom(process.stdin), loadAdapter)
}

function settingsIn(siteFile: string, config: TSchema): unknown {
  const Written = t.Object({ pms: t.Object({ settings: t.Optional(config) }) })
  const text = readFileSync(siteFile, "utf8")
  return parseYaml({ text, file: basename(siteFile) }, Written).pms.settings ?? {}
}

function isAdapter(value: unknown): value is PmsAdapter<TSchema> {
  if (typeof value !== "object" || value === null) return false
  return ["vendor", "parts", "needs", "lacks", "partly"].every((field) => field in value)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: "boolean" }, rx: { type: "string" } },
    })
  } catch {
    return undefined
  }
}

function toTerminal(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The composition root: the only file that knows every part. It joins them and steps aside. */
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { backupCommands } from "#core/backup-command.ts"
import { runSubcommand } from "#core/cli.ts"
import { type Rehearsal, rehearsalClock, systemClock } from "#core/clock.ts"
import {
  type Config,
  environment,
  loadConfig,
  type ModuleSettings,
  readBasics,
  readEnvironment,
} from "#core/config.ts"
import { discoverModules } from "#core/discover.ts"
import { Host } from "#core/host.ts"
import { grants, hostPorts } from "#core/host-ports.ts"
import { KEY_RING_FILE, unlock } from "#core/key-source.ts"
import { KeyRing } from "#core/keys.ts"
import type { Log } from "#core/log.ts"
import type { Patience } from "#core/module-process.ts"
import { pinoLog } from "#core/pino-log.ts"
import { type Environment, Secrets } from "#core/secrets.ts"
import { Store } from "#core/store.ts"
import { auditCommand } from "./audit/command.ts"
import type { AuditLog } from "./audit/log.ts"
import { AUDIT_FOLDER, auditOnDisk, auditPort, openAudit } from "./audit/open.ts"
import { auditToRead, withCheckpoint } from "./audit/reading.ts"
import { cacheFolder, sentencesFolder } from "./models/cache.ts"
import { modelsCommand } from "./models/command.ts"
import { languageProgram, speechProgram } from "./models/programs.ts"
import { barReport } from "./models/progress.ts"
import { vaultOf } from "./modules/backups/vault.ts"
import { drugsCommand } from "./modules/drugs/command.ts"
import { reportCommand } from "./modules/reports/command.ts"
import { inForce } from "./modules/store-info/in-force.ts"
import { openingsBetween } from "./modules/store-info/opening.ts"
import { pmsCommand } from "./pms-adapters/command.ts"
import { startDemo } from "./simulators/demo.ts"
import { callCommand } from "./simulators/twilio/call-command.ts"
import { hasRow, rulesInForce } from "./tiers/in-force.ts"

const siteFile = join(import.meta.dirname, "config/site.yaml")

export interface ApplianceOptions {
  readonly environment: Environment
  readonly log: Log
  /** Modules to run; all that stand in the tree when left out. */
  readonly only?: readonly string[]
  readonly patience?: Patience
  readonly rehearsal?: Rehearsal
  /** Another pharmacy's file, and settings beside those of the file: where a simulator listens. */
  readonly siteFile?: string
  readonly settings?: ModuleSettings
}

export interface Appliance extends AsyncDisposable {
  readonly host: Host
  readonly config: Config
  readonly audit: AuditLog
  readonly store: Store
}

/** Opens everything on one node. What it needs is checked before anything starts. */
export async function openAppliance(options: ApplianceOptions): Promise<Appliance> {
  const { environment, log, only, patience, rehearsal = { shiftMs: 0, pace: 1 } } = options
  const file = options.siteFile ?? siteFile
  const wanted = { adapter: readBasics(file).adapter, ...(only ? { only } : {}) }
  const clock = rehearsalClock({ ...rehearsal, shiftMs: 0 })
  const around = { clock, rehearsal, log, ...(patience ? { patience } : {}) }
  const host = await Host.load(discoverModules(import.meta.dirname, wanted), around)
  await using undo = new AsyncDisposableStack()
  undo.defer(() => host.stop())

  const config = loadConfig({ file, environment, schemas: host.configSchemas() })
  const { dataFolder: folder, site } = config
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const master = await unlock(site.key, { folder, environment })
  const keys = KeyRing.open(join(folder, KEY_RING_FILE), master)
  undo.defer(() => keys.close())
  const store = Store.open({ file: join(folder, "store.db"), keys, clock: systemClock })
  undo.defer(() => store.close())
  const audit = await openAudit(join(folder, AUDIT_FOLDER), keys, log)
  undo.defer(() => audit.close())
  // Modules stop before what they write to is closed.
  undo.defer(() => host.stop())

  const rules = rulesInForce(store)
  const backups = vaultOf({ folder, key: site.key, master, store, keys, audit })
  const behind = { keys, store, rules, backups, filesFolder: join(folder, "files") }
  await host.start({
    ...behind,
    ...inForce(config, store, withCheckpoint(folder, options.settings)),
    decide: (question) => rules.decideNow(question),
    audit: (line) => audit.append(line),
    hasRow,
    grants,
    ports: hostPorts({ ...behind, secrets: new Secrets(environment), audit: auditPort(audit) }),
  })
  const opened = undo.move()
  return { host, config, audit, store, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** `mortar start`: the appliance, and without a Twilio account the world around it as well. */
async function startCommand(): Promise<number> {
  const log = pinoLog({ level: "info" })
  const known = readEnvironment(environment)
  const { publicPort, publicUrl, staffPort } = known
  const demo = environment.TWILIO_ACCOUNT_SID === undefined ? await startDemo(known) : undefined
  const appliance = await openAppliance({
    environment: { ...environment, ...demo?.environment },
    log,
    settings: {
      voice: { publicUrl, speech: { entry: speechProgram, sentencesFolder: sentencesFolder() } },
      ...{ insurance: { publicUrl }, "pms-trials": { program: import.meta.filename } },
      intent: { modelsFolder: cacheFolder(), languageEntry: languageProgram },
      ...demo?.settings,
    },
  })
  await appliance.host.listeners.open("public", publicPort, "0.0.0.0")
  await appliance.host.listeners.open("staff", staffPort, "0.0.0.0")
  demo?.welcome()
  await new Promise((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve))
  await appliance[Symbol.asyncDispose]()
  demo?.close()
  return 0
}

const help = `mortar start             runs the appliance; without a Twilio account, the demo
mortar call [SCRIPT]     a telephone in the terminal, or a scripted caller
mortar models ...        list, pull and check the speech models
mortar drugs import ...  reads the FDA's NDC directory
mortar pms test          says what of the pharmacy system works; reads only
mortar audit ...         verify and show the audit log
mortar report KIND       makes a report for an auditor, as PDF or CSV
mortar backup FOLDER     copies documents and keys, sealed; mortar restore puts them back
Every command answers --help.`

const commands = {
  start: startCommand,
  call: callCommand,
  models: modelsCommand,
  ...backupCommands(siteFile, environment),
  drugs: drugsCommand(environment, barReport),
  pms: (args: string[]) => pmsCommand(args, { siteFile, environment, load: (at) => import(at) }),
  audit: (args: string[]) => auditCommand(args, auditOnDisk(siteFile, environment)),
  report: reportCommand(siteFile, auditToRead(siteFile, environment), openingsBetween),
}

if (import.meta.main) process.exit(await runSubcommand(process.argv.slice(2), { commands, help }))

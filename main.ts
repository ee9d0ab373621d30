/** The composition root: the only file that knows every part. It puts them together and steps aside. */
import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Type as t } from "typebox"
import { systemClock } from "#core/clock.ts"
import { type Config, loadConfig } from "#core/config.ts"
import { discoverModules } from "#core/discover.ts"
import { Host } from "#core/host.ts"
import { grants, hostPorts } from "#core/host-ports.ts"
import { parseYaml } from "#core/json.ts"
import { KEY_RING_FILE, unlock } from "#core/key-source.ts"
import { KeyRing } from "#core/keys.ts"
import type { Log } from "#core/log.ts"
import type { Patience } from "#core/module-process.ts"
import type { AuditFilter } from "#core/ports.ts"
import { RuleBook } from "#core/rule-book.ts"
import { type Environment, Secrets } from "#core/secrets.ts"
import { Store } from "#core/store.ts"
import { AuditLog } from "./audit/log.ts"
import { decide } from "./tiers/decide.ts"
import { matrix, rowOf } from "./tiers/matrix.ts"
import { defaultRules } from "./tiers/rules.ts"
import { checkRules } from "./tiers/rules-check.ts"

const root = fileURLToPath(new URL(".", import.meta.url))
const AUDIT_ORIGIN = "mortar.pharmacy/audit"

type Settings = Readonly<Record<string, unknown>>

export interface ApplianceOptions {
  readonly environment: Environment
  readonly log: Log
  readonly siteFile?: string
  /** Modules to run; all that stand in the tree when left out. */
  readonly only?: readonly string[]
  readonly patience?: Patience
  /** Settings beside those of the site file, by module: where a simulator listens. */
  readonly settings?: Readonly<Record<string, Settings>>
}

export interface Appliance extends AsyncDisposable {
  readonly host: Host
  readonly config: Config
  readonly audit: AuditLog
  readonly store: Store
}

/** Opens everything on one node. What it needs is checked before anything starts. */
export async function openAppliance(options: ApplianceOptions): Promise<Appliance> {
  const { environment, log, only, patience, siteFile = join(root, "config/site.yaml") } = options
  const { adapter } = adapterOf(siteFile)
  const modules = discoverModules(root, { adapter, ...(only ? { only } : {}) })
  const clock = systemClock
  const host = await Host.load(modules, { clock, log, ...(patience ? { patience } : {}) })
  await using undo = new AsyncDisposableStack()
  undo.defer(() => host.stop())

  const config = loadConfig({ file: siteFile, environment, schemas: host.configSchemas() })
  const { dataFolder: folder, site } = config
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const keys = KeyRing.open(
    join(folder, KEY_RING_FILE),
    await unlock(site.key, { folder, environment }),
  )
  undo.defer(() => keys.close())
  const store = Store.open({ file: join(folder, "store.db"), keys, clock })
  undo.defer(() => store.close())
  const audit = await openAudit(join(folder, "audit"), { keys, log })
  undo.defer(() => audit.close())
  // Modules stop before what they write to is closed.
  undo.defer(() => host.stop())

  const rules = new RuleBook({
    store,
    defaults: defaultRules,
    decide: (question, inForce) => decide(question, { matrix, rules: inForce }),
    isLawful: (candidate) => checkRules(candidate, matrix).length === 0,
  })
  const filesFolder = join(folder, "files")
  const secrets = new Secrets(environment)
  await host.start({
    filesFolder,
    store,
    timeZone: site.timeZone,
    settings: settingsOf(config, options.settings),
    decide: (question) => rules.decideNow(question),
    audit: (line) => audit.append(line),
    hasRow: (action) => rowOf(matrix, action) !== undefined,
    grants,
    ports: hostPorts({ keys, audit: auditPort(audit), rules, secrets, filesFolder }),
  })
  const opened = undo.move()
  return { host, config, audit, store, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

function openAudit(folder: string, { keys, log }: { keys: KeyRing; log: Log }): Promise<AuditLog> {
  return AuditLog.open({
    folder,
    key: keys.forPurpose("audit"),
    signingKey: keys.auditSigningKey(),
    origin: AUDIT_ORIGIN,
    clock: systemClock,
    log: log.child({ module: "audit" }),
  })
}

function auditPort(audit: AuditLog) {
  return { query: async (filter: AuditFilter) => audit.query(filter), verify: () => audit.verify() }
}

function adapterOf(file: string): { readonly adapter: string } {
  const Adapter = t.Object({ pms: t.Object({ adapter: t.String() }) })
  return parseYaml({ text: readFileSync(file, "utf8"), file }, Adapter).pms
}

function settingsOf({ site }: Config, beside: ApplianceOptions["settings"] = {}): Settings {
  const written: Readonly<Record<string, Settings | undefined>> = {
    ...(site.modules.settings as Readonly<Record<string, Settings>>),
    pms: site.pms.settings,
  }
  const names = new Set([...Object.keys(written), ...Object.keys(beside)])
  return Object.fromEntries([...names].map((name) => [name, { ...written[name], ...beside[name] }]))
}

/** Who may import whom. Deny by default: what this table lacks may not be imported, or exist. */

/** Contracts are the doors of modules. `voice` and `intent` are modules in places of their own. */
const contracts = /^(modules\/[^/]+|voice|intent|dashboard)\/contract\.ts$/
const kernel = /^core\/[^/]+\.ts$/
const adapterKit = /^pms-adapters\/([^/]+\.ts|(hl7|ncpdp)\/.+)$/
/** Libraries that read and write what others speak. They hold no vendor and no state. */
const wireFormats = /^pms-adapters\/(hl7|ncpdp)\/.+/
/** Trying a pharmacy system out through its contract, whichever it is. It knows no vendor. */
const tryOut = /^pms-adapters\/try-out\.ts$/
/** What an entry of the audit log says. It opens no log. */
const auditFields = /^audit\/entry-fields\.ts$/
/** What weights this machine should have, and whether they are whole. It loads none. */
const modelFiles = /^models\/(cache|manifest)\.ts$/
const anything = /^/

/** Top-level folder or file to what its code may import beside its own home. */
export const may: Readonly<Record<string, readonly RegExp[]>> = {
  core: [],
  tiers: [kernel],
  audit: [kernel],
  cluster: [kernel],
  models: [kernel],
  voice: [kernel, contracts],
  intent: [kernel, contracts],
  dashboard: [kernel, contracts, tryOut, modelFiles, auditFields],
  modules: [kernel, contracts, wireFormats],
  "pms-adapters": [kernel, adapterKit],
  simulators: [],
  deploy: [],
  bench: [anything],
  scripts: [anything],
  test: [anything],
  "main.ts": [anything],
}

/** A test may also use what spans the house and play the outside world. */
export const testsMay: readonly RegExp[] = [/^test\/.+/, /^simulators\/.+/]

/** Packages with one home. Tests may use them to look at what was written. */
export const homes: readonly { readonly packages: RegExp; readonly only: RegExp }[] = [
  {
    packages: /^better-sqlite3$/,
    only: /^(core\/(store[^/]*|database|keys)\.ts|audit\/.+|bench\/.+)$/,
  },
  { packages: /^(fastify|@fastify\/.+)$/, only: /^(dashboard|bench)\/.+$/ },
]

export const contractDoor = contracts

/** Modules, adapters and simulators are alone in their own folder; other folders are one home. */
export function homeOf(path: string): string {
  const parts = path.split("/")
  const isAlone = parts[0] === "modules" || parts[0] === "pms-adapters"
  return parts.slice(0, isAlone && parts.length > 2 ? 2 : 1).join("/")
}

export function topOf(path: string): string {
  return path.split("/")[0] ?? path
}

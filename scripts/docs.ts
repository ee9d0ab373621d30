/**
 * `npm run docs`: rewrites docs/reference and the contract locks; with `--check`, only compares.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Report } from "../test/tree.ts"
import { matrix } from "../tiers/matrix.ts"
import { tierReference } from "../tiers/reference.ts"
import { defaultRules } from "../tiers/rules.ts"
import { type Found, findContracts } from "./docs/contracts.ts"
import { lockText, refusal } from "./docs/lock.ts"
import { commandsPage, eventsPage, faultsPage, pmsPage } from "./docs/pages.ts"
import { rolesPage } from "./docs/roles.ts"
import { findVendors, type Vendor } from "./docs/vendors.ts"
import { optionsOf } from "./options.ts"

/** What stands on disk, as a function, so that a gate can be shown red without a disk. */
export type ReadText = (path: string) => string | undefined

/** Every generated file: path to what it should hold. */
export function generated(
  found: readonly Found[],
  vendors: readonly Vendor[] = [],
): ReadonlyMap<string, string> {
  const contracts = found.map(({ contract }) => contract)
  const pms = contracts.find(({ name }) => name === "pms")
  return new Map([
    ["docs/reference/commands.md", commandsPage(contracts)],
    ["docs/reference/events.md", eventsPage(contracts)],
    ["docs/reference/faults.md", faultsPage(contracts)],
    ["docs/reference/matrix.md", tierReference(matrix, defaultRules)],
    ["docs/reference/roles.md", rolesPage(contracts)],
    ...(pms === undefined ? [] : ([["docs/reference/pms.md", pmsPage(pms, vendors)]] as const)),
    ...found.map(({ contract, lockPath }) => [lockPath, lockText(contract)] as const),
  ])
}

/** Contracts that changed without the version their change asks for. */
export function refusals(found: readonly Found[], read: ReadText): readonly string[] {
  return found.flatMap(({ contract, lockPath }) => {
    const before = read(lockPath)
    if (before === undefined) return []
    const lock: unknown = JSON.parse(before)
    const why = refusal(lock, contract)
    return why === undefined ? [] : [`${contract.name}: ${why}`]
  })
}

export function drift(
  found: readonly Found[],
  read: ReadText,
  vendors: readonly Vendor[] = [],
): Report {
  const files = generated(found, vendors)
  const stale = [...files].filter(([path, text]) => read(path) !== text).map(([path]) => path)
  return {
    looked: `${found.length} contracts, ${files.size} files`,
    seen: found.length,
    violations: [
      ...refusals(found, read),
      ...stale.map((path) => `${path} is not what the contracts say; run \`npm run docs\``),
    ],
  }
}

export async function driftInDocs(root: string): Promise<Report> {
  return drift(await findContracts(root), reader(root), await findVendors(root))
}

function reader(root: string): ReadText {
  return (path) => {
    const full = join(root, path)
    return existsSync(full) ? readFileSync(full, "utf8") : undefined
  }
}

async function rewrite(root: string): Promise<void> {
  const found = await findContracts(root)
  const refused = refusals(found, reader(root))
  for (const why of refused) console.error(why)
  if (refused.length > 0) {
    process.exitCode = 1
    return
  }
  const files = generated(found, await findVendors(root))
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  console.log(`docs: ${found.length} contracts, ${files.size} files written`)
}

async function compare(root: string): Promise<void> {
  const { looked, seen, violations } = await driftInDocs(root)
  for (const violation of violations) console.error(violation)
  console.log(`docs: ${looked}, ${violations.length} differ`)
  process.exitCode = seen > 0 && violations.length === 0 ? 0 : 1
}

if (import.meta.main) {
  const { values } = optionsOf(import.meta, {
    options: { check: { type: "boolean", default: false } },
  })
  const root = join(import.meta.dirname, "..")
  await (values.check ? compare(root) : rewrite(root))
}

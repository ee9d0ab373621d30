/** Every contract of the house, loaded from where modules keep them. */
import { globSync } from "node:fs"
import { dirname, join } from "node:path"
import type { ContractSpec } from "#core/contract.ts"

export interface Found {
  readonly contract: ContractSpec
  /** Where its lock stands, from the root. */
  readonly lockPath: string
}

const places = ["modules/*/contract.ts", "{voice,intent,dashboard}/contract.ts", "core/pms.ts"]

export async function findContracts(root: string): Promise<readonly Found[]> {
  const paths = places.flatMap((place) => globSync(place, { cwd: root })).sort()
  const found = await Promise.all(paths.map((path) => contractsIn(root, path)))
  return found.flat().toSorted((a, b) => a.contract.name.localeCompare(b.contract.name))
}

async function contractsIn(root: string, path: string): Promise<readonly Found[]> {
  const exported: object = await import(join(root, path))
  return Object.values(exported)
    .filter(isContract)
    .map((contract) => ({ contract, lockPath: lockPathOf(path) }))
}

function lockPathOf(path: string): string {
  const folder = path === "core/pms.ts" ? "pms-adapters" : dirname(path)
  return `${folder}/contract.lock.json`
}

function isContract(value: unknown): value is ContractSpec {
  if (typeof value !== "object" || value === null) return false
  return ["name", "version", "commands", "events"].every((field) => field in value)
}

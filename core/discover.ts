/** Where the modules are: a folder is a module, and its name is the module's name. */
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"

/** Modules whose places are fixed beside the flat folder. */
const placed = {
  voice: "voice/module.ts",
  intent: "intent/module.ts",
  dashboard: "dashboard/module.ts",
} as const

export interface Wanted {
  /** The folder of the pharmacy system's adapter, which is the module `pms`. */
  readonly adapter: string
  /** Only these; all that are there when left out. */
  readonly only?: readonly string[]
}

/** Every module of the tree, by name, with the file that defines it. */
export function discoverModules(root: string, { adapter, only }: Wanted): Record<string, string> {
  const flat = readdirSync(join(root, "modules")).map((name) => [name, `modules/${name}/module.ts`])
  const found: readonly (readonly string[])[] = [
    ...flat,
    ...Object.entries(placed),
    ["pms", `pms-adapters/${adapter}/adapter.ts`],
  ]
  return Object.fromEntries(
    found
      .map(([name = "", path = ""]) => [name, join(root, path)] as const)
      .filter(([name, path]) => (only?.includes(name) ?? true) && existsSync(path)),
  )
}

/** Every adapter by its folder, and the world of its simulator when that is started. */
import { globSync } from "node:fs"
import { dirname, join } from "node:path"
import type { World } from "../../pms-adapters/world.ts"

const ADAPTERS = join(import.meta.dirname, "../../pms-adapters")

/** In the order of their names. */
export function adapterFolders(): readonly string[] {
  const found = globSync("*/adapter.ts", { cwd: ADAPTERS }).map(dirname).sort()
  return found.filter((name) => !name.startsWith("_"))
}

export async function startWorld(folder: string): Promise<World> {
  const path = join(ADAPTERS, folder, "world.ts")
  const starters: Readonly<Record<string, () => Promise<World>>> = await import(path)
  const start = Object.entries(starters).find(([name]) => /^start\w*World$/.test(name))?.[1]
  if (!start) throw new Error(`pms-adapters/${folder}/world.ts starts no world`)
  return start()
}

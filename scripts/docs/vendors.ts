/** Every pharmacy system that has an adapter, with what it can and can't. Starts none of them. */
import { globSync } from "node:fs"
import { dirname, join } from "node:path"

export interface Vendor {
  readonly name: string
  /** The folder under `pms-adapters/`. */
  readonly folder: string
  readonly offers: ReadonlySet<string>
  /** Operation to the reason why the vendor has none. */
  readonly lacks: Readonly<Record<string, string>>
  /** Operation to how far it reaches, where that is not all the way. */
  readonly partly: Readonly<Record<string, string>>
}

export async function findVendors(root: string): Promise<readonly Vendor[]> {
  const paths = globSync("pms-adapters/*/adapter.ts", { cwd: root }).sort()
  const real = paths.filter((path) => !path.includes("/_"))
  return Promise.all(real.map((path) => vendorIn(root, path)))
}

async function vendorIn(root: string, path: string): Promise<Vendor> {
  const exported: { readonly default?: unknown } = await import(join(root, path))
  const adapter = exported.default
  if (!isAdapter(adapter)) throw new Error(`${path} is no adapter`)
  return {
    name: adapter.vendor,
    folder: dirname(path).replace("pms-adapters/", ""),
    offers: new Set(Object.keys(adapter.parts.commands)),
    lacks: adapter.lacks,
    partly: adapter.partly,
  }
}

interface Adapter {
  readonly vendor: string
  readonly parts: { readonly commands: object }
  readonly lacks: Readonly<Record<string, string>>
  readonly partly: Readonly<Record<string, string>>
}

function isAdapter(value: unknown): value is Adapter {
  if (typeof value !== "object" || value === null) return false
  return ["vendor", "parts", "lacks", "partly"].every((field) => field in value)
}

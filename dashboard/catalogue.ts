/**
 * Which commands people may send from outside: all that the loaded contracts promise, but for the
 * work that modules do for each other. What is not listed here does not exist at this door.
 */
import type { CommandSpec } from "#core/contract.ts"
import type { Here } from "./needs.ts"

/** A module that was swapped may promise more a moment later. */
const FRESH_MS = 5_000

export interface Offered {
  /** `module.command`. */
  readonly name: string
  readonly module: string
  readonly command: string
  readonly spec: CommandSpec
}

export type Catalogue = () => Promise<ReadonlyMap<string, Offered>>

export function catalogueOf({ clock, ports }: Here): Catalogue {
  let readAtMs = Number.NEGATIVE_INFINITY
  let offered: Promise<ReadonlyMap<string, Offered>> = Promise.resolve(new Map())
  return () => {
    const nowMs = clock.monotonicMs()
    if (nowMs - readAtMs >= FRESH_MS) {
      readAtMs = nowMs
      offered = read(ports)
    }
    return offered
  }
}

async function read(ports: Here["ports"]): Promise<ReadonlyMap<string, Offered>> {
  const all = (await ports.catalogue.contracts()).flatMap(({ name: module, commands }) =>
    Object.entries(commands).map(([command, spec]) => {
      const name = `${module}.${command}`
      return [name, { name, module, command, spec }] as const
    }),
  )
  return new Map(all.filter(([, { spec }]) => spec.action !== "internal"))
}

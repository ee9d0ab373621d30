/**
 * A module's manifest: what the host learns about it, taken from the definition and nothing else.
 */
import type { Module } from "./module.ts"
import type { Manifest } from "./wire.ts"

export function isPlainModule(value: unknown): value is Module {
  return (
    typeof value === "object" &&
    value !== null &&
    "contract" in value &&
    "needs" in value &&
    "parts" in value
  )
}

export function manifestOf({ contract, needs, parts }: Module): Manifest {
  const manifest = {
    contract,
    uses: needs.uses.map(({ name }) => name),
    hears: needs.hears.map(({ name }) => name),
    ports: needs.ports,
    config: needs.config,
    collections: needs.collections,
    acts: needs.acts,
    listens: needs.listens,
    memoryMiB: needs.memoryMiB,
    nativeMiB: needs.nativeMiB,
    commands: Object.keys(parts.commands),
    facts: Object.keys(parts.facts ?? {}),
    events: Object.keys(parts.events ?? {}),
    schedules: Object.fromEntries(
      Object.entries(parts.schedules ?? {}).map(([name, { cron }]) => [name, cron]),
    ),
  }
  // Schemas are JSON; a copy by JSON drops whatever a schema library hangs on them.
  return JSON.parse(JSON.stringify(manifest)) as Manifest
}

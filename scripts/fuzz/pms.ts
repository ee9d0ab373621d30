/** Runs many random schedules of trouble against each adapter over its vendor's simulator. */
import { join } from "node:path"
import type { TSchema } from "typebox"
import { systemClock } from "#core/clock.ts"
import type { PmsAdapter } from "../../pms-adapters/define.ts"
import { type Tally, tryFaultSchedules } from "../../pms-adapters/fault-schedules.ts"
import { runAdapter } from "../../pms-adapters/test-context.ts"
import { adapterFolders, startWorld } from "./worlds.ts"

/** Short, since each lost answer costs as much; too short only means one more outage. */
const TIMEOUT_MS = 30
const ADAPTERS = join(import.meta.dirname, "../../pms-adapters")

export interface Amount {
  readonly schedules: number
  readonly seed: number
  /** Folders; all that have an adapter when it is left out. */
  readonly only?: string
}

/** Answers how many adapters failed. Prints as it goes. */
export async function fuzzAdapters({ schedules, seed, only }: Amount): Promise<number> {
  const found = adapterFolders()
  const folders = found.filter((name) => (only ?? name) === name)
  if (folders.length === 0) throw new Error(`no adapter has that name: ${found.join(", ")}`)
  let failed = 0
  for (const folder of folders) {
    try {
      const startMs = performance.now()
      const tally = await fuzzAdapter(folder, { schedules, seed })
      const seconds = Math.round((performance.now() - startMs) / 1_000)
      console.log(`${told(folder, tally)}, ${seconds} s, seed ${seed}`)
    } catch (trouble) {
      failed++
      console.error(`${folder}: failed with --adapter ${folder} --seed ${seed}`)
      console.error(trouble instanceof Error ? trouble.message : trouble)
    }
  }
  return failed
}

function told(folder: string, { schedules, answered, outages }: Tally): string {
  const counts = `${schedules} schedules, ${answered} answered, ${outages} told as outages`
  return `${folder.padEnd(14)}${counts}`
}

async function fuzzAdapter(folder: string, { schedules, seed }: Omit<Amount, "only">) {
  const { default: adapter }: { default: PmsAdapter<TSchema> } = await import(
    join(ADAPTERS, folder, "adapter.ts")
  )
  const world = await startWorld(folder)
  const settings = world.settings(TIMEOUT_MS)
  const running = await runAdapter(adapter, {
    settings,
    secrets: world.secrets,
    clock: systemClock,
  })
  try {
    await world.told?.(running)
    const every = Math.max(1, Math.round(schedules / 10))
    const onSchedule = (tally: Tally) => {
      const isDue = tally.schedules % every === 0 && tally.schedules < schedules
      if (isDue) console.log(`  ${told(folder, tally)}`)
    }
    return await tryFaultSchedules({ world, running, schedules, seed, onSchedule })
  } finally {
    await running.stop()
    await world.stop()
  }
}

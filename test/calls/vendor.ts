/** A pharmacy on one vendor's system, over its simulator: nobody rings it up but by typing. */

import { cast } from "../../pms-adapters/cast.ts"
import type { TroublePlan, World } from "../../pms-adapters/world.ts"
import { startWorld } from "../../scripts/fuzz/worlds.ts"
import type { Script } from "../../simulators/twilio/script.ts"
import type { Cleanup, PharmacySystem } from "../house.ts"
import { asOn, type Difference } from "./by-vendor.ts"
import { dialogueOf, problemsOf } from "./expect.ts"
import { openPharmacy, type Pharmacy } from "./house.ts"
import { momentOf } from "./scenario.ts"
import { playTyped } from "./typed.ts"

/** The day that every world counts from. */
export const MOMENT = "2026-11-20T10:30:00"
/** Shorter than a caller waits, and longer than any simulator takes. */
const TIMEOUT_MS = 2_000

export interface OnVendor {
  readonly pharmacy: Pharmacy
  readonly world: World
}

export async function openOn(
  t: Cleanup,
  folder: string,
  timeoutMs = TIMEOUT_MS,
): Promise<OnVendor> {
  const { world, pharmacySystem } = await startSystem(t, folder, timeoutMs)
  return { world, pharmacy: await openPharmacy(t, { ...momentOf(MOMENT), pharmacySystem }) }
}

/** A vendor's simulator, and its adapter's settings for a house. */
export async function startSystem(t: Cleanup, folder: string, timeoutMs = TIMEOUT_MS) {
  const world = await startWorld(folder)
  t.after(() => world.stop())
  return { world, pharmacySystem: systemOf(folder, world, timeoutMs) }
}

function systemOf(adapter: string, world: World, timeoutMs: number): PharmacySystem {
  const secrets = Object.entries(world.secrets)
  return {
    adapter,
    settings: world.settings(timeoutMs),
    variables: Object.fromEntries(
      secrets.map(([reference, value]) => [reference.replace("env:", ""), value]),
    ),
    trouble: (fault) => world.trouble(fault as unknown as TroublePlan),
    async submissions() {
      const taken = await world.submissions()
      return taken.map(({ rxNumber, key }) => ({ rx: rxNumber, key }))
    },
  }
}

/**
 * Everything that is wrong with a call on this vendor. A difference that nobody needs is wrong too:
 * the call as it is on the demo's pharmacy system must fail first.
 */
export async function problemsOn(
  on: OnVendor,
  script: Script,
  difference: Difference | undefined,
): Promise<readonly string[]> {
  if (!difference) return play(on, script)
  const asOnDemo = await play(on, script)
  if (asOnDemo.length === 0) return ["it goes as on the demo: its difference is not needed"]
  return play(on, asOn(script, difference))
}

async function play({ pharmacy, world }: OnVendor, script: Script): Promise<readonly string[]> {
  await prepare(pharmacy, world)
  await world.trouble({ mode: script.given?.pms ?? "ok" })
  const call = await playTyped(script, pharmacy, momentOf(MOMENT).nowMs)
  await world.trouble({ mode: "ok" })
  const problems = await problemsOf(script, call, pharmacy)
  return problems.length === 0 ? [] : [...problems, "", await dialogueOf(call, pharmacy)]
}

/** Data as at the start, told to who can't ask for it; and read once, as a list of numbers is. */
export async function prepare({ house }: Pharmacy, world: World): Promise<void> {
  await world.reset()
  await world.told?.({
    ask: async (command, input) => {
      const { kind, value } = await house.ask<never>(`pms.${command}`, input)
      if (kind !== "done") throw new Error(`${command} was not answered`)
      return { ok: true, value }
    },
    readChanges: async () => void (await house.ask("pms.ping")),
  })
  for (const rxNumber of Object.values(cast.eligibility))
    await house.ask("pms.getPrescription", { rxNumber })
}

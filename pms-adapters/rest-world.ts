/** Starts the simulator of a REST vendor for a test. For tests only. */
import { type Simulator, startSimulator } from "./simulated.ts"
import type { World } from "./world.ts"

const A_DAY_LATE_MS = -86_400_000

export interface RestWorld extends World, Pick<Simulator, "url" | "moveFill" | "tell"> {}

export interface RestVendor extends Pick<World, "known" | "secrets" | "offers"> {
  /** The folder of the simulator. */
  readonly vendor: string
  /** What a site would set, but for the address and the time limit. */
  readonly settings: object
}

export async function startRestWorld(options: RestVendor): Promise<RestWorld> {
  const { vendor, known, secrets, offers } = options
  const simulator = await startSimulator(vendor, "/control")
  return {
    ...simulator,
    known,
    secrets,
    offers,
    settings: (timeoutMs) => ({ ...options.settings, baseUrl: simulator.url, timeoutMs }),
    beOdd: () => simulator.tell("habits", { odd: true, clockOffMs: A_DAY_LATE_MS }),
  }
}

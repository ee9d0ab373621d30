/** Starts EnterpriseRx's simulator for a test, as a process of its own. For tests only. */
import { castFor } from "../cast.ts"
import { type RestWorld, startRestWorld } from "../rest-world.ts"
import type { TroublePlan } from "../world.ts"

/** All of one patient. */
const TO_READ = ["7001234", "7001235", "7001236"]

const known = {
  ...castFor([
    "refillable",
    "no_refills",
    "expired",
    "too_soon",
    "discontinued",
    "transferred_out",
    "already_in_process",
    "ready_now",
    "recently_picked_up",
    "controlled_needs_review",
    "prescriber_auth_possible",
    "not_found",
    "unknown",
  ]),
  notRefillable: "7001261",
}

export async function startEnterpriseRxWorld(): Promise<RestWorld> {
  const world = await startRestWorld({
    vendor: "enterpriserx",
    known,
    secrets: { "env:ENTERPRISERX_PASSWORD": "demo" },
    offers: ["submitRefill", "readStock"],
    settings: {
      storeNumber: "125",
      user: "mortar",
      password: "env:ENTERPRISERX_PASSWORD",
      showsRefillsAtOnce: true,
      isUnclassedUncontrolled: true,
      requestsPerMinuteMax: 1_000_000,
    },
  })
  let plan: TroublePlan = { mode: "ok" }
  const trouble = async (next: TroublePlan) => {
    plan = next
    await world.trouble(next)
  }
  return {
    ...world,
    trouble,
    fromFeed: ["readStock"],
    async reset() {
      plan = { mode: "ok" }
      await world.reset()
    },
    settings: (timeoutMs) => ({
      ...Object(world.settings(timeoutMs)),
      baseUrl: `${world.url}/ivr`,
    }),
    /** Nobody is found by name who was never read by number: they were, before the trouble. */
    async told(running) {
      await world.trouble({ mode: "ok" })
      for (const rxNumber of TO_READ) await running.ask("getPrescription", { rxNumber })
      await trouble(plan)
    },
  }
}

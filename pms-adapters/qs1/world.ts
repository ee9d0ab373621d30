/** Starts QS/1's simulator for a test, as a process of its own. For tests only. */
import { castFor } from "../cast.ts"
import { type RestWorld, startRestWorld } from "../rest-world.ts"

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
    "not_found",
    "pharmacist_must_speak",
    "unknown",
  ]),
  notRefillable: "7001261",
}

export function startQs1World(): Promise<RestWorld> {
  return startRestWorld({
    vendor: "qs1",
    known,
    secrets: { "env:QS1_PASSWORD": "demo" },
    offers: ["submitRefill"],
    settings: {
      systemId: "STORE1",
      user: "mortar",
      password: "env:QS1_PASSWORD",
      showsRefillsAtOnce: true,
      requestsPerMinuteMax: 1_000_000,
    },
  })
}

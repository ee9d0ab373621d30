/** Starts QS/1's simulator for a test, as a process of its own. For tests only. */
import { type RestWorld, startRestWorld } from "../rest-world.ts"

const known = {
  patient: {
    patient: "1001",
    lastName: "Carter",
    dateOfBirth: "1958-03-14",
    phone: "+15125550100",
  },
  absentPatient: "9999",
  absentRx: "7999999",
  refillable: "7001234",
  notRefillable: "7001261",
  eligibility: {
    refillable: "7001234",
    no_refills: "7001261",
    expired: "7001311",
    too_soon: "7001251",
    discontinued: "7001302",
    transferred_out: "7001301",
    already_in_process: "7001272",
    ready_now: "7001271",
    not_found: "7999999",
    pharmacist_must_speak: "7001381",
    unknown: "7001391",
  },
} as const

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

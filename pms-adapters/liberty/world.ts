/** Starts Liberty's simulator for a test, as a process of its own. For tests only. */
import { type RestWorld, startRestWorld } from "../rest-world.ts"

const known = {
  patient: {
    patient: "0a0b0c0d-0000-4000-8000-000000001001",
    lastName: "Carter",
    dateOfBirth: "1958-03-14",
    phone: "+15125550100",
  },
  absentPatient: "0a0b0c0d-0000-4000-8000-000000009999",
  absentRx: "7999999",
  refillable: "7001234",
  notRefillable: "7001291",
  eligibility: {
    refillable: "7001234",
    no_refills: "7001261",
    expired: "7001311",
    too_soon: "7001251",
    on_hold: "7001291",
    already_in_process: "7001272",
    ready_now: "7001271",
    not_found: "7999999",
    unknown: "7001391",
  },
} as const

export function startLibertyWorld(): Promise<RestWorld> {
  return startRestWorld({
    vendor: "liberty",
    known,
    secrets: { "env:LIBERTY_PASSWORD": "demo", "env:LIBERTY_KEY": "demo-key" },
    offers: ["findPatientsByPhone", "submitRefill"],
    settings: {
      user: "mortar",
      password: "env:LIBERTY_PASSWORD",
      npi: "1234567893",
      customerKey: "env:LIBERTY_KEY",
      showsRefillsAtOnce: true,
      requestsPerMinuteMax: 1_000_000,
    },
  })
}

/** Starts Liberty's simulator for a test, as a process of its own. For tests only. */
import { castFor } from "../cast.ts"
import { type RestWorld, startRestWorld } from "../rest-world.ts"

const inAll = castFor([
  "refillable",
  "no_refills",
  "expired",
  "too_soon",
  "on_hold",
  "already_in_process",
  "ready_now",
  "not_found",
  "unknown",
])
/** Liberty names patients by GUID. */
const known = {
  ...inAll,
  patient: { ...inAll.patient, patient: "0a0b0c0d-0000-4000-8000-000000001001" },
  absentPatient: "0a0b0c0d-0000-4000-8000-000000009999",
}

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

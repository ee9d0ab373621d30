/** The vendor's records in our words. Pure. A code nobody documented is `unknown`. */
import type { DeaSchedule, RefillEligibility } from "#core/decision.ts"
import type { FillStatus, PatientRecord, Prescription } from "#core/pms.ts"
import type { PatientWire, PrescriptionWire } from "./wire.ts"

const eligibilities: Readonly<Record<string, RefillEligibility>> = {
  may: "refillable",
  empty: "no_refills",
  held: "on_hold",
  absent: "not_found",
}

const fills: Readonly<Record<string, FillStatus>> = { W: "in_process", R: "ready", D: "picked_up" }

const schedules: Readonly<Record<string, DeaSchedule>> = { C2: "CII", C4: "CIV", RX: "none" }

export function eligibilityOf(state: string): RefillEligibility {
  return eligibilities[state] ?? "unknown"
}

export function patientOf({ id, given, family, born }: PatientWire): PatientRecord {
  const dateOfBirth = `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`
  return { patient: id, firstName: given, lastName: family, dateOfBirth, phones: [] }
}

export function prescriptionOf(wire: PrescriptionWire, readAtMs: number): Prescription {
  return {
    rxNumber: wire.rx,
    patient: wire.patient,
    drugName: wire.label,
    schedule: schedules[wire.schedule] ?? "unknown",
    fill: fills[wire.status] ?? "unknown",
    readAtMs,
  }
}

/** Who stands in every simulator's data, in our words: one prescription for each answer. */
import type { RefillEligibility } from "#core/decision.ts"
import type { Known } from "./world.ts"

const eligibility: Readonly<Record<RefillEligibility, string>> = {
  refillable: "7001234",
  no_refills: "7001261",
  expired: "7001311",
  too_soon: "7001251",
  on_hold: "7001291",
  discontinued: "7001302",
  transferred_out: "7001301",
  already_in_process: "7001272",
  ready_now: "7001271",
  recently_picked_up: "7001281",
  controlled_needs_review: "7001241",
  prescriber_auth_possible: "7001262",
  not_found: "7999999",
  pharmacist_must_speak: "7001381",
  unknown: "7001391",
}

export const cast: Known = {
  patient: {
    patient: "1001",
    lastName: "Carter",
    dateOfBirth: "1958-03-14",
    phone: "+15125550100",
  },
  absentPatient: "9999",
  absentRx: "7999999",
  refillable: eligibility.refillable,
  notRefillable: eligibility.on_hold,
  eligibility,
}

/** The same, for a vendor that can give only some of the answers. */
export function castFor(answers: readonly RefillEligibility[]): Known {
  const given = answers.map((answer) => [answer, eligibility[answer]] as const)
  return { ...cast, eligibility: Object.fromEntries(given) }
}

/** Refills: from a request to the pharmacy system's own acknowledgement, once. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { RefillEligibility } from "#core/decision.ts"
import { Day, PatientId, RxNumber } from "#core/pms.ts"

const unknownRx = "No prescription has that number."

export const refills = defineContract({
  name: "refills",
  version: "0.3.1",
  commands: {
    check: {
      does: "Tell whether a prescription may be refilled now, and if not, why.",
      effect: "read",
      action: "status_inquiry",
      discloses: true,
      input: t.Object({ rxNumber: RxNumber }),
      output: t.Object({
        eligibility: RefillEligibility,
        earliestOn: t.Optional(Day),
        drugName: t.String(),
      }),
      faults: { unknown_rx: unknownRx },
      phi: ["rxNumber"],
    },
    request: {
      does: "Submit a refill of one prescription to the pharmacy system.",
      effect: "irreversible",
      action: "refill_request",
      discloses: true,
      input: t.Object({ rxNumber: RxNumber }),
      output: t.Object({
        ticket: t.String(),
        /** The pharmacy system had this request already. */
        duplicate: t.Boolean(),
        readyAtMs: t.Optional(t.Integer()),
      }),
      faults: {
        unknown_rx: unknownRx,
        not_refillable: "The pharmacy system did not accept a refill of this prescription.",
        already_requested: "A refill of this prescription was requested already.",
        by_hand: "The pharmacy system takes no refill requests. A technician has the task.",
        law_no_refills: "A CII prescription has no refills (21 CFR 1306.12). It needs a new one.",
        law_six_months:
          "Its time for refills is over: six months for CIII and CIV (21 CFR 1306.22).",
        law_used_up: "All refills are used: five at most for CIII and CIV (21 CFR 1306.22).",
      },
      phi: ["rxNumber"],
    },
  },
  events: {
    requested: t.Object({ rxNumber: RxNumber, patient: PatientId, ticket: t.String() }),
  },
})

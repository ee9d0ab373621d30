/** Transfers of prescriptions between pharmacies: taken in by us, carried out by a person. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId, RxNumber } from "#core/pms.ts"

export const transfers = defineContract({
  name: "transfers",
  version: "0.1.0",
  commands: {
    request: {
      does: "Take down a request to transfer a prescription in or out.",
      effect: "irreversible",
      action: "transfer_request",
      input: t.Object({
        direction: t.Union([t.Literal("in"), t.Literal("out")]),
        patient: PatientId,
        /** As the caller named the other pharmacy. */
        otherPharmacy: t.String({ minLength: 1, maxLength: 120 }),
        rxNumber: t.Optional(RxNumber),
      }),
      output: t.Object({ ticket: t.String() }),
      faults: {
        unknown_rx: "No prescription has that number.",
        by_hand: "The pharmacy system takes no transfer requests. Enter it there by hand.",
      },
      phi: ["patient", "otherPharmacy", "rxNumber"],
    },
  },
  events: {
    requested: t.Object({ patient: PatientId, direction: t.String(), ticket: t.String() }),
  },
})

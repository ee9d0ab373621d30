/** Prescriptions as the pharmacy system has them now, with when they were read. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId, Prescription, RxNumber } from "#core/pms.ts"

const unknownRx = { unknown_rx: "No prescription has that number." }

export const prescriptions = defineContract({
  name: "prescriptions",
  version: "0.1.0",
  commands: {
    profile: {
      does: "Read a patient's prescriptions for matching what a caller says. Nothing is disclosed.",
      effect: "read",
      action: "internal",
      input: t.Object({ patient: PatientId }),
      output: t.Object({ prescriptions: t.Array(Prescription) }),
      faults: { unknown_patient: "No patient has that id." },
    },
    status: {
      does: "Tell how one prescription stands.",
      effect: "read",
      action: "status_inquiry",
      discloses: true,
      input: t.Object({ rxNumber: RxNumber }),
      output: Prescription,
      faults: unknownRx,
      phi: ["rxNumber"],
    },
    list: {
      does: "Show a patient's prescriptions to staff.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      output: t.Object({ prescriptions: t.Array(Prescription) }),
      faults: { unknown_patient: "No patient has that id." },
      phi: ["patient"],
    },
  },
  events: {},
})

/** Prescriptions as the pharmacy system has them now, with when they were read. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { DurSeverity } from "#core/decision.ts"
import { PatientId, Prescription, RxNumber } from "#core/pms.ts"

const unknownRx = { unknown_rx: "No prescription has that number." }

export const prescriptions = defineContract({
  name: "prescriptions",
  version: "0.2.2",
  commands: {
    profile: {
      does: "Read a patient's prescriptions for matching what a caller says. Nothing is disclosed.",
      effect: "read",
      action: "internal",
      input: t.Object({
        patient: PatientId,
        /** Looked for by themselves where they are not listed: some vendors list only a part. */
        rxNumbers: t.Optional(t.Array(RxNumber, { maxItems: 20 })),
      }),
      output: t.Object({ prescriptions: t.Array(Prescription) }),
      faults: { unknown_patient: "No patient has that id." },
      phi: ["rxNumbers"],
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
    alerts: {
      does: "Show a prescription's utilisation review alerts to staff, as they stand now.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ rxNumber: RxNumber }),
      output: t.Object({
        /** Left out when the pharmacy system tells no alerts at all. */
        alerts: t.Optional(
          t.Array(t.Object({ severity: DurSeverity, reasonCode: t.String() }), { maxItems: 100 }),
        ),
        readAtMs: t.Integer(),
      }),
      faults: unknownRx,
      phi: ["rxNumber"],
    },
  },
  events: {},
})

/** Consents on file: who may act for a patient. Without one, a caregiver is a stranger. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId } from "#core/pms.ts"

export const Consent = t.Object({
  consent: t.String(),
  patient: PatientId,
  caregiver: PatientId,
  grantedOn: Day,
  expiresOn: t.Optional(Day),
  revokedOn: t.Optional(Day),
})

export const consents = defineContract({
  name: "consents",
  version: "0.1.0",
  commands: {
    forCaregiver: {
      does: "List the patients whose consent for this caregiver is valid today.",
      effect: "read",
      action: "internal",
      input: t.Object({ caregiver: PatientId }),
      output: t.Object({ patients: t.Array(PatientId) }),
      faults: {},
    },
    grant: {
      does: "Put a consent on file, as the patient gave it at the counter.",
      effect: "write",
      action: "staff_view",
      input: t.Object({
        patient: PatientId,
        caregiver: PatientId,
        expiresOn: t.Optional(Day),
      }),
      output: t.Object({ consent: t.String() }),
      faults: { same_person: "Patient and caregiver are the same person." },
      phi: ["patient", "caregiver"],
    },
    revoke: {
      does: "Take a consent off file, from now on.",
      effect: "write",
      action: "staff_view",
      input: t.Object({ consent: t.String() }),
      output: t.Object({}),
      faults: { unknown_consent: "No consent has that id." },
    },
    list: {
      does: "List the consents a patient gave.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      output: t.Object({ consents: t.Array(Consent) }),
      faults: {},
      phi: ["patient"],
    },
  },
  events: {
    changed: t.Object({ patient: PatientId }),
  },
})

/** Complaints: taken down in the patient's words and put before the manager. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { PatientId } from "#core/pms.ts"
import { About } from "../../intent/contract.ts"

export const complaints = defineContract({
  name: "complaints",
  version: "0.2.2",
  commands: {
    file: {
      does: "File a complaint as handled, in the words of the person who made it.",
      effect: "write",
      action: "complaint",
      input: t.Object({
        conversation: t.String(),
        patient: t.Optional(PatientId),
        words: t.String({ minLength: 1, maxLength: 4_000 }),
        /** A wrong drug, dose or label: the pharmacist hears of it as well, now. */
        concernsSafety: t.Boolean(),
      }),
      output: t.Object({ complaint: t.String() }),
      faults: {},
      phi: ["patient", "words"],
    },
    warnPharmacist: {
      does: "Put words that concern safety before the pharmacist now, ahead of the complaint.",
      effect: "irreversible",
      action: "internal",
      input: t.Object({
        conversation: t.String(),
        patient: t.Optional(PatientId),
        words: t.String({ minLength: 1, maxLength: 4_000 }),
      }),
      output: t.Object({ item: t.String() }),
      faults: {},
      phi: ["patient", "words"],
    },
    summarise: {
      does: "Draft a short summary of a complaint that waits, and put it at its work item.",
      effect: "write",
      action: "internal",
      input: t.Object({
        conversation: t.String(),
        patient: t.Optional(PatientId),
        words: t.String({ minLength: 1, maxLength: 4_000 }),
        /** Everybody the words may be about. */
        about: About,
      }),
      /** False where there is none to be had: the words stand alone. */
      output: t.Object({ isDrafted: t.Boolean() }),
      faults: {},
      phi: ["patient", "words", "about"],
    },
    list: {
      does: "List complaints, the newest first.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ limit: t.Optional(t.Integer({ minimum: 1, maximum: 200 })) }),
      output: t.Object({
        complaints: t.Array(
          t.Object({
            complaint: t.String(),
            patient: t.Optional(PatientId),
            words: t.String(),
            concernsSafety: t.Boolean(),
            /** A machine's short draft, beside the words and never in their place. */
            summary: t.Optional(t.String()),
            atMs: t.Integer(),
          }),
        ),
      }),
      faults: {},
    },
  },
  events: {
    filed: t.Object({
      complaint: t.String(),
      concernsSafety: t.Boolean(),
      patient: t.Optional(PatientId),
      conversation: t.Optional(t.String()),
    }),
  },
})

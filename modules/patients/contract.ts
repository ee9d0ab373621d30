/** Patients as the pharmacy system knows them. Read from it, never invented, never changed here. */
import { Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId, PatientRecord, Phone } from "#core/pms.ts"

const unknownPatient = { unknown_patient: "No patient has that id." }

export const patients = defineContract({
  name: "patients",
  version: "0.2.1",
  commands: {
    match: {
      does: "Find the patients a stated name and date of birth may mean.",
      effect: "read",
      action: "internal",
      input: t.Object({
        firstName: t.String({ maxLength: 60 }),
        lastName: t.String({ maxLength: 60 }),
        datesOfBirth: t.Array(Day, { minItems: 1, maxItems: 3 }),
      }),
      /** Spelling variants and likely mishearings count as matches; more than one is possible. */
      output: t.Object({ patients: t.Array(PatientRecord, { maxItems: 10 }) }),
      faults: {},
      phi: ["firstName", "lastName", "datesOfBirth"],
    },
    get: {
      does: "Show one patient to staff.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      output: PatientRecord,
      faults: unknownPatient,
      phi: ["patient"],
    },
    contact: {
      does: "Tell a module the numbers and the language of a patient.",
      effect: "read",
      action: "internal",
      input: t.Object({ patient: PatientId }),
      output: t.Object({
        phones: t.Array(Phone),
        language: t.Optional(t.Union([t.Literal("en"), t.Literal("es")])),
        firstName: t.String(),
        lastName: t.String(),
        dateOfBirth: Day,
        zip: t.Optional(t.String()),
      }),
      faults: unknownPatient,
    },
    atNumber: {
      does: "List who has a phone number on file, so that nothing of theirs leaves the house.",
      effect: "read",
      action: "internal",
      input: t.Object({ phone: Phone }),
      output: t.Object({ patients: t.Array(PatientRecord, { maxItems: 50 }) }),
      faults: {},
      phi: ["phone"],
    },
    search: {
      does: "Find patients by last name and date of birth, for staff.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ lastName: t.String({ minLength: 1, maxLength: 60 }), dateOfBirth: Day }),
      output: t.Object({ patients: t.Array(PatientRecord) }),
      faults: {},
      phi: ["lastName", "dateOfBirth"],
    },
  },
  events: {},
})

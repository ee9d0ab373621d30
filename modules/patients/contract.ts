/** Patients as the pharmacy system knows them. Read from it, never invented, never changed here. */
import { type Static, Type as t } from "typebox"
import { defineContract } from "#core/contract.ts"
import { Day, PatientId, PatientRecord, Phone, RxNumber } from "#core/pms.ts"

const unknownPatient = { unknown_patient: "No patient has that id." }

const Hour = t.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" })
const Channel = t.Union([t.Literal("phone"), t.Literal("sms"), t.Literal("none")])
/** From one time of day to another, over midnight when it ends earlier than it begins. */
const Quiet = t.Object({ from: Hour, until: Hour })

/** What a patient told the pharmacy about how they want to be reached; each may be left open. */
export const Preferences = t.Object({
  language: t.Optional(t.Union([t.Literal("en"), t.Literal("es")])),
  channel: t.Optional(Channel),
  quiet: t.Optional(Quiet),
})
export type Preferences = Static<typeof Preferences>

export const patients = defineContract({
  name: "patients",
  version: "0.3.0",
  commands: {
    match: {
      does: "Find the patients a stated name and date of birth may mean.",
      effect: "read",
      action: "internal",
      input: t.Object({
        firstName: t.String({ maxLength: 60 }),
        lastName: t.String({ maxLength: 60 }),
        datesOfBirth: t.Array(Day, { minItems: 1, maxItems: 3 }),
        /** Whoever has this number on file may be meant by a name that was heard badly. */
        phone: t.Optional(Phone),
        /** So may the one whom this prescription is for. */
        rxNumber: t.Optional(RxNumber),
      }),
      /** Spelling variants and likely mishearings count as matches; more than one is possible. */
      output: t.Object({
        patients: t.Array(PatientRecord, { maxItems: 10 }),
        /** Nobody has the name as it was stated; these have the birthday and one that sounds so. */
        isBySound: t.Boolean(),
      }),
      faults: {},
      phi: ["firstName", "lastName", "datesOfBirth", "phone", "rxNumber"],
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
        /** By what, and between which hours not, they said they want to be reached. */
        channel: t.Optional(Channel),
        quiet: t.Optional(Quiet),
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
    searchByNumber: {
      does: "Find patients by a telephone number on file, for staff.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ phone: Phone }),
      output: t.Object({
        patients: t.Array(PatientRecord),
        /** False when the pharmacy system can't be asked by number. */
        canTell: t.Boolean(),
      }),
      faults: {},
      phi: ["phone"],
    },
    preferences: {
      does: "Show how a patient wants to be reached.",
      effect: "read",
      action: "staff_view",
      discloses: true,
      input: t.Object({ patient: PatientId }),
      output: Preferences,
      faults: {},
      phi: ["patient"],
    },
    prefer: {
      does: "Keep how a patient wants to be reached, as they told the staff.",
      effect: "write",
      action: "staff_view",
      input: t.Object({ patient: PatientId, preferences: Preferences }),
      output: Preferences,
      faults: {},
      phi: ["patient"],
    },
  },
  events: {
    preferred: t.Object({ patient: PatientId }),
  },
})

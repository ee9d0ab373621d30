/** The vendor's shapes, with only what we need of them. None of them leaves the folder. */
import { type Static, Type as t } from "typebox"

const PATIENTS_MAX = 50
const PRESCRIPTIONS_MAX = 500

export const Online = t.Object({ product: t.String() })

export const PatientWire = t.Object({
  id: t.String({ minLength: 1, maxLength: 64 }),
  given: t.String(),
  family: t.String(),
  born: t.String({ pattern: "^\\d{8}$" }),
})
export type PatientWire = Static<typeof PatientWire>

export const Patients = t.Object({ patients: t.Array(PatientWire, { maxItems: PATIENTS_MAX }) })

export const PrescriptionWire = t.Object({
  rx: t.String({ pattern: "^[0-9]{6,9}$" }),
  patient: t.String({ minLength: 1, maxLength: 64 }),
  label: t.String(),
  schedule: t.String(),
  status: t.String(),
})
export type PrescriptionWire = Static<typeof PrescriptionWire>

export const Prescriptions = t.Object({
  isKnown: t.Boolean(),
  prescriptions: t.Array(PrescriptionWire, { maxItems: PRESCRIPTIONS_MAX }),
})

export const Eligibility = t.Object({ state: t.String() })

/** What became of a request; `none` when the vendor does not know its key. */
export const RefillWire = t.Object({
  outcome: t.Union([
    t.Literal("taken"),
    t.Literal("repeated"),
    t.Literal("rejected"),
    t.Literal("absent"),
    t.Literal("undone"),
    t.Literal("none"),
  ]),
  ticket: t.String(),
})
export type RefillWire = Static<typeof RefillWire>

/**
 * Liberty's shapes, with only what we need of them. Read tolerantly: a number may be text, a field
 * may be null or missing, codes are plain text until `map.ts` knows them. None leaves the folder.
 */
import { type Static, Type as t } from "typebox"
import { Loose } from "../loose.ts"

const PATIENTS_MAX = 500
const FILLS_MAX = 500
export const PAGE_SIZE = 100

export const PatientWire = t.Object({
  Id: t.String(),
  Name: t.Object({ FirstName: t.String(), LastName: t.String() }),
  BirthDate: Loose,
  Phone: Loose,
  Phone2: Loose,
  Address: t.Optional(t.Union([t.Object({ Zip: Loose }), t.Null()])),
  Language: Loose,
})
export type PatientWire = Static<typeof PatientWire>

export const PatientsAnswer = t.Object({
  Patients: t.Array(PatientWire, { maxItems: PATIENTS_MAX }),
})
export const PatientAnswer = t.Union([PatientWire, t.Null()])

export const FillWire = t.Object({
  RefillNumber: Loose,
  DispenseDate: Loose,
  DaysSupply: Loose,
  StatusCode: Loose,
  PatientPay: Loose,
})
export type FillWire = Static<typeof FillWire>

export const ScriptWire = t.Object({
  ScriptNumber: t.Union([t.String(), t.Number()]),
  RefillUntilDate: Loose,
  RefillsAuthorized: Loose,
  LastRefillNumber: Loose,
  FullDispenseQuantity: Loose,
  Patient: t.Object({ Id: t.String() }),
  DrugPrescribed: t.Object({ Name: t.String(), NDC: Loose, Schedule: Loose }),
  Prescriber: t.Optional(
    t.Union([
      t.Object({
        Name: t.Optional(t.Union([t.Object({ FirstName: Loose, LastName: Loose }), t.Null()])),
      }),
      t.Null(),
    ]),
  ),
  Fills: t.Optional(t.Union([t.Array(FillWire, { maxItems: FILLS_MAX }), t.Null()])),
})
export type ScriptWire = Static<typeof ScriptWire>

/** A prescription that is not there is 404 on one site and number 0 on another. */
export const ScriptAnswer = t.Union([
  ScriptWire,
  t.Object({ ScriptNumber: t.Union([t.Literal(0), t.Literal("0")]) }),
])

export const ScriptsAnswer = t.Object({
  RecordCount: Loose,
  Scripts: t.Array(ScriptWire, { maxItems: PAGE_SIZE }),
})

export const StatusWire = t.Object({
  Status: t.String(),
  NextRefillDate: Loose,
  LastFill: t.Optional(t.Union([t.Object({ Status: Loose }), t.Null()])),
})
export type StatusWire = Static<typeof StatusWire>

/** One entry for each prescription that was asked for, or fewer: what is left out is undone. */
export const SubmitAnswer = t.Array(
  t.Object({ ScriptNumber: t.Union([t.String(), t.Number()]), Status: t.String() }),
  { maxItems: PAGE_SIZE },
)

/**
 * QS/1's shapes, with only what we need of them. Read tolerantly: a number may be text, a field may
 * be null or missing, codes are plain text until `map.ts` knows them. None leaves the folder.
 */
import { type Static, Type as t } from "typebox"
import { Loose } from "../loose.ts"

/** The vendor takes and answers at most so many prescriptions in one request. */
export const BATCH_MAX = 35
const PATIENTS_MAX = 500
const PROFILE_MAX = 500

/** The version, as text or inside a record. */
export const VersionAnswer = t.Union([t.String(), t.Object({})])

export const PatientWire = t.Object({
  PatientID: t.Union([t.String(), t.Number()]),
  FirstName: t.String(),
  LastName: t.String(),
  DateOfBirth: Loose,
  HomePhone: Loose,
  CellPhone: Loose,
  Zip: Loose,
  Language: Loose,
})
export type PatientWire = Static<typeof PatientWire>

export const PatientsAnswer = t.Array(PatientWire, { maxItems: PATIENTS_MAX })

const RxNumber = t.Union([t.String(), t.Number()])

export const ProfileAnswer = t.Union([
  t.Array(t.Object({ RxNumber }), { maxItems: PROFILE_MAX }),
  t.Null(),
])

/** Everything but the number and the status is missing when the status says that there is none. */
export const ScriptWire = t.Object({
  RxNumber,
  Status: t.String(),
  LastOrderStatus: Loose,
  PatientID: Loose,
  DrugName: Loose,
  DrugCode: Loose,
  DEAClass: Loose,
  DoctorName: Loose,
  RefillsRemaining: Loose,
  ExpirationDate: Loose,
  LastFillDate: Loose,
  DateDue: Loose,
  DaysSupply: Loose,
})
export type ScriptWire = Static<typeof ScriptWire>

export const ScriptsAnswer = t.Array(ScriptWire, { maxItems: BATCH_MAX })

/** One entry for each prescription that was asked for, or fewer: what is left out is undone. */
export const ItemWire = t.Object({
  RxNumber,
  Successful: t.Optional(t.Union([t.Boolean(), t.String(), t.Null()])),
  RejectCode: Loose,
})
export type ItemWire = Static<typeof ItemWire>

export const RequestAnswer = t.Array(ItemWire, { maxItems: BATCH_MAX })

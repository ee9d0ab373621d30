/**
 * The demo vendor's shapes. Read tolerantly: what we do not need may be missing or new, codes are
 * plain text until `map.ts` knows them. Nothing shaped like this leaves the folder.
 */
import { type Static, Type as t } from "typebox"
import { Loose } from "../loose.ts"

const PATIENTS_MAX = 50
const SCRIPTS_MAX = 500
const CHANGES_MAX = 1_000
const STOCK_MAX = 200
const LOTS_MAX = 50

const Text = t.Optional(t.String())
const ScriptNumber = t.String({ pattern: "^[0-9]{6,9}$" })
const PatientId = t.String({ minLength: 1, maxLength: 64 })

export const StatusAnswer = t.Object({ System: t.String() })

export const PatientWire = t.Object({
  PatientId,
  Name: t.Object({ FirstName: t.String(), LastName: t.String() }),
  BirthDate: t.String(),
  Phones: t.Optional(t.Array(t.Object({ Phone: t.String() }))),
  Address: t.Optional(t.Object({ Zip: Text })),
  Language: Text,
})
export type PatientWire = Static<typeof PatientWire>

export const PatientsAnswer = t.Object({
  Patients: t.Array(PatientWire, { maxItems: PATIENTS_MAX }),
})

/** `Result` is F for found and N for not found, as in every answer about one record. */
export const PatientAnswer = t.Union([
  t.Object({ Result: t.Literal("F"), Patient: PatientWire }),
  t.Object({ Result: t.Literal("N") }),
])

export const ScriptWire = t.Object({
  ScriptNumber,
  PatientId,
  DrugPrescribed: t.Object({ Name: t.String(), NDC: Text, Schedule: Text }),
  PrescriberName: Text,
  RefillUntilDate: Text,
  RefillsAuthorized: Text,
  LastRefillNumber: Text,
  LastFill: t.Optional(
    t.Object({
      StatusCode: Text,
      DispenseDate: Text,
      DaysSupply: Text,
      Quantity: Text,
      PromisedAt: Text,
      PatientPay: Text,
    }),
  ),
})
export type ScriptWire = Static<typeof ScriptWire>

export const ScriptsAnswer = t.Object({
  Scripts: t.Array(
    t.Union([
      t.Intersect([t.Object({ Result: t.Literal("F") }), ScriptWire]),
      t.Object({ Result: t.Literal("N") }),
    ]),
    { minItems: 1, maxItems: 1 },
  ),
})

export const ProfileAnswer = t.Union([
  t.Object({ Result: t.Literal("F"), Scripts: t.Array(ScriptWire, { maxItems: SCRIPTS_MAX }) }),
  t.Object({ Result: t.Literal("N") }),
])

export const CheckWire = t.Object({ Status: t.String(), EarliestFillDate: Text })
export type CheckWire = Static<typeof CheckWire>

export const ChecksAnswer = t.Object({ Scripts: t.Array(CheckWire, { minItems: 1, maxItems: 1 }) })

export const AlertsAnswer = t.Union([
  t.Object({
    Result: t.Literal("F"),
    Alerts: t.Array(t.Object({ Level: t.String(), ReasonCode: t.String() })),
  }),
  t.Object({ Result: t.Literal("N") }),
])

const REJECTS_MAX = 100

/** Each reject as the payer's answer came in: a code may be a number, or in small letters. */
export const ClaimAnswer = t.Union([
  t.Object({
    Result: t.Literal("F"),
    Rejects: t.Array(t.Object({ Code: Loose }), { maxItems: REJECTS_MAX }),
  }),
  t.Object({ Result: t.Literal("N") }),
])

export const StockWire = t.Object({
  NDC: t.String({ pattern: "^[0-9]{11}$" }),
  Name: t.String(),
  Schedule: Text,
  OnHand: t.String(),
  LastBooked: Text,
  Lots: t.Optional(
    t.Array(t.Object({ Lot: t.String(), Expires: t.String(), Quantity: t.String() }), {
      maxItems: LOTS_MAX,
    }),
  ),
})
export type StockWire = Static<typeof StockWire>

/** `Next` is empty on the last page. */
export const StockAnswer = t.Object({
  Items: t.Array(StockWire, { maxItems: STOCK_MAX }),
  Next: Text,
})

/** What became of one item of a request. A status that is not listed here is not an answer. */
export const ItemWire = t.Union([
  t.Object({
    ScriptNumber: t.String(),
    Status: t.Literal("Success"),
    Confirmation: t.String({ minLength: 1 }),
    Duplicate: Text,
    PromisedAt: Text,
  }),
  t.Object({ ScriptNumber: t.String(), Status: t.Literal("Rejected"), RejectCode: t.String() }),
  t.Object({ ScriptNumber: t.String(), Status: t.Literal("Not_Processed") }),
])
export type ItemWire = Static<typeof ItemWire>

export const SubmitAnswer = t.Union([t.Object({ Scripts: t.Array(ItemWire) }), ItemWire])

export const KnownAnswer = t.Object({
  Known: t.Union([t.Literal("Y"), t.Literal("N")]),
  Scripts: t.Array(ItemWire),
})

export const ChangesAnswer = t.Object({
  Next: t.String(),
  Changes: t.Array(t.Object({ ScriptNumber, PatientId, StatusCode: t.String() }), {
    maxItems: CHANGES_MAX,
  }),
})

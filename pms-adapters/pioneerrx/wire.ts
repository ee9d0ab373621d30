/**
 * PioneerRx's shapes after `even.ts`, with only what we need of them: everything may be missing,
 * numbers may be text, and a collection of one may be that one. None leaves the folder.
 */
import { type Static, type TSchema, Type as t } from "typebox"
import { Value } from "typebox/value"
import { unreadable } from "../http.ts"
import { Loose } from "../loose.ts"
import { Flag } from "./even.ts"

const ROWS_MAX = 500

/** Answers to every method. The collection has the method's own name for it, or `1`. */
export const MethodAnswer = t.Object({ results: t.Record(t.String(), t.Unknown()) })

/** The rows of an answer; one that is no row of the kind is an answer we do not know. */
export function rowsIn<S extends TSchema>(
  { results }: Static<typeof MethodAnswer>,
  row: S,
): readonly Static<S>[] {
  const rows = Object.values(results).flat().slice(0, ROWS_MAX)
  return rows.map((one) => {
    if (!Value.Check(row, one)) throw unreadable()
    return one
  })
}

export const RxIdRow = t.Object({ rxID: t.String() })

export const PersonIdRow = t.Object({ personID: t.String() })

export const PatientRow = t.Object({
  personID: t.String(),
  firstName: t.String(),
  lastName: t.String(),
  dateOfBirth: Loose,
  languageText: Loose,
})
export type PatientRow = Static<typeof PatientRow>

export const PhoneRow = t.Object({ areaCode: Loose, number: Loose, isInactive: Flag })
export type PhoneRow = Static<typeof PhoneRow>

export const AddressRow = t.Object({ zipCode: Loose, isPrimary: Flag })
export type AddressRow = Static<typeof AddressRow>

const Medication = t.Optional(
  t.Object({
    drugName: Loose,
    ndc: Loose,
    quantity: Loose,
    daysSupply: Loose,
    drugClassText: Loose,
  }),
)

export const RxRow = t.Object({
  rxID: t.String(),
  personID: t.String(),
  rxNumber: t.Union([t.String(), t.Number()]),
  currentRxStatusText: Loose,
  currentRxTransactionStatusText: Loose,
  medicationPrescribed: Medication,
  medicationDispensed: Medication,
  dateFilledUTC: Loose,
  dateFilledUTCDateTime: Loose,
  expirationDateUTC: Loose,
  expirationDateUTCDateTime: Loose,
  refillsRemaining: Loose,
  patientPaidAmount: Loose,
  prescriberName: Loose,
})
export type RxRow = Static<typeof RxRow>

/**
 * An event. What it says of a prescription is asked for again, so only its number counts; its
 * claims can't be asked for. An odd claim must not hide the event: `claims.ts` reads what it can.
 */
export const RxEvent = t.Object({
  messageHeader: t.Object({ messageID: t.String({ maxLength: 64 }) }),
  body: t.Optional(
    t.Object(
      { rx: t.Optional(t.Object({ rxNumber: Loose })), claims: t.Optional(t.Unknown()) },
      { additionalProperties: true },
    ),
  ),
})

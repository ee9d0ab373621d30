/** The pharmacy tells the prescriber what became of a prescription. */
import { Type as t } from "typebox"
import { digits, group, text } from "../xml/schema.ts"
import { medicationDispensed, medicationPrescribed } from "./medication.ts"
import { facility, patient, pharmacy, prescriber } from "./people.ts"

const status = () =>
  group({
    ReasonCode: t.Optional(text(10)),
    Note: t.Optional(text(2_000)),
    FillNumber: t.Optional(digits(2)),
  })

export const RxFill = group({
  RequestReferenceNumber: t.Optional(text(40)),
  /** One of these. */
  FillStatus: group({
    Dispensed: t.Optional(status()),
    PartiallyDispensed: t.Optional(status()),
    NotDispensed: t.Optional(status()),
    Transferred: t.Optional(status()),
  }),
  Facility: t.Optional(facility()),
  Patient: patient(),
  Pharmacy: pharmacy(),
  Prescriber: prescriber(),
  Supervisor: t.Optional(prescriber()),
  MedicationPrescribed: t.Optional(medicationPrescribed()),
  MedicationDispensed: t.Optional(medicationDispensed()),
})

export const RxFillIndicatorChange = group({
  Patient: t.Optional(patient()),
  Pharmacy: t.Optional(pharmacy()),
  Prescriber: t.Optional(prescriber()),
  MedicationPrescribed: medicationPrescribed(),
})

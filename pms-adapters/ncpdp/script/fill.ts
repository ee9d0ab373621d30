/** The pharmacy tells the prescriber what became of a prescription. */
import { Type as t } from "typebox"
import { group, text } from "../xml/schema.ts"
import { medicationDispensed, medicationPrescribed } from "./medication.ts"
import { facility, patient, pharmacy, prescriber } from "./people.ts"

const reason = () =>
  group({
    ReasonCode: t.Optional(text(10)),
    ReferenceNumber: t.Optional(text(40)),
    Note: t.Optional(text(2_000)),
  })

/** One of these. */
const status = () =>
  group({
    Dispensed: t.Optional(reason()),
    PartiallyDispensed: t.Optional(reason()),
    NotDispensed: t.Optional(reason()),
    Transferred: t.Optional(reason()),
  })

export const RxFill = group({
  RequestReferenceNumber: t.Optional(text(40)),
  /** So in 2017071, and by the other name in 2023011. */
  FillStatus: t.Optional(status()),
  StatusType: t.Optional(status()),
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

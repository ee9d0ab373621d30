/** The prescriber takes a prescription back; the pharmacy says whether it still could. */
import { Type as t } from "typebox"
import { group, text } from "../xml/schema.ts"
import { answer, medicationPrescribed } from "./medication.ts"
import { facility, patient, pharmacy, prescriber } from "./people.ts"

export const CancelRx = group({
  RequestReferenceNumber: t.Optional(text(40)),
  MessageRequestCode: t.Optional(text(10)),
  ChangeOfPrescriptionStatusFlag: t.Optional(text(10)),
  UrgencyIndicatorCode: t.Optional(text(10)),
  Facility: t.Optional(facility()),
  Patient: patient(),
  Pharmacy: t.Optional(pharmacy()),
  Prescriber: prescriber(),
  Supervisor: t.Optional(prescriber()),
  MedicationPrescribed: medicationPrescribed(),
})

export const CancelRxResponse = group({
  RequestReferenceNumber: t.Optional(text(40)),
  Response: answer(),
})

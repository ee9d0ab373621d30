/** A new prescription, the request for one, and the word that there will be none. */
import { Type as t } from "typebox"
import { group, several, text } from "../xml/schema.ts"
import { medicationRequested, newMedication } from "./medication.ts"
import { benefits, facility, patient, pharmacy, prescriber } from "./people.ts"

export const NewRx = group({
  UrgencyIndicatorCode: t.Optional(text(10)),
  BenefitsCoordination: t.Optional(several(benefits())),
  Facility: t.Optional(facility()),
  Patient: patient(),
  Pharmacy: t.Optional(pharmacy()),
  Prescriber: prescriber(),
  Supervisor: t.Optional(prescriber()),
  MedicationPrescribed: newMedication(),
})

export const NewRxRequest = group({
  RequestReferenceNumber: t.Optional(text(40)),
  Patient: patient(),
  Pharmacy: pharmacy(),
  Prescriber: prescriber(),
  MedicationRequested: medicationRequested(),
})

export const NewRxResponseDenied = group({
  RequestReferenceNumber: t.Optional(text(40)),
  ReasonCode: t.Optional(several(text(40))),
  DenialReason: t.Optional(text(250)),
})

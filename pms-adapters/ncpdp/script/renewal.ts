/** The pharmacy asks the prescriber for more fills; the prescriber answers. */
import { Type as t } from "typebox"
import { group, several, text } from "../xml/schema.ts"
import { answer, medicationDispensed, medicationPrescribed } from "./medication.ts"
import { benefits, facility, patient, pharmacy, prescriber } from "./people.ts"

export const RxRenewalRequest = group({
  RequestReferenceNumber: t.Optional(text(40)),
  UrgencyIndicatorCode: t.Optional(text(10)),
  BenefitsCoordination: t.Optional(several(benefits())),
  Facility: t.Optional(facility()),
  Patient: patient(),
  Pharmacy: pharmacy(),
  Prescriber: prescriber(),
  Supervisor: t.Optional(prescriber()),
  /** What was last dispensed, and how many more fills are asked for. */
  MedicationDispensed: medicationDispensed(),
  MedicationPrescribed: t.Optional(medicationPrescribed()),
  FollowUpPrescriber: t.Optional(prescriber()),
})

export const RxRenewalResponse = group({
  RequestReferenceNumber: t.Optional(text(40)),
  Response: answer(),
  BenefitsCoordination: t.Optional(several(benefits())),
  Facility: t.Optional(facility()),
  Patient: t.Optional(patient()),
  Pharmacy: t.Optional(pharmacy()),
  Prescriber: t.Optional(prescriber()),
  Supervisor: t.Optional(prescriber()),
  /** When there were changes, this is what is to be dispensed. */
  MedicationResponse: t.Optional(medicationPrescribed()),
  MedicationPrescribed: t.Optional(medicationPrescribed()),
})

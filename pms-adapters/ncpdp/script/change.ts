/** The pharmacy asks for another drug, another quantity, or a prior authorisation. */
import { Type as t } from "typebox"
import { group, several, text } from "../xml/schema.ts"
import { answer, medicationPrescribed, medicationRequested } from "./medication.ts"
import { benefits, facility, patient, pharmacy, prescriber } from "./people.ts"

export const RxChangeRequest = group({
  RequestReferenceNumber: t.Optional(text(40)),
  /** What is asked for; `codes.ts` has the meanings. */
  MessageRequestCode: text(10),
  MessageRequestSubCode: t.Optional(several(text(10))),
  UrgencyIndicatorCode: t.Optional(text(10)),
  BenefitsCoordination: t.Optional(several(benefits())),
  Facility: t.Optional(facility()),
  Patient: patient(),
  Pharmacy: pharmacy(),
  Prescriber: prescriber(),
  Supervisor: t.Optional(prescriber()),
  MedicationPrescribed: medicationPrescribed(),
  /** The alternatives, the best first. */
  MedicationRequested: t.Optional(several(medicationRequested())),
  FollowUpPrescriber: t.Optional(prescriber()),
})

export const RxChangeResponse = group({
  RequestReferenceNumber: t.Optional(text(40)),
  MessageRequestCode: t.Optional(text(10)),
  MessageRequestSubCode: t.Optional(several(text(10))),
  Response: answer(),
  BenefitsCoordination: t.Optional(several(benefits())),
  Facility: t.Optional(facility()),
  Patient: t.Optional(patient()),
  Pharmacy: t.Optional(pharmacy()),
  Prescriber: t.Optional(prescriber()),
  Supervisor: t.Optional(prescriber()),
  MedicationPrescribed: t.Optional(medicationPrescribed()),
})

/** What a patient was dispensed elsewhere. Asked for with consent only; shown to a pharmacist. */
import { Type as t } from "typebox"
import { group, several, text } from "../xml/schema.ts"
import { answer, medicationInHistory, requestedDates } from "./medication.ts"
import { benefits, facility, patient, pharmacy, prescriber } from "./people.ts"

export const RxHistoryRequest = group({
  RequestReferenceNumber: t.Optional(text(40)),
  /** Y when the patient agreed; the codes are the network's. */
  Consent: t.Optional(text(10)),
  RequestedDates: t.Optional(requestedDates()),
  BenefitsCoordination: t.Optional(several(benefits())),
  /** Where a prescriber asks from. */
  Facility: t.Optional(facility()),
  Patient: patient(),
  Pharmacy: t.Optional(pharmacy()),
  Prescriber: t.Optional(prescriber()),
})

export const RxHistoryResponse = group({
  RequestReferenceNumber: t.Optional(text(40)),
  Response: t.Optional(answer()),
  RequestedDates: t.Optional(requestedDates()),
  BenefitsCoordination: t.Optional(several(benefits())),
  Patient: t.Optional(patient()),
  Pharmacy: t.Optional(pharmacy()),
  Prescriber: t.Optional(prescriber()),
  MedicationDispensed: t.Optional(several(medicationInHistory())),
  MedicationPrescribed: t.Optional(several(medicationInHistory())),
})

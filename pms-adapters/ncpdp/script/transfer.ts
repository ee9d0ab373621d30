/**
 * A prescription moves from one pharmacy to another: asked for, handed over, confirmed. The rule
 * (42 CFR 423.160) and its readers use different names for these; all are read.
 */
import { Type as t } from "typebox"
import { group, several, text } from "../xml/schema.ts"
import { answer, medicationPrescribed } from "./medication.ts"
import { dateOrMoment, facility, patient, pharmacy, prescriber } from "./people.ts"

const request = () =>
  group({
    RequestReferenceNumber: t.Optional(text(40)),
    /** One prescription, or all of them. */
    TransferType: t.Optional(text(40)),
    Patient: patient(),
    /** Who asks. */
    Pharmacy: pharmacy(),
    Prescriber: t.Optional(prescriber()),
    MedicationPrescribed: t.Optional(several(medicationPrescribed())),
  })

const handover = () =>
  group({
    RequestReferenceNumber: t.Optional(text(40)),
    Response: t.Optional(answer()),
    Facility: t.Optional(facility()),
    Patient: t.Optional(patient()),
    /** Who had it until now. */
    Pharmacy: t.Optional(pharmacy()),
    Prescriber: t.Optional(prescriber()),
    MedicationPrescribed: t.Optional(several(medicationPrescribed())),
    TransferDate: t.Optional(dateOrMoment()),
  })

const confirmation = () =>
  group({
    RequestReferenceNumber: t.Optional(text(40)),
    Response: t.Optional(answer()),
    Patient: t.Optional(patient()),
    Pharmacy: t.Optional(pharmacy()),
    MedicationPrescribed: t.Optional(several(medicationPrescribed())),
  })

export const transfers = {
  RxTransferInitiationRequest: request(),
  RxTransferRequest: request(),
  RxTransfer: handover(),
  RxTransferResponse: handover(),
  RxTransferConfirm: confirmation(),
} as const

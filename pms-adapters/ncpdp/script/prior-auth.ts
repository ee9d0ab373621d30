/**
 * Electronic prior authorisation: initiation, request, appeal, cancellation, notification. There is
 * no public sample (pharmacy.md 2.2), so only what each of them needs is typed; the rest is kept.
 */
import { Type as t } from "typebox"
import { group, mark, several, text } from "../xml/schema.ts"
import { medicationPrescribed } from "./medication.ts"
import { benefits, dateOrMoment, patient, pharmacy, prescriber } from "./people.ts"

const IDENTIFIER = 80
const NOTE = 2_000

const parties = {
  PAReferenceID: t.Optional(text(IDENTIFIER)),
  BenefitsCoordination: t.Optional(several(benefits())),
  Patient: t.Optional(patient()),
  Pharmacy: t.Optional(pharmacy()),
  Prescriber: t.Optional(prescriber()),
}

const question = () =>
  group({
    QuestionID: text(IDENTIFIER),
    SequenceNumber: t.Optional(text(10)),
    QuestionText: t.Optional(text(NOTE)),
    QuestionType: t.Optional(mark()),
  })

const answers = () => group({ QuestionID: text(IDENTIFIER), Answer: t.Optional(text(NOTE)) })

/** What the payer says. An authorisation holds between two days and has a number. */
const decision = {
  Response: t.Optional(
    group({
      Open: t.Optional(group({ DateTimeForReply: t.Optional(dateOrMoment()) })),
      Approved: t.Optional(authorisation()),
      PartiallyDenied: t.Optional(authorisation()),
      Denied: t.Optional(
        group({ ReasonCode: t.Optional(text(IDENTIFIER)), Note: t.Optional(text(NOTE)) }),
      ),
      Closed: t.Optional(
        group({ ReasonCode: t.Optional(text(IDENTIFIER)), Note: t.Optional(text(NOTE)) }),
      ),
    }),
  ),
  QuestionSet: t.Optional(group({ Question: t.Optional(several(question())) })),
}

function authorisation() {
  return group({
    AuthorizationNumber: t.Optional(text(IDENTIFIER)),
    EffectiveDate: t.Optional(dateOrMoment()),
    ExpirationDate: t.Optional(dateOrMoment()),
    Note: t.Optional(text(NOTE)),
  })
}

const asked = () =>
  group({
    ...parties,
    MedicationPrescribed: t.Optional(medicationPrescribed()),
    AnswerSet: t.Optional(group({ Answer: t.Optional(several(answers())) })),
    AppealReason: t.Optional(text(NOTE)),
  })

const answered = () =>
  group({
    ...parties,
    ...decision,
    MedicationPrescribed: t.Optional(medicationPrescribed()),
    Note: t.Optional(text(NOTE)),
  })

export const priorAuth = {
  PAInitiationRequest: asked(),
  PAInitiationResponse: answered(),
  PARequest: asked(),
  PAResponse: answered(),
  PAAppealRequest: asked(),
  PAAppealResponse: answered(),
  PACancelRequest: asked(),
  PACancelResponse: answered(),
  PANotification: answered(),
} as const

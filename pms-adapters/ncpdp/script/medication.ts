/**
 * A medication as prescribed, dispensed or asked for. The directions stay as the prescriber wrote
 * them, word for word; nobody computes a dose here. Source: pharmacy.md 2.2.
 */
import { Type as t } from "typebox"
import { content, day, decimal, digits, group, mark, moment, several, text } from "../xml/schema.ts"
import { coded, dateOrMoment, pharmacy, prescriber } from "./people.ts"

const DESCRIPTION = 250
const NOTE = 2_000
const CODE = 40
const DATE = 40

const code = () => group({ Code: text(CODE) })

const drugCoded = () =>
  group({
    /** An NDC stands here as text, under the qualifier ND. */
    ProductCode: t.Optional(group({ Code: text(CODE), Qualifier: t.Optional(text(CODE)) })),
    DrugDBCode: t.Optional(group({ Code: text(CODE), Qualifier: t.Optional(text(CODE)) })),
    Strength: t.Optional(
      group({
        StrengthValue: t.Optional(text(70)),
        StrengthForm: t.Optional(code()),
        StrengthUnitOfMeasure: t.Optional(code()),
      }),
    ),
    DEASchedule: t.Optional(code()),
  })

/** Where 2023011 has its codes; an NDC is an element of its own there. */
const product = () => group({ DrugCoded: t.Optional(group({ NDC: t.Optional(text(CODE)) })) })

/**
 * 0 means that the pharmacist may substitute, 1 that he may not. 2017071 has it as the text of the
 * element, 2023011 in an element of the same name inside.
 */
const substitutions = () =>
  group({ Value: t.Optional(content(1)), Substitutions: t.Optional(digits(1)) })

const quantity = () =>
  group({
    Value: decimal(),
    CodeListQualifier: t.Optional(text(CODE)),
    QuantityUnitOfMeasure: t.Optional(code()),
  })

const sig = () => group({ SigText: text(NOTE) })

const drugUseEvaluation = () =>
  group({
    ServiceReasonCode: text(CODE),
    ProfessionalServiceCode: t.Optional(text(CODE)),
    ServiceResultCode: t.Optional(text(CODE)),
    CoAgent: t.Optional(
      group({ CoAgentCode: t.Optional(coded()), Description: t.Optional(text(DESCRIPTION)) }),
    ),
    ClinicalSignificanceCode: t.Optional(text(CODE)),
    AcknowledgementReason: t.Optional(text(DESCRIPTION)),
  })

const diagnosis = () =>
  group({
    ClinicalInformationQualifier: t.Optional(text(CODE)),
    Primary: t.Optional(
      group({
        Code: text(CODE),
        Qualifier: t.Optional(text(CODE)),
        Description: t.Optional(text(DESCRIPTION)),
      }),
    ),
  })

/** What all medications have, in the order the public samples have it. */
const drug = {
  DrugDescription: text(DESCRIPTION),
  DrugCoded: t.Optional(drugCoded()),
  Product: t.Optional(product()),
  Quantity: t.Optional(quantity()),
  DaysSupply: t.Optional(digits(3)),
}

const ending = {
  Note: t.Optional(text(NOTE)),
  Sig: t.Optional(sig()),
  Diagnosis: t.Optional(several(diagnosis())),
  DrugUseEvaluation: t.Optional(several(drugUseEvaluation())),
}

const prescribed = {
  ...drug,
  WrittenDate: t.Optional(dateOrMoment()),
  LastFillDate: t.Optional(dateOrMoment()),
  ExpirationDate: t.Optional(dateOrMoment()),
  EffectiveDate: t.Optional(dateOrMoment()),
  Substitutions: t.Optional(substitutions()),
  NumberOfRefills: t.Optional(digits(2)),
  ...ending,
  PriorAuthorization: t.Optional(text(CODE)),
  PriorAuthorizationStatus: t.Optional(text(CODE)),
  RxFillIndicator: t.Optional(text(CODE)),
  PrescriberCheckedREMS: t.Optional(text(CODE)),
}

const dispensed = {
  ...drug,
  WrittenDate: t.Optional(dateOrMoment()),
  LastFillDate: t.Optional(dateOrMoment()),
  Substitutions: t.Optional(substitutions()),
  NumberOfRefills: t.Optional(digits(2)),
  ...ending,
}

/** What is to be dispensed says how much and how it is taken. */
export const newMedication = () =>
  group({ ...prescribed, Quantity: quantity(), Sig: sig(), WrittenDate: dateOrMoment() })

/** What is only referred to need not say everything again. */
export const medicationPrescribed = () => group(prescribed)

export const medicationRequested = () => group(prescribed)

export const medicationDispensed = () =>
  group({
    ...dispensed,
    /** In a renewal request: how many more fills the pharmacy asks for. */
    PharmacyRequestedRefills: t.Optional(digits(2)),
  })

/** One line of a history: what was dispensed, when, by whom and on whose order. */
export const medicationInHistory = () =>
  group({
    ...dispensed,
    Pharmacy: t.Optional(pharmacy()),
    Prescriber: t.Optional(prescriber()),
    HistorySource: t.Optional(
      group({
        /** The number of the prescription where it was dispensed. */
        SourceReference: t.Optional(text(CODE)),
        FillNumber: t.Optional(digits(2)),
        PaymentType: t.Optional(text(CODE)),
      }),
    ),
  })

/** The days that a history is asked for. They are read with an element inside or without. */
export const requestedDates = () =>
  group({ StartDate: t.Optional(end()), EndDate: t.Optional(end()) })

const end = () =>
  group({
    Value: t.Optional(content(DATE)),
    Date: t.Optional(day()),
    DateTime: t.Optional(moment()),
  })

/** What the other side answers with: one of these. `outcome.ts` says which one counts. */
export const answer = () =>
  group({
    Approved: t.Optional(outcome()),
    ApprovedWithChanges: t.Optional(outcome()),
    Denied: t.Optional(outcome()),
    DeniedNewPrescriptionToFollow: t.Optional(outcome()),
    Replace: t.Optional(outcome()),
    Validated: t.Optional(outcome()),
    Pending: t.Optional(mark()),
  })

const outcome = () =>
  group({
    ReasonCode: t.Optional(several(text(CODE))),
    ReferenceNumber: t.Optional(text(CODE)),
    DenialReason: t.Optional(text(DESCRIPTION)),
    Note: t.Optional(text(NOTE)),
  })

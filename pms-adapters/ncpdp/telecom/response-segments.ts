/** Segments of answers (pharmacy.md 2.3 and 2.4), each as a form. They say what the payer says. */
import { Type as t } from "typebox"
import { cents, count, counted, day, digits, numbered, quantity, segment, text } from "./field.ts"

const optional = t.Optional

export const Message = segment("20", { message: optional(text("F4", 200)) })

export const Status = segment("21", {
  /** One letter; `outcome.ts` says what it means. */
  status: text("AN", 1),
  authorization: optional(text("F3", 20)),
  rejects: optional(counted("FA", { code: text("FB", 3), occurrence: optional(count("4F", 2)) })),
  approvals: optional(counted("5F", { code: text("6F", 3) })),
  messages: optional(
    counted("UF", {
      qualifier: optional(text("UH", 2)),
      message: optional(text("FQ", 40)),
      /** `+` when the next message goes on with the sentence. */
      continues: optional(text("UG", 1)),
    }),
  ),
  helpDeskQualifier: optional(text("7F", 2)),
  helpDesk: optional(text("8F", 18)),
  nextFillOn: optional(day("BT")),
})

export const ClaimAnswer = segment("22", {
  rxQualifier: text("EM", 1),
  rxNumber: digits("D2", 12),
  preferred: optional(
    counted("9F", {
      qualifier: optional(text("AP", 2)),
      product: optional(text("AR", 19)),
      incentiveCents: optional(cents("AS")),
      costShareIncentiveCents: optional(cents("AT")),
      description: optional(text("AU", 40)),
    }),
  ),
})

export const PaidPricing = segment("23", {
  patientPaysCents: optional(cents("F5")),
  ingredientPaidCents: optional(cents("F6")),
  dispensingFeePaidCents: optional(cents("F7")),
  totalPaidCents: optional(cents("F9")),
  basis: optional(count("FM", 2)),
  deductibleCents: optional(cents("FH")),
  copayCents: optional(cents("FI")),
  coinsuranceCents: optional(cents("4U")),
})

export const DurAlerts = segment("24", {
  alerts: numbered("J6", {
    reason: text("E4", 2),
    significance: optional(text("FS", 1)),
    otherPharmacy: optional(text("FT", 1)),
    previousFillOn: optional(day("FU")),
    previousQuantity: optional(quantity("FV")),
    source: optional(text("FW", 1)),
    otherPrescriber: optional(text("FX", 1)),
    note: optional(text("FY", 30)),
    more: optional(text("NS", 100)),
  }),
})

export const PlanAnswer = segment("25", {
  group: optional(text("C1", 15)),
  plan: optional(text("FO", 8)),
  network: optional(text("2F", 10)),
  payerQualifier: optional(text("J7", 2)),
  payer: optional(text("J8", 10)),
  cardholder: optional(text("C2", 20)),
})

export const PriorAuthAnswer = segment("26", {
  processedOn: optional(day("PR")),
  effectiveOn: optional(day("PS")),
  expiresOn: optional(day("PT")),
  quantity: optional(quantity("RA")),
  authorizedCents: optional(cents("RB")),
  refillsAuthorized: optional(count("PW", 2)),
  quantityAccumulated: optional(quantity("PX")),
  numberAssigned: optional(digits("PY", 11)),
})

/** What a plan of Medicare Part D says of its own, to a question about eligibility. */
export const PartDAnswer = segment("27", {
  coverage: optional(text("UR", 2)),
  /** How much of the cost the patient is helped with. */
  lowIncomeLevel: optional(text("UQ", 20)),
  contract: optional(text("U1", 8)),
  formulary: optional(text("FF", 10)),
  benefit: optional(text("U6", 15)),
  nextEffectiveOn: optional(day("US")),
  nextEndsOn: optional(day("UT")),
})

/** Who else pays, and in which order. */
export const OtherCoverage = segment("28", {
  payers: counted("NT", {
    coverage: optional(text("5C", 2)),
    idQualifier: optional(text("6C", 2)),
    id: optional(text("7C", 10)),
    pcn: optional(text("MH", 10)),
    cardholder: optional(text("NU", 20)),
    group: optional(text("MJ", 15)),
    personCode: optional(text("UV", 3)),
    helpDesk: optional(text("UB", 18)),
    relationship: optional(text("UW", 1)),
    effectiveOn: optional(day("UX")),
    endsOn: optional(day("UY")),
  }),
})

export const PatientAnswer = segment("29", {
  firstName: optional(text("CA", 12)),
  lastName: optional(text("CB", 15)),
  bornOn: optional(day("C4")),
})

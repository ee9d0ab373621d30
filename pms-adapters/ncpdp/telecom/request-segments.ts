/**
 * Segments of requests (pharmacy.md 2.3 and 2.4), each as a form. Lengths are those of D.0. Which
 * of them a transaction needs stands in `request.ts`.
 */
import { type Static, Type as t } from "typebox"
import {
  cents,
  count,
  counted,
  day,
  digits,
  numbered,
  quantity,
  segment,
  text,
  time,
} from "./field.ts"

const optional = t.Optional

export const Patient = segment("01", {
  idQualifier: optional(text("CX", 2)),
  id: optional(text("CY", 20)),
  bornOn: optional(day("C4")),
  sex: optional(text("C5", 1)),
  firstName: optional(text("CA", 12)),
  lastName: optional(text("CB", 15)),
  street: optional(text("CM", 30)),
  city: optional(text("CN", 20)),
  state: optional(text("CO", 2)),
  zip: optional(text("CP", 15)),
  phone: optional(digits("CQ", 10)),
  residence: optional(text("4X", 2)),
})

export const Provider = segment("02", {
  idQualifier: optional(text("EY", 2)),
  id: optional(text("E9", 15)),
})

export const Prescriber = segment("03", {
  idQualifier: optional(text("EZ", 2)),
  id: optional(text("DB", 15)),
  lastName: optional(text("DR", 15)),
  phone: optional(digits("PM", 10)),
  firstName: optional(text("2J", 12)),
})

export const Insurance = segment("04", {
  cardholder: text("C2", 20),
  cardholderFirstName: optional(text("CC", 12)),
  cardholderLastName: optional(text("CD", 15)),
  plan: optional(text("FO", 8)),
  group: optional(text("C1", 15)),
  personCode: optional(text("C3", 3)),
  relationship: optional(text("C6", 1)),
})

/** What payers before this one answered, the first of them first. */
export const OtherPayers = segment("05", {
  payers: counted("4C", {
    /** 01 primary, 02 secondary, 03 tertiary. */
    coverage: text("5C", 2),
    idQualifier: optional(text("6C", 2)),
    id: optional(text("7C", 10)),
    answeredOn: optional(day("E8")),
    paid: optional(counted("HB", { qualifier: optional(text("HC", 2)), amountCents: cents("DV") })),
    rejects: optional(counted("5E", { code: text("6E", 3) })),
    patientOwes: optional(
      counted("NR", { qualifier: optional(text("NP", 2)), amountCents: cents("NQ") }),
    ),
  }),
})

export const WorkersCompensation = segment("06", {
  injuredOn: day("DY"),
  employer: optional(text("CF", 30)),
  employerStreet: optional(text("CG", 30)),
  employerCity: optional(text("CH", 20)),
  employerState: optional(text("CI", 2)),
  employerZip: optional(text("CJ", 15)),
  employerPhone: optional(digits("CK", 10)),
  employerContact: optional(text("CL", 30)),
  carrier: optional(text("CR", 10)),
  claimReference: optional(text("DZ", 30)),
  /** What kind of business sends the bill. */
  billedBy: optional(text("TR", 2)),
  /** Who is to be paid, when it is not the pharmacy. */
  payToQualifier: optional(text("TS", 2)),
  payTo: optional(text("TT", 15)),
  payToName: optional(text("TU", 20)),
  payToStreet: optional(text("TV", 30)),
  payToCity: optional(text("TW", 20)),
  payToState: optional(text("TX", 2)),
  payToZip: optional(text("TY", 15)),
  genericQualifier: optional(text("TZ", 2)),
  generic: optional(text("UA", 19)),
})

const rx = {
  /** 1: a prescription. */
  rxQualifier: text("EM", 1),
  rxNumber: digits("D2", 12),
}

const claim = {
  /** 03: an NDC. */
  productQualifier: text("E1", 2),
  product: text("D7", 19),
  quantity: quantity("E7"),
  fillNumber: count("D3", 2),
  daysSupply: count("D5", 3),
  compound: text("D6", 1),
  dispenseAsWritten: text("D8", 1),
  writtenOn: day("DE"),
}

const claimDetails = {
  refillsAuthorized: optional(count("DF", 2)),
  origin: optional(text("DJ", 1)),
  clarifications: optional(counted("NX", { code: text("DK", 2) })),
  quantityPrescribed: optional(quantity("ET")),
  otherCoverage: optional(text("C8", 2)),
  unit: optional(text("28", 2)),
  authorizationType: optional(text("EU", 2)),
  authorizationNumber: optional(text("EV", 11)),
  partialFill: optional(text("HD", 1)),
  quantityIntended: optional(quantity("HF")),
  daysSupplyIntended: optional(count("HG", 3)),
  route: optional(text("E2", 11)),
  compoundType: optional(text("G1", 2)),
  serviceType: optional(text("U7", 2)),
}

export const Claim = segment("07", { ...rx, ...claim, ...claimDetails })

/** A claim that was sent before, or that an answer is wanted about. */
export const ClaimReference = segment("07", {
  ...rx,
  productQualifier: optional(claim.productQualifier),
  product: optional(claim.product),
  quantity: optional(claim.quantity),
  fillNumber: optional(claim.fillNumber),
  daysSupply: optional(claim.daysSupply),
  compound: optional(claim.compound),
  dispenseAsWritten: optional(claim.dispenseAsWritten),
  writtenOn: optional(claim.writtenOn),
  ...claimDetails,
})

/** A pharmacist's act, line by line: software may prepare it and never sends it by itself. */
export const DurResponse = segment("08", {
  conflicts: numbered("7E", {
    reason: optional(text("E4", 2)),
    service: optional(text("E5", 2)),
    result: optional(text("E6", 2)),
    effort: optional(count("8E", 2)),
    coAgentQualifier: optional(text("J9", 2)),
    coAgent: optional(text("H6", 19)),
  }),
})

export const Coupon = segment("09", {
  type: text("KE", 2),
  number: text("ME", 15),
  valueCents: optional(cents("NE")),
})

/** What a medicine is mixed of. An ingredient that is missing makes it another medicine. */
export const Compound = segment("10", {
  dosageForm: text("EF", 2),
  /** 1: each. 2: grams. 3: millilitres. */
  unit: text("EG", 1),
  ingredients: counted(
    "EC",
    {
      /** 03: an NDC. */
      productQualifier: text("RE", 2),
      product: text("TE", 19),
      quantity: quantity("ED"),
      costCents: optional(cents("EE")),
      basis: optional(text("UE", 2)),
      modifiers: optional(counted("2G", { code: text("2H", 2) }, { maxItems: 10 })),
    },
    { minItems: 1 },
  ),
})

export const Pricing = segment("11", {
  ingredientCents: optional(cents("D9")),
  dispensingFeeCents: optional(cents("DC")),
  patientPaidCents: optional(cents("DX")),
  usualAndCustomaryCents: optional(cents("DQ")),
  grossDueCents: optional(cents("DU")),
  basis: optional(text("DN", 2)),
})

export const PriorAuthRequest = segment("12", {
  type: optional(text("PA", 1)),
  fromDay: optional(day("PB")),
  untilDay: optional(day("PC")),
  basis: optional(text("PD", 2)),
  representativeFirstName: optional(text("PE", 12)),
  representativeLastName: optional(text("PF", 15)),
  numberAssigned: optional(digits("PY", 11)),
  authorization: optional(text("F3", 20)),
  supporting: optional(text("PP", 500)),
})

export const Clinical = segment("13", {
  diagnoses: optional(counted("VE", { qualifier: optional(text("WE", 2)), code: text("DO", 15) })),
  measurements: optional(
    numbered("XE", {
      day: optional(day("ZE")),
      time: optional(time("H1")),
      dimension: optional(text("H2", 2)),
      unit: optional(text("H3", 2)),
      value: optional(text("H4", 15)),
    }),
  ),
})

/** A form of questions that a programme wants answered, such as one of Medicare's. */
export const Documentation = segment("14", {
  type: text("2Q", 3),
  neededFrom: optional(day("2V")),
  revisedOn: optional(day("2W")),
  status: optional(text("2U", 1)),
  lengthQualifier: optional(text("2S", 2)),
  length: optional(count("2R", 3)),
  signedOn: optional(day("2T")),
  supporting: optional(text("2X", 65)),
  questions: optional(
    counted(
      "2Z",
      {
        question: text("4B", 3),
        /** Hundredths of a percent, as they come: sources differ on whether there is a sign. */
        percent: optional(text("4D", 5)),
        day: optional(day("4G")),
        cents: optional(cents("4H", 11)),
        count: optional(count("4J", 11)),
        text: optional(text("4K", 30)),
      },
      { maxItems: 50 },
    ),
  ),
})

/** The home or clinic that a patient lives in. */
export const Facility = segment("15", {
  id: optional(text("8C", 10)),
  name: optional(text("3Q", 30)),
  street: optional(text("3U", 30)),
  city: optional(text("5J", 20)),
  state: optional(text("3V", 2)),
  zip: optional(text("6D", 15)),
})

export const Narrative = segment("16", { message: optional(text("BM", 200)) })

export type Claim = Static<typeof Claim>

/** Transmissions of invented people, as forms: for the tests, the fuzzer and the bench. */
import type { Billing, TelecomRequest } from "./request.ts"
import type { TelecomResponse } from "./response.ts"

const header = {
  bin: "999901",
  pcn: "DEMOPCN",
  providerQualifier: "01",
  provider: "1234567893",
  serviceOn: "2026-11-24",
  software: "MORTAR",
}

export const billing: Billing = {
  code: "B1",
  header,
  shared: {
    insurance: { cardholder: "ZX0001001", group: "DEMO1", personCode: "01", relationship: "1" },
    patient: { bornOn: "1958-03-14", sex: "1", firstName: "James", lastName: "Carter" },
  },
  transactions: [
    {
      claim: {
        rxQualifier: "1",
        rxNumber: "7001234",
        productQualifier: "03",
        product: "00071015523",
        quantity: "30",
        fillNumber: 2,
        daysSupply: 30,
        compound: "1",
        dispenseAsWritten: "0",
        writtenOn: "2026-08-01",
      },
      pricing: { ingredientCents: 1_234, dispensingFeeCents: 150, grossDueCents: 1_384 },
      prescriber: { idQualifier: "01", id: "1234567893", lastName: "MOSS" },
    },
  ],
}

/** A cream made for an injury at work, with everything that could be sent along with it. */
export const compounded: Billing = {
  ...billing,
  transactions: billing.transactions.map((transaction) => ({
    ...transaction,
    claim: {
      ...transaction.claim,
      // What is billed is the mixture: its products stand in the compound.
      productQualifier: "00",
      product: "0",
      compound: "2",
      route: "6064005",
      compoundType: "99",
    },
    workersCompensation: {
      injuredOn: "2026-11-02",
      employer: "HARBOR FREIGHT LINES",
      employerPhone: "5555550142",
      claimReference: "0790001976",
    },
    coupon: { type: "01", number: "321034", valueCents: 1_000 },
    compound: {
      dosageForm: "03",
      unit: "2",
      ingredients: [
        {
          productQualifier: "03",
          product: "51927177800",
          quantity: "3.5",
          costCents: 51,
          basis: "01",
        },
        {
          productQualifier: "03",
          product: "38779016308",
          quantity: "26.5",
          costCents: 1_183,
          basis: "01",
          modifiers: [{ code: "KP" }],
        },
      ],
    },
    clinical: {
      diagnoses: [{ qualifier: "02", code: "M06.9" }],
      measurements: [{ day: "2026-11-19", time: "13:58", dimension: "02", value: "120" }],
    },
    documentation: {
      type: "011",
      neededFrom: "2026-11-15",
      questions: [
        { question: "1A", text: "J2920" },
        { question: "1B", cents: 12_345 },
        { question: "2", count: 40 },
      ],
    },
    facility: { id: "ELM8", name: "ELM HOUSE", city: "TROY", state: "OH" },
    narrative: { message: "SEE FORM" },
  })),
}

export const eligibility: TelecomRequest<"E1"> = {
  code: "E1",
  header,
  shared: billing.shared,
  transactions: [],
}

export const tooSoon: TelecomResponse = {
  code: "B1",
  header: {
    status: "A",
    providerQualifier: "01",
    provider: "1234567893",
    serviceOn: "2026-11-24",
  },
  shared: { plan: { group: "DEMO1" } },
  transactions: [
    {
      status: {
        status: "R",
        rejects: [{ code: "79" }],
        messages: [{ qualifier: "10", message: "20261202" }],
      },
      claim: { rxQualifier: "1", rxNumber: "7001234" },
    },
  ],
}

export const covered: TelecomResponse = {
  code: "E1",
  header: tooSoon.header,
  shared: {
    partD: { coverage: "1", lowIncomeLevel: "Y", contract: "S5921", benefit: "376" },
    patient: { firstName: "James", lastName: "Carter", bornOn: "1958-03-14" },
  },
  transactions: [{ status: { status: "A" } }],
}

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

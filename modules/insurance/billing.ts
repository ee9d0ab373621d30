/** A claim sent once more (B1), as it was but for what the payer asked for. Prices nothing. */
import type { Output } from "#core/contract.ts"
import { Outage } from "#core/fault.ts"
import { outcomeOf } from "../../pms-adapters/ncpdp/telecom/outcome.ts"
import type { Billing } from "../../pms-adapters/ncpdp/telecom/request.ts"
import type { TelecomResponse } from "../../pms-adapters/ncpdp/telecom/response.ts"
import type { Claim, insurance } from "./contract.ts"
import { judged } from "./eligibility.ts"
import { type About, headOf, NPI } from "./head.ts"

const PRESCRIPTION = "1"
const NDC = "03"
const NO_COMPOUND = "1"
const NO_SELECTION = "0"
/** Of a number that a payer gave for a prior authorisation. */
const PRIOR_AUTHORISATION = "1"

export function billingRequest(about: About, claim: Claim, priorAuthNumber?: string): Billing {
  const { rxNumber, product, quantity, fillNumber, daysSupply, writtenOn, ...priced } = claim
  const { prescriberNpi, ...pricing } = priced
  return {
    code: "B1",
    ...headOf(about),
    transactions: [
      {
        claim: {
          ...{ rxQualifier: PRESCRIPTION, rxNumber, productQualifier: NDC, product },
          ...{ quantity, fillNumber, daysSupply, writtenOn },
          ...{ compound: NO_COMPOUND, dispenseAsWritten: NO_SELECTION },
          ...(priorAuthNumber !== undefined && {
            ...{ authorizationType: PRIOR_AUTHORISATION, authorizationNumber: priorAuthNumber },
          }),
        },
        pricing,
        ...(prescriberNpi !== undefined && {
          prescriber: { idQualifier: NPI, id: prescriberNpi },
        }),
      },
    ],
  }
}

export function billedIn(response: TelecomResponse): Output<typeof insurance, "resend"> {
  const [answer] = response.transactions
  if (!answer) throw new Outage("payer_unreadable")
  const outcome = outcomeOf(response, answer)
  // Taken down is not paid.
  return { isPaid: outcome.kind === "paid", rejects: judged(outcome).rejects }
}

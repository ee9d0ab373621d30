/**
 * Asking a payer whether a card is good (E1). No answer, or one that nobody understands, is an
 * outage: a patient is never told that they are not covered because a line was down.
 */
import type { Output } from "#core/contract.ts"
import { Outage } from "#core/fault.ts"
import { type Outcome, outcomeOf } from "../../pms-adapters/ncpdp/telecom/outcome.ts"
import type { TelecomRequest } from "../../pms-adapters/ncpdp/telecom/request.ts"
import type { TelecomResponse } from "../../pms-adapters/ncpdp/telecom/response.ts"
import type { insurance } from "./contract.ts"
import { type About, headOf } from "./head.ts"

type Checked = Omit<Output<typeof insurance, "checkEligibility">, "checkedOn">

export function eligibilityRequest(about: About): TelecomRequest<"E1"> {
  return { code: "E1", ...headOf(about), transactions: [] }
}

export function eligibilityIn(response: TelecomResponse): Checked {
  const [answer] = response.transactions
  if (!answer) throw new Outage("payer_unreadable")
  const outcome = outcomeOf(response, answer)
  const payers = answer.otherCoverage?.payers ?? []
  const otherPayers = payers.map(({ id: bin, pcn }) => ({
    ...(bin === undefined ? {} : { bin }),
    ...(pcn === undefined ? {} : { pcn }),
  }))
  return { ...judged(outcome), otherPayers }
}

export function judged(outcome: Outcome): Pick<Checked, "isEligible" | "rejects"> {
  switch (outcome.kind) {
    case "approved":
    case "captured":
    case "paid":
      return { isEligible: true, rejects: [] }
    case "rejected": {
      const { rejects } = outcome
      if (rejects.some(({ act }) => act === "resubmit_later")) throw new Outage("payer_down")
      return { isEligible: false, rejects: rejects.map((reject) => ({ ...reject })) }
    }
    case "deferred":
    case "unknown":
      throw new Outage("payer_unreadable")
  }
}

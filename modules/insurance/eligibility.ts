/**
 * Asking a payer whether a card is good (E1). No answer, or one that nobody understands, is an
 * outage: a patient is never told that they are not covered because a line was down.
 */
import type { Output } from "#core/contract.ts"
import { Outage } from "#core/fault.ts"
import { type Outcome, outcomeOf } from "../../pms-adapters/ncpdp/telecom/outcome.ts"
import type { TelecomRequest } from "../../pms-adapters/ncpdp/telecom/request.ts"
import type { TelecomResponse } from "../../pms-adapters/ncpdp/telecom/response.ts"
import type { Card, insurance } from "./contract.ts"

type Checked = Omit<Output<typeof insurance, "checkEligibility">, "checkedOn">

const SOFTWARE = "MORTAR"
/** Of a national provider identifier. */
const NPI = "01"

interface About {
  readonly card: Card
  readonly npi: string
  readonly today: string
  readonly person: {
    readonly firstName: string
    readonly lastName: string
    readonly dateOfBirth: string
  }
}

export function eligibilityRequest({ card, npi, today, person }: About): TelecomRequest<"E1"> {
  const { bin, pcn = "", group, member } = card
  return {
    code: "E1",
    header: {
      ...{ bin, pcn, providerQualifier: NPI, provider: npi },
      serviceOn: today,
      software: SOFTWARE,
    },
    shared: {
      insurance: { cardholder: member, ...(group === undefined ? {} : { group }) },
      patient: {
        bornOn: person.dateOfBirth,
        firstName: cut(person.firstName, FIRST_NAME_CHARACTERS),
        lastName: cut(person.lastName, LAST_NAME_CHARACTERS),
      },
    },
    transactions: [],
  }
}

const FIRST_NAME_CHARACTERS = 12
const LAST_NAME_CHARACTERS = 15

/** Payers compare the beginning of a name, in plain capitals. */
function cut(name: string, charactersMax: number): string {
  const plain = name.normalize("NFD").replace(/[^A-Za-z -]/g, "")
  return plain.toUpperCase().slice(0, charactersMax).trim() || "X"
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

function judged(outcome: Outcome): Pick<Checked, "isEligible" | "rejects"> {
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

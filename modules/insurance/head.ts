/** How every transmission to a payer begins: which pharmacy, which card, whose. */
import type { Card } from "./contract.ts"

const SOFTWARE = "MORTAR"
/** Of a national provider identifier. */
export const NPI = "01"

const FIRST_NAME_CHARACTERS = 12
const LAST_NAME_CHARACTERS = 15

export interface About {
  readonly card: Card
  readonly npi: string
  readonly today: string
  readonly person: {
    readonly firstName: string
    readonly lastName: string
    readonly dateOfBirth: string
  }
}

export function headOf({ card, npi, today, person }: About) {
  const { bin, pcn = "", group, member } = card
  return {
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
  }
}

/** Payers compare the beginning of a name, in plain capitals. */
function cut(name: string, charactersMax: number): string {
  const plain = name.normalize("NFD").replace(/[^A-Za-z -]/g, "")
  return plain.toUpperCase().slice(0, charactersMax).trim() || "X"
}

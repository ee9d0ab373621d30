/** What a pharmacist types of a prescription that moves, as the contract takes it. */
import type { TransferRecord, Wanted } from "../../../../modules/transfers/contract.ts"
import type { English } from "../say.ts"

export type Field = Wanted["field"]
/** As typed; what is left empty is not sent. */
export type Typed = Partial<Record<Field, string>>

export const labels: Readonly<Record<Field, English>> = {
  otherAddress: "Address of the other pharmacy",
  otherDea: "DEA number of the other pharmacy",
  otherRxNumber: "Number of the prescription there",
  writtenOn: "Written on",
  firstFilledOn: "First filled on",
  refillsAuthorised: "Refills authorised",
  refillsLeft: "Refills left",
  refillsBefore: "Refilled before, when and where",
  filledFirstAt: "Where it was filled first",
}

export const fields: readonly Field[] = [
  ...(["otherAddress", "otherDea", "otherRxNumber", "writtenOn", "firstFilledOn"] as const),
  ...(["refillsAuthorised", "refillsLeft", "refillsBefore", "filledFirstAt"] as const),
]
export const days: readonly Field[] = ["writtenOn", "firstFilledOn"]
export const counts: readonly Field[] = ["refillsAuthorised", "refillsLeft"]

const DEA = /^[A-Z][A-Z9]\d{7}$/
const COUNT = /^\d{1,2}$/

/** Whether a field may be sent as it is typed. */
export function isFit(field: Field, typed: string): boolean {
  if (typed === "") return true
  if (field === "otherDea") return DEA.test(typed.toUpperCase())
  return !counts.includes(field) || COUNT.test(typed)
}

export function recordOf(typed: Typed): TransferRecord {
  const { refillsAuthorised, refillsLeft, otherDea, ...words } = trimmed(typed)
  return {
    ...words,
    ...(otherDea === undefined ? {} : { otherDea: otherDea.toUpperCase() }),
    ...(refillsAuthorised === undefined ? {} : { refillsAuthorised: Number(refillsAuthorised) }),
    ...(refillsLeft === undefined ? {} : { refillsLeft: Number(refillsLeft) }),
  }
}

function trimmed(typed: Typed): Typed {
  const entries = Object.entries(typed).map(([field, text]) => [field, text.trim()] as const)
  return Object.fromEntries(entries.filter(([, text]) => text !== ""))
}

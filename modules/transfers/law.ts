/**
 * What has to be written down when a controlled prescription moves, by direction, as rows with
 * their source (21 CFR 1306.25(b), for schedules III to V). In our own words; counsel reads them.
 */
import type { Transfer, TransferRecord, Wanted } from "./contract.ts"

interface Row extends Wanted {
  readonly directions: readonly Transfer["direction"][]
}

const source = "21 CFR 1306.25(b)"
const both = ["in", "out"] as const
const moving = ["in"] as const

const rows: readonly Row[] = [
  {
    ...{ field: "otherAddress", directions: both, source },
    is: "The address of the other pharmacy.",
  },
  {
    ...{ field: "otherDea", directions: both, source },
    is: "The DEA number of the other pharmacy.",
  },
  {
    ...{ field: "otherRxNumber", directions: moving, source },
    is: "The number that the prescription had there.",
  },
  { ...{ field: "writtenOn", directions: moving, source }, is: "The day it was written." },
  {
    ...{ field: "firstFilledOn", directions: moving, source },
    is: "The day it was filled first.",
  },
  {
    ...{ field: "refillsAuthorised", directions: moving, source },
    is: "How many refills the prescriber authorised.",
  },
  { ...{ field: "refillsLeft", directions: moving, source }, is: "How many refills are left." },
  {
    ...{ field: "refillsBefore", directions: moving, source },
    is: "When and where it was refilled before.",
  },
]

export function wantedFor(direction: Transfer["direction"]): Wanted[] {
  return rows
    .filter(({ directions }) => directions.some((one) => one === direction))
    .map(({ directions: _, ...wanted }) => wanted)
}

export function isComplete(direction: Transfer["direction"], record: TransferRecord): boolean {
  return wantedFor(direction).every(({ field }) => record[field] !== undefined)
}

/** How the pharmacy is set up: taken from the site's facts, and checked beyond its schema. Pure. */
import { IANAZone } from "luxon"
import type { FaultCode } from "#core/contract.ts"
import type { Hours, Site } from "#core/site.ts"
import { isNpiPossible } from "../../pms-adapters/ncpdp/npi.ts"
import type { SetUp, storeInfo } from "./contract.ts"

type Facts = Pick<
  Site,
  "name" | "spokenName" | "npi" | "address" | "timeZone" | "hours" | "holidays" | "phones"
>

/** The parts of the set-up, out of the facts as the site file has them. */
export function setUpOf({ hours, holidays, phones, ...facts }: Facts): SetUp {
  const { name, spokenName, npi, address, timeZone } = facts
  return { pharmacy: { name, spokenName, npi, address, timeZone }, hours, holidays, phones }
}

/** The same, as the site file has them. */
export function factsOf({ pharmacy, ...rest }: SetUp): Facts {
  return { ...pharmacy, ...rest }
}

/** What is wrong with parts that fit their schema; undefined when nothing is. */
export function troubleWith(
  parts: Partial<SetUp>,
): Exclude<FaultCode<typeof storeInfo, "change">, "stale"> | undefined {
  const { pharmacy, hours, holidays = [] } = parts
  if (pharmacy && !isNpiPossible(pharmacy.npi)) return "npi_wrong"
  if (pharmacy && !IANAZone.isValidZone(pharmacy.timeZone)) return "zone_unknown"
  const days = [...(hours ? Object.values(hours) : []), ...holidays.map((day) => day.hours ?? [])]
  if (!days.every(followEachOther)) return "spans_wrong"
  const dates = new Set(holidays.map(({ on }) => on))
  return dates.size < holidays.length ? "day_twice" : undefined
}

function followEachOther(spans: Hours["monday"]): boolean {
  const times = spans.flatMap(({ opens, closes }) => [opens, closes])
  return times.every((time, place) => place === 0 || (times[place - 1] ?? "") < time)
}

/** How the pharmacy is set up: taken from the site's facts, and checked beyond its schema. Pure. */
import { IANAZone } from "luxon"
import type { FaultCode } from "#core/contract.ts"
import type { Hours, Site } from "#core/site.ts"
import { isNpiPossible } from "../../pms-adapters/ncpdp/npi.ts"
import type { SetUp, storeInfo } from "./contract.ts"

type Facts = Pick<
  Site,
  | "name"
  | "spokenName"
  | "npi"
  | "address"
  | "timeZone"
  | "hours"
  | "holidays"
  | "phones"
  | "facts"
  | "greeting"
>

/** The parts of the set-up, out of the facts as the site file has them. */
export function setUpOf({ name, spokenName, npi, address, timeZone, ...parts }: Facts): SetUp {
  const { hours, holidays, phones, facts, greeting } = parts
  const pharmacy = { name, spokenName, npi, address, timeZone }
  return { pharmacy, hours, holidays, phones, facts, greeting }
}

/** The same, as the site file has them. */
export function factsOf({ pharmacy, ...rest }: SetUp): Facts {
  return { ...pharmacy, ...rest }
}

type Trouble = Exclude<FaultCode<typeof storeInfo, "change">, "stale"> | undefined

/** What is wrong with parts that fit their schema, beside those that stay. */
export function troubleWith(parts: Partial<SetUp>, now: SetUp): Trouble {
  const { pharmacy, hours, holidays = [], facts = [] } = parts
  if (pharmacy && !isNpiPossible(pharmacy.npi)) return "npi_wrong"
  if (pharmacy && !IANAZone.isValidZone(pharmacy.timeZone)) return "zone_unknown"
  const days = [...(hours ? Object.values(hours) : []), ...holidays.map((day) => day.hours ?? [])]
  if (!days.every(followEachOther)) return "spans_wrong"
  const dates = new Set(holidays.map(({ on }) => on))
  if (dates.size < holidays.length) return "day_twice"
  return troubleWithFacts(facts) ?? troubleWithGreeting({ ...now, ...parts })
}

function troubleWithFacts(facts: SetUp["facts"]): Trouble {
  const beginnings = new Set(facts.map(({ topic, since }) => `${topic} ${since}`))
  if (beginnings.size < facts.length) return "fact_twice"
  const endEarly = facts.some(({ since, until = since }) => until < since)
  return endEarly ? "fact_ends_early" : undefined
}

/** Whoever calls has to hear where they are, also after the name was changed. */
function troubleWithGreeting({ greeting, pharmacy }: SetUp): Trouble {
  const name = plain(pharmacy.spokenName)
  const all = [greeting.en, greeting.es].filter((words) => words !== undefined)
  return all.every((words) => plain(words).includes(name)) ? undefined : "greeting_nameless"
}

function plain(words: string): string {
  return words.toLowerCase().replaceAll(/\s+/g, " ").trim()
}

function followEachOther(spans: Hours["monday"]): boolean {
  const times = spans.flatMap(({ opens, closes }) => [opens, closes])
  return times.every((time, place) => place === 0 || (times[place - 1] ?? "") < time)
}

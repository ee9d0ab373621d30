/** Which fact holds today. A fact that is not yet true, or no longer, is none. Pure. */
import type { Fact } from "#core/site.ts"

/** The fact of a topic on a day; of several the one that became true last. */
export function factToday(facts: readonly Fact[], topic: string, today: string): Fact | undefined {
  return facts
    .filter((fact) => fact.topic === topic && fact.since <= today)
    .filter(({ until }) => until === undefined || today <= until)
    .toSorted((one, other) => other.since.localeCompare(one.since))[0]
}

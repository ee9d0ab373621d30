/** What the pharmacy says of itself, as far as it may be said. It mends no sentence: what must
 * never be said is left out, and so is told by a person. */
import type { Fact } from "#core/site.ts"
import { knownTopics } from "../slots/topics.ts"
import { mustNeverBeSaid } from "./never-say.ts"
import type { Facts } from "./placeholders.ts"

/** Every sentence of the site that may be said, by language. */
export function factsOf(facts: readonly Fact[]): Facts {
  const sayable = facts.filter(({ says }) => !isForbidden(says))
  const all = (language: "en" | "es") => new Set(sayable.map(({ says }) => says[language]))
  return { en: all("en"), es: all("es") }
}

/** Topics that nobody will be told of: not heard in any words, or never to be said. */
export function topicsInVain(facts: readonly Fact[]): readonly string[] {
  return facts
    .filter(({ topic, says }) => !knownTopics.includes(topic) || isForbidden(says))
    .map(({ topic }) => topic)
}

function isForbidden({ en, es }: Fact["says"]): boolean {
  return mustNeverBeSaid(en) || mustNeverBeSaid(es)
}

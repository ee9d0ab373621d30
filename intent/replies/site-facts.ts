/** What the pharmacy says of itself, as far as it may be said. It mends no sentence: what must
 * never be said is left out, and so is told by a person. */
import type { Fact, Greeting } from "#core/site.ts"
import { knownTopics } from "../slots/topics.ts"
import { mustNeverBeSaid } from "./never-say.ts"
import { troubleWithGreeting } from "./own-greeting.ts"
import type { Facts } from "./placeholders.ts"

/** Every sentence of the site that may be said, by language. */
export function factsOf(facts: readonly Fact[]): Facts {
  const sayable = facts.filter(({ says }) => !isForbidden(says))
  const all = (language: "en" | "es") => new Set(sayable.map(({ says }) => says[language]))
  return { en: all("en"), es: all("es") }
}

/** The greetings of the site that may be said, by language. */
export function greetingsOf({ en, es }: Greeting): Facts {
  const only = (words: string | undefined) =>
    new Set(words === undefined || troubleWithGreeting(words) ? [] : [words])
  return { en: only(en), es: only(es) }
}

/** Both together: what is the site's own stays so until the next start, whichever is told. */
export function allOf(one: Facts, other: Facts): Facts {
  return { en: new Set([...one.en, ...other.en]), es: new Set([...one.es, ...other.es]) }
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

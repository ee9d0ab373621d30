/** Which of the things a pharmacy can tell of itself is asked about. It reads words alone, and
 * knows no answer: which of them this pharmacy has a sentence for is not its concern. */
import { Type as t } from "typebox"
import { Topic } from "#core/site.ts"
import { wordsOf } from "../words.ts"
import { readYaml } from "../yaml-file.ts"

const TOPICS_MAX = 4

const Rule = t.Object({
  all: t.Array(t.String(), { minItems: 1 }),
  /** What is no longer asked about when this is: "how much is a flu shot" is about no vaccine. */
  hides: t.Optional(t.Array(Topic)),
})
const File = t.Object({ price: t.String(), topics: t.Record(Topic, Rule) })

const { price, topics } = readYaml(File, new URL("./topics.yaml", import.meta.url))

const rules = Object.entries(topics).map(([topic, { all, hides = [] }]) => ({
  topic,
  hides,
  all: all.map((pattern) => new RegExp(pattern === "PRICE" ? price : pattern)),
}))

/** Every topic that can be heard. */
export const knownTopics: readonly string[] = rules.map(({ topic }) => topic)

/** The topics in an utterance, in the order of the file; a more particular one hides the others. */
export function topicsIn(text: string): string[] {
  const said = wordsOf(text).join(" ")
  const found = rules.filter(({ all }) => all.every((pattern) => pattern.test(said)))
  const hidden = new Set(found.flatMap(({ hides }) => hides))
  return found
    .map(({ topic }) => topic)
    .filter((topic) => !hidden.has(topic))
    .slice(0, TOPICS_MAX)
}

/** What people say beside an answer: wait, why, are you there. The words are in asides.yaml. */
import { Type as t } from "typebox"
import { wordsOf } from "../words.ts"
import { readYaml } from "../yaml-file.ts"
import { type Aside, asides } from "./kinds.ts"
import { Parts, patternsWith } from "./patterns.ts"

const Rule = t.Object({
  all: t.Array(t.String(), { minItems: 1 }),
  butNot: t.Optional(t.String()),
})
const File = t.Object({ parts: Parts, asides: t.Record(t.Enum(asides), Rule) })

const file = readYaml(File, new URL("./asides.yaml", import.meta.url))
const pattern = patternsWith(file.parts)
const rules = asides.map((aside) => {
  const { all, butNot } = file.asides[aside]
  return {
    aside,
    all: all.map(pattern),
    butNot: butNot === undefined ? undefined : pattern(butNot),
  }
})

/** What the words are beside any answer; undefined when they are one, or a wish. */
export function asideIn(text: string): Aside | undefined {
  const words = wordsOf(text).join(" ")
  return rules.find(({ all, butNot }) => all.some((one) => one.test(words)) && !butNot?.test(words))
    ?.aside
}

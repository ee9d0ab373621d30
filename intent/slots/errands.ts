/** What callers want and no command carries out by itself. The words are in errands.yaml. */
import { Type as t } from "typebox"
import { wordsOf } from "../words.ts"
import { readYaml } from "../yaml-file.ts"
import { errands, type Slots } from "./kinds.ts"
import { Parts, patternsWith } from "./patterns.ts"

const File = t.Object({
  parts: Parts,
  errands: t.Record(t.Enum(errands), t.Array(t.String(), { minItems: 1 })),
})

const file = readYaml(File, new URL("./errands.yaml", import.meta.url))
const pattern = patternsWith(file.parts)
const rules = errands.map((kind) => ({ kind, all: file.errands[kind].map(pattern) }))

/** The errand in an utterance, and the words beside it; undefined when there is none. */
export function errandIn(text: string): Slots["errand"] {
  const words = wordsOf(text).join(" ")
  for (const { kind, all } of rules) {
    const found = all.find((one) => one.test(words))
    if (found) return { kind, beside: words.replace(found, " ").replaceAll(/ +/g, " ").trim() }
  }
  return undefined
}

/** Lines of rambling callers with what stands in them, to measure models and rules by. */
import { type Static, Type as t } from "typebox"
import type { Description } from "../slots/description.ts"
import { wordsOf } from "../words.ts"
import { readYaml } from "../yaml-file.ts"

const Line = t.Object({
  says: t.String(),
  prescriber: t.Optional(t.String()),
  told: t.Array(t.String()),
})
type Line = Static<typeof Line>

export const rambling: readonly Line[] = readYaml(
  t.Array(Line),
  new URL("./rambling.yaml", import.meta.url),
)

/** All that was told was found, and no doctor beside. */
export function isRight({ prescriber = "", told }: Line, found: Description): boolean {
  const words = wordsOf((found.described ?? []).join(" "))
  const isFound = told.flatMap(wordsOf).every((word) => words.includes(word))
  return isFound && wordsOf(found.prescriber ?? "").join(" ") === wordsOf(prescriber).join(" ")
}

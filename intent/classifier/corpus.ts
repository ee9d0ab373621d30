/** What callers say for each intent, from en/*.yaml and es/*.yaml: examples to learn from and
 * others, never learnt from, to test with. `none` is what a pharmacy cannot help with. */
import { readdirSync } from "node:fs"
import { Type as t } from "typebox"
import { Value } from "typebox/value"
import { IntentName, type Language } from "../contract.ts"
import { readYaml } from "../yaml-file.ts"

export const Label = t.Union([...IntentName.anyOf, t.Literal("none")])
export type Label = IntentName | "none"

const File = t.Object({
  /** One sentence for the reader: what a caller who says this wants. */
  means: t.String(),
  /** Regular expressions over plain words; a hit is one more feature, never a verdict. */
  keywords: t.Optional(t.Array(t.String())),
  says: t.Array(t.String({ minLength: 1 }), { minItems: 20 }),
  tests: t.Array(t.String({ minLength: 1 }), { minItems: 20 }),
})

export interface Example {
  readonly text: string
  readonly label: number
}

export interface Corpus {
  readonly language: Language
  readonly labels: readonly Label[]
  /** One sentence a label: what a caller who is given it wants. */
  readonly means: readonly string[]
  readonly says: readonly Example[]
  readonly tests: readonly Example[]
  /** Keyword rules in a fixed order. */
  readonly keywords: readonly RegExp[]
}

/** Every intent file of a language, in the order of their names, which both languages share. */
export function readCorpus(language: Language = "en"): Corpus {
  const folder = new URL(`../${language}/`, import.meta.url)
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
  const files = names.map((name) => readYaml(File, new URL(name, folder)))
  const examples = (list: "says" | "tests") =>
    files.flatMap((file, label) => file[list].map((text) => ({ text, label })))
  return {
    language,
    labels: names.map((name) => Value.Parse(Label, name.replace(/\.yaml$/, ""))),
    means: files.map(({ means }) => means),
    says: examples("says"),
    tests: examples("tests"),
    keywords: files.flatMap((file) => (file.keywords ?? []).map((rule) => new RegExp(rule))),
  }
}

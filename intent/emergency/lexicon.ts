/** The lexicon of danger as compiled patterns. Data in en.yaml and es.yaml, read once. */
import { Type as t } from "typebox"
import { EmergencyFamily } from "../contract.ts"
import { readYaml } from "../yaml-file.ts"
import { compilePattern, type Pattern } from "./pattern.ts"

const Lines = t.Array(t.String({ minLength: 2 }))
const families = EmergencyFamily.anyOf.map((member) => member.const)

const File = t.Object({
  idioms: Lines,
  purposes: t.Object({ before: t.String(), words: Lines, after: Lines }),
  history: Lines,
  now: t.String(),
  families: t.Object({
    heart_stroke_breathing: Lines,
    anaphylaxis: Lines,
    overdose_poison: Lines,
    self_harm: Lines,
    sugar_bleeding_pregnancy_infant: Lines,
    violence: Lines,
    animal_poison: Lines,
  }),
  animals: t.Optional(t.String()),
  negators: t.String(),
})

export interface Trigger {
  readonly family: EmergencyFamily
  readonly pattern: Pattern
}

/** One language's words of danger, and the words that take the danger out of them. */
export interface Lexicon {
  readonly triggers: readonly Trigger[]
  readonly idioms: readonly Pattern[]
  readonly purposeBefore: Pattern
  readonly purposeWords: readonly Pattern[]
  readonly purposeAfter: readonly Pattern[]
  readonly history: readonly Pattern[]
  readonly now: Pattern
  readonly animals: Pattern | undefined
  readonly negators: Pattern
}

function readLexicon(name: string): Lexicon {
  const file = readYaml(File, new URL(name, import.meta.url))
  return {
    triggers: families.flatMap((family) =>
      file.families[family].map((line) => ({ family, pattern: compilePattern(line) })),
    ),
    idioms: file.idioms.map(compilePattern),
    purposeBefore: compilePattern(file.purposes.before),
    purposeWords: file.purposes.words.map(compilePattern),
    purposeAfter: file.purposes.after.map(compilePattern),
    history: file.history.map(compilePattern),
    now: compilePattern(file.now),
    animals: file.animals === undefined ? undefined : compilePattern(file.animals),
    negators: compilePattern(file.negators),
  }
}

export const lexicons: readonly Lexicon[] = [readLexicon("./en.yaml"), readLexicon("./es.yaml")]

/** The lexicon of danger as compiled patterns. Data in en.yaml and es.yaml, read once. */
import { type Static, Type as t } from "typebox"
import { EmergencyFamily } from "../contract.ts"
import { readYaml } from "../yaml-file.ts"
import { compilePattern, type Pattern } from "./pattern.ts"

const Lines = t.Array(t.String({ minLength: 2 }))
const families = EmergencyFamily.anyOf.map((member) => member.const)

const Families = t.Object({
  heart_stroke_breathing: Lines,
  anaphylaxis: Lines,
  overdose_poison: Lines,
  self_harm: Lines,
  sugar_bleeding_pregnancy_infant: Lines,
  violence: Lines,
  animal_poison: Lines,
})

const File = t.Object({
  idioms: Lines,
  purposes: t.Object({ before: t.String(), words: Lines, after: Lines }),
  history: Lines,
  now: t.String(),
  families: Families,
  /** May mean danger or nothing: always one question. */
  doubtful: t.Optional(t.Partial(Families)),
  animals: t.Optional(t.String()),
  negators: t.String(),
})

export interface Trigger {
  readonly family: EmergencyFamily
  readonly pattern: Pattern
  /** Never more than a question. */
  readonly isDoubtful: boolean
}

/** The words of danger, and the words that take the danger out of them. Both languages in one: a
 * caller may change language in the middle of a sentence. */
export interface Lexicon {
  readonly triggers: readonly Trigger[]
  readonly idioms: readonly Pattern[]
  readonly purposesBefore: readonly Pattern[]
  readonly purposeWords: readonly Pattern[]
  readonly purposesAfter: readonly Pattern[]
  readonly history: readonly Pattern[]
  readonly now: readonly Pattern[]
  readonly animals: readonly Pattern[]
  readonly negators: readonly Pattern[]
}

const files = ["./en.yaml", "./es.yaml"].map((name) =>
  readYaml(File, new URL(name, import.meta.url)),
)

function compiled(lines: (file: Static<typeof File>) => readonly string[]): Pattern[] {
  return files.flatMap((file) => lines(file).map(compilePattern))
}

function triggers(
  family: EmergencyFamily,
  lines: (file: Static<typeof File>) => readonly string[],
  isDoubtful = false,
): Trigger[] {
  return compiled(lines).map((pattern) => ({ family, pattern, isDoubtful }))
}

export const lexicon: Lexicon = {
  triggers: [
    ...families.flatMap((family) => triggers(family, (file) => file.families[family])),
    ...families.flatMap((family) =>
      triggers(family, (file) => file.doubtful?.[family] ?? [], true),
    ),
  ],
  idioms: compiled((file) => file.idioms),
  purposesBefore: compiled((file) => [file.purposes.before]),
  purposeWords: compiled((file) => file.purposes.words),
  purposesAfter: compiled((file) => file.purposes.after),
  history: compiled((file) => file.history),
  now: compiled((file) => [file.now]),
  animals: compiled((file) => (file.animals === undefined ? [] : [file.animals])),
  negators: compiled((file) => [file.negators]),
}

/** Whether words are about a controlled drug, whoever's it is. On doubt they are. */
import { findNames } from "./names.ts"
import { drugs } from "./table.ts"
import { wordsOf } from "./words.ts"

/** How close a name must come: a pharmacist who looks once too often does no harm. */
const CLOSE = 0.85

const entries = drugs.map((drug) => ({ of: drug, sounds: drug.sounds }))

/** What such drugs are called without a name, in English and in Spanish. */
const kinds = new RegExp(
  "\\b(controlled|narcotics?|opioids?|opiates?|schedule (two|three|four)|" +
    "(pain|sleeping|nerve|anxiety) (pills?|meds?|medicines?|medications?|killers?)|painkillers?|" +
    "controlad[oa]s?|narcoticos?|opioides?|" +
    "(pastillas?|medicinas?|tabletas?) (para|de|del|contra) (el |la |los )?" +
    "(dolor|dormir|sueno|nervios|ansiedad))\\b",
)

export function namesControlled(text: string): boolean {
  const words = wordsOf(text)
  if (kinds.test(words.join(" "))) return true
  return findNames(words, entries, CLOSE).some(({ best }) => best.of.schedule !== "none")
}

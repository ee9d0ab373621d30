/** The lists the layers and the gate go by, read once from words/. It holds no rule, and no name
 * that is not an ordinary word as well. */
import { Type as t } from "typebox"
import { readYaml } from "../yaml-file.ts"
import { folded } from "./folding.ts"

const Words = t.String()
const Phrases = t.Array(t.String())

const lists = readYaml(
  t.Object(
    {
      grammar: Words,
      grammarSpanish: Words,
      notNames: Words,
      hesitations: Words,
      nameCues: Phrases,
      softCues: Phrases,
      relatives: Words,
      capitals: Words,
      strongTitles: Words,
      titles: Words,
      afterName: Words,
      months: Words,
      weekdays: Words,
      ordinals: Words,
      softOrdinals: Words,
      spellCues: Words,
      birthCues: Words,
      units: Words,
      strongUnits: Words,
      streetSuffixes: Words,
      streetPrefixes: Words,
      streetParts: Words,
      placeCues: Phrases,
      emailAt: Words,
      emailEnds: Words,
      pharmacyWords: Words,
      particles: Words,
      letterFriends: Words,
      enye: Words,
      codes: Words,
      endsNames: Words,
      beforeNames: Words,
      afterCut: Words,
      numberCues: t.Record(t.String(), Words),
    },
    { additionalProperties: false },
  ),
  new URL("words/lists.yaml", import.meta.url),
)

const names = readYaml(
  t.Object(
    { alsoWords: Words, besideWords: Words, nicknames: t.Array(Words) },
    { additionalProperties: false },
  ),
  new URL("words/names.yaml", import.meta.url),
)

const Language = t.Object({ words: Words }, { additionalProperties: false })
const english = readYaml(Language, new URL("words/en.yaml", import.meta.url))
const spanish = readYaml(Language, new URL("words/es.yaml", import.meta.url))

function listOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "")
}

function setOf(text: string): ReadonlySet<string> {
  return new Set(listOf(text))
}

function phrasesOf(phrases: readonly string[]): readonly (readonly string[])[] {
  return phrases.map(listOf)
}

export const grammarWords: ReadonlySet<string> = new Set([
  ...listOf(lists.grammar),
  ...listOf(lists.grammarSpanish),
])
export const notNames = setOf(lists.notNames)
export const hesitations = setOf(lists.hesitations)
export const nameCues = phrasesOf(lists.nameCues)
export const softCues = phrasesOf(lists.softCues)
export const relatives = setOf(lists.relatives)
export const capitals = setOf(lists.capitals)
export const strongTitles = setOf(lists.strongTitles)
export const titles = setOf(lists.titles)
export const afterName = setOf(lists.afterName)
export const months = setOf(lists.months)
export const weekdays = setOf(lists.weekdays)
export const ordinals = setOf(lists.ordinals)
export const softOrdinals = setOf(lists.softOrdinals)
export const spellCues = setOf(lists.spellCues)
export const birthCues = setOf(lists.birthCues)
export const units = setOf(lists.units)
export const strongUnits = setOf(lists.strongUnits)
export const streetSuffixes = setOf(lists.streetSuffixes)
export const streetPrefixes = setOf(lists.streetPrefixes)
export const streetParts = setOf(lists.streetParts)
export const streetWords: ReadonlySet<string> = new Set([...streetSuffixes, ...streetParts])
export const placeCues = phrasesOf(lists.placeCues)
export const emailAt = setOf(lists.emailAt)
export const emailEnds = setOf(lists.emailEnds)
export const pharmacyWords = setOf(lists.pharmacyWords)
export const particles = setOf(lists.particles)
export const letterFriends = setOf(lists.letterFriends)
export const codes = setOf(lists.codes)

export const numberCues = Object.entries(lists.numberCues).map(([type, words]) => ({
  type,
  words: setOf(words),
}))

/** Ordinary words that are also somebody's name: a name where a name may stand. */
export const nameWords = setOf(names.alsoWords)

/** Ordinary words that are a name only beside another one: "Minh Gold", "my son Chase". */
export const besideWords = setOf(names.besideWords)

const LONG_AFTER_CUT = 6

/** Words of every call. One that is nearly somebody's name is still the word. */
export const everydayWords = setOf(lists.endsNames)

/** No name is made of these: where one stands, a name has ended or has not begun. */
export const endsNames: ReadonlySet<string> = new Set(
  [...everydayWords].filter((word) => !nameWords.has(word) && !besideWords.has(word)),
)
/** Words after which a name begins, and which are themselves no first half of one. */
export const opensNames: ReadonlySet<string> = new Set([
  ...relatives,
  ...titles,
  ...listOf(lists.beforeNames),
])
/** What may stand before a name where none was expected. */
export const beforeNames: ReadonlySet<string> = new Set([...endsNames, ...opensNames])
/** The same where a turn ended, and a name may have been cut in two. */
export const endsNamesCut: ReadonlySet<string> = new Set([
  ...[...endsNames].filter((word) => word.length >= LONG_AFTER_CUT),
  ...listOf(lists.afterCut),
])

const nicknames = names.nicknames.map(listOf)

/** Every other name that people of this first name go by. */
export function nicknamesOf(first: string): readonly string[] {
  return nicknames.filter((group) => group.includes(first)).flat()
}

const ordinary: ReadonlySet<string> = new Set(
  [
    english.words,
    spanish.words,
    lists.grammar,
    lists.grammarSpanish,
    lists.notNames,
    lists.relatives,
    lists.titles,
    lists.capitals,
    lists.hesitations,
    lists.units,
    lists.spellCues,
    lists.birthCues,
    lists.softOrdinals,
    lists.letterFriends,
  ].flatMap((text) => listOf(folded(text))),
)
const spanishWords = new Set(
  [spanish.words, lists.grammarSpanish, lists.relatives, lists.units].flatMap(listOf),
)

const englishWords = new Set(
  [english.words, lists.grammar, lists.units, lists.capitals].flatMap(listOf),
)

/** Ordinary in Spanish and not in English. */
export function isOnlySpanish(word: string): boolean {
  return spanishWords.has(word) && !englishWords.has(word)
}

/** Ordinary in English and not in Spanish. */
export function isOnlyEnglish(word: string): boolean {
  return englishWords.has(word) && !spanishWords.has(word)
}

/** An ordinary word of English or Spanish, or of the pharmacy. */
export function isOrdinary(word: string): boolean {
  return ordinary.has(word)
}

const wordsWithEnye = setOf(lists.enye)

/** Of Spanish alone: what a word with an accent must be to be ordinary. */
export function isOrdinarySpanish(word: string, hasEnye: boolean): boolean {
  return (hasEnye ? wordsWithEnye : spanishWords).has(word)
}

/** Full names: said, introduced ("this is Maria Lopez calling") or spelt. Spelling wins over what
 * was heard. It reads names out of words and never checks them against anybody. */
import { distance } from "fastest-levenshtein"
import { Type as t } from "typebox"
import { wordsOf } from "../words.ts"
import { readYaml } from "../yaml-file.ts"
import { digitRuns } from "./numbers.ts"

export interface SaidName {
  first?: string
  last?: string
  spelled: boolean
}

const Words = t.String({ minLength: 1 })
const Letters = t.Record(t.String({ pattern: "^[a-z]{1,2}$" }), t.String())
const File = t.Object({
  ...{ introductions: Words, looseIntroductions: Words, common: Words, notNames: Words },
  ...{ between: Words, telling: Words, months: Words, days: Words, birth: Words, leads: Words },
  ...{ openings: Words, nato: Words, letters: Letters },
  lettersOfTwo: t.Record(t.String({ pattern: "^[a-z]$" }), t.Array(t.String())),
})
const file = readYaml(File, new URL("./names.yaml", import.meta.url))

const listed = (words: string) => new Set(words.trim().split(/\s+/))
const lines = (text: string) => text.trim().split("\n")

const introductions = lines(file.introductions).map((phrase) => phrase.split(" "))
const looseIntroductions = new Set(lines(file.looseIntroductions))
const commonWords = listed(file.common)
const notNames = listed(file.notNames)
const passedOver = listed(file.between)
const telling = listed(file.telling)
const monthWords = listed(file.months)
const dayWords = listed(file.days)
const birthWords = listed(file.birth)
const beforeSentence = listed(file.leads)
const opening = new RegExp(`^(${lines(file.openings).join("|")})\\b`)
const nato = new Map([...listed(file.nato)].map((word) => [word, word.slice(0, 1)]))
const spokenLetters = new Map(
  Object.entries(file.letters).flatMap(([letter, names]) =>
    [...listed(names)].map((name) => [name, letter]),
  ),
)
const lettersOfTwo = new Map(
  Object.entries(file.lettersOfTwo).flatMap(([letter, names]) =>
    names.map((name) => [name, letter]),
  ),
)

const MOST_NAME_WORDS = 5

function opensASentence(words: readonly string[]): boolean {
  return opening.test(withoutLeads(words).join(" "))
}

/** "Oh, sorry, yes, Grace Kim": what stands before a name or a sentence. */
function withoutLeads(words: readonly string[]): readonly string[] {
  const from = words.findIndex((word) => !beforeSentence.has(word))
  return from < 0 ? [] : words.slice(from)
}

/** A full stop that ends a sentence, and not "Robert T. Jones" or "St. James". */
const sentenceEnd = /(?<!\b(?:\w|st|jr|sr|mr|mrs|ms|dr))[.?!]+\s+/i

/** The name in an utterance: anywhere after an introduction, and bare when a name was asked for. */
export function nameIn(text: string, isAsked: boolean): SaidName | undefined {
  const sentences = text.split(sentenceEnd)
  if (!isAsked || sentences.length < 2) return nameOf(text, isAsked)
  // "I was finding my glasses. Grace Kim. Hold on, the cat wants out": one sentence is the name.
  const spelling = sentences.findLast((one) => nameOf(one, true)?.spelled)
  const partsMin = spelling === undefined ? 2 : 1
  const own = sentences.findLast((one) => one !== spelling && isAName(one, partsMin))
  const told = [own, spelling].filter((one) => one !== undefined)
  return nameOf(told.length > 0 ? told.join(". ") : text, true)
}

/** Whether a sentence begins with a name of so many parts at least, and with nothing else. */
function isAName(sentence: string, partsMin: number): boolean {
  const words = withoutLeads(wordsOf(sentence))
  const told = afterIntroduction(words, true) ?? words
  const found = nameWords(told)
  const isWhole = found.length >= partsMin && found.length <= 3
  return isWhole && !opensASentence(words) && found.every((word, at) => word === told[at])
}

function nameOf(text: string, isAsked: boolean): SaidName | undefined {
  const { words, spelt } = withoutSpelling(wordsOf(isAsked ? spacedOut(text) : text), isAsked)
  const introduced = nameWords(afterIntroduction(words, isAsked) ?? [])
  if (introduced.length === 0 && !isAsked) return undefined
  // "Maria, it's spelled l o p e z" introduces letters: the name stands before.
  const before = opensASentence(words) ? [] : nameWords(withoutLeads(words))
  const heard = introduced.length > 0 ? introduced : before
  if (heard.length === 0 && spelt.length === 0) return undefined
  // Unasked, "this is too expensive" must not become somebody's name.
  const isLikely = heard.length === 2 || heard.length === 3
  if (!isAsked && (!isLikely || heard.some((word) => commonWords.has(word)))) return undefined
  return assemble(heard, spelt)
}

const capitals = /(?<![\w'’-])[A-Z]+(?:-[A-Z]+)*(?![\w'’-])/g

/** Ears write letters as capitals: "PRI-C-E", or "and a price PRICE". Two such words are words. */
function spacedOut(text: string): string {
  const runs = text.match(capitals)?.filter(isSpelling) ?? []
  return text.replace(capitals, (run) => {
    const isLetters = isSpelling(run) && (run.includes("-") || runs.length === 1)
    return isLetters ? [...run.replaceAll("-", "")].join(" ") : run
  })
}

function isSpelling(run: string): boolean {
  const letters = run.replaceAll("-", "").toLowerCase()
  return letters.length >= SHORTEST_SPELLING && !notNames.has(letters)
}

function afterIntroduction(words: readonly string[], isAsked: boolean): string[] | undefined {
  const isLikely = isAsked || words.some((word) => birthWords.has(word))
  for (const phrase of introductions) {
    if (!isLikely && looseIntroductions.has(phrase.join(" "))) continue
    for (let at = 0; at + phrase.length < words.length; at += 1) {
      if (phrase.every((word, index) => words[at + index] === word)) {
        return words.slice(at + phrase.length)
      }
    }
  }
  return undefined
}

/** The first stretch of words that can be a name; a digit or a month ends it. */
function nameWords(words: readonly string[]): string[] {
  const firstNumber = digitRuns(words)[0]?.from ?? words.length
  const found: string[] = []
  for (const [index, word] of words.entries()) {
    const isEnd = index >= firstNumber || (monthWords.has(word) && hasNumberNear(words, index))
    if (isEnd) break
    if (telling.has(word)) return []
    if (notNames.has(word)) {
      const isBetween = passedOver.has(word) && found.length < 2
      if (found.length > 0 && !isBetween) break
      continue
    }
    if (/^[a-z]{2,}$/.test(word) || isMiddleInitial(words, index, found.length)) found.push(word)
  }
  return saidOnce(found).slice(0, MOST_NAME_WORDS)
}

/** "Luis Ortiz, Luis Ortiz" is one name; ears that have too little to hear repeat it as well. */
function saidOnce(words: readonly string[]): string[] {
  const rounds = words.map((_, at) => at + 1)
  const round = rounds.find((one) => one > 1 && words.every((word, at) => word === words[at % one]))
  return words.slice(0, round)
}

/** "Robert T Jones": a letter between a first and a last name. */
function isMiddleInitial(words: readonly string[], at: number, found: number): boolean {
  return found === 1 && words[at] !== "i" && !notNames.has(words[at + 1] ?? "i")
}

/** "April Jones" is a name; "april third" is not. */
function hasNumberNear(words: readonly string[], at: number): boolean {
  const next = words[at + 1] === "the" ? words[at + 2] : words[at + 1]
  return next !== undefined && (/^\d/.test(next) || dayWords.has(next))
}

function assemble(heard: readonly string[], spelt: readonly string[]): SaidName {
  const words = heard.map(capitalised)
  const name: SaidName = { spelled: spelt.length > 0 }
  const first = words[0]
  if (words.length >= 2) {
    if (first) name.first = first
    name.last = words
      .slice(1)
      .filter((word, index, all) => index === 0 || word !== all[index - 1])
      .join(" ")
  } else if (first && isOnePart(first, spelt)) {
    name.last = first
  } else if (first) {
    name.first = first
  }
  for (const word of spelt) placeSpelt(name, word)
  return name
}

/** "Lopez, l o p e z" is the last name twice; "Maria, l o p e z" is a whole name. */
function isOnePart(word: string, [letters, ...others]: readonly string[]): boolean {
  if (letters === undefined || others.length > 0) return false
  return distance(letters, word.toLowerCase()) <= letters.length / 2
}

/** Spelt letters replace the part they resemble; the last name is what people spell. */
function placeSpelt(name: SaidName, letters: string): void {
  const word = capitalised(letters)
  const both = (name.first ?? "") + (name.last ?? "")
  if (name.first && name.last && letters === both.toLowerCase()) return
  const toFirst = name.first
    ? distance(letters, name.first.toLowerCase())
    : Number.POSITIVE_INFINITY
  const toLast = name.last ? distance(letters, name.last.toLowerCase()) : letters.length / 2
  if (toFirst < toLast && toFirst <= letters.length / 2) name.first = word
  else name.last = word
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const SHORTEST_SPELLING = 3
const SHORTEST_EXAMPLE = 3

/** Takes spelt letters out of the words: "l o p e z", "L as in Lima", "double l", "lima oscar". */
function withoutSpelling(
  words: readonly string[],
  isAsked: boolean,
): { words: string[]; spelt: string[] } {
  const rest: string[] = []
  const spelt: string[] = []
  for (let at = 0; at < words.length; ) {
    const run = spellingAt(words, at, isAsked)
    if (run) {
      spelt.push(run.letters)
      at = run.to
    } else {
      rest.push(words[at] ?? "")
      at += 1
    }
  }
  return { words: rest, spelt }
}

function spellingAt(
  words: readonly string[],
  from: number,
  isAsked: boolean,
): { letters: string; to: number } | undefined {
  let letters = ""
  let plainLetters = 0
  let at = from
  const next = () => letterAt(words, at) ?? misheardM(words[at], plainLetters)
  for (let step = next(); step; step = next()) {
    letters += step.letters
    plainLetters += step.isPlain ? 1 : 0
    at += step.length
  }
  if (letters.length < SHORTEST_SPELLING) return undefined
  // A run of words that only might be letters is believed when a name was asked for.
  return plainLetters >= 2 || isAsked ? { letters, to: at } : undefined
}

interface Letter {
  readonly letters: string
  /** Words it took. */
  readonly length: number
  readonly isPlain: boolean
}

/** "K, I, M" is heard as "K I am"; without two letters before it, it is only a word. */
function misheardM(word: string | undefined, plainLetters: number): Letter | undefined {
  return word === "am" && plainLetters >= 2 ? { letters: "m", length: 1, isPlain: true } : undefined
}

function letterAt(words: readonly string[], at: number): Letter | undefined {
  const word = words[at] ?? ""
  const ofTwo = lettersOfTwo.get(`${word} ${words[at + 1] ?? ""}`)
  if (ofTwo !== undefined) return { letters: ofTwo, length: 2, isPlain: true }
  if (word === "double" || word === "doble") {
    const next = letterAt(words, at + 1)
    return (
      next && { letters: next.letters.repeat(2), length: next.length + 1, isPlain: next.isPlain }
    )
  }
  const isPlain = /^[a-z]$/.test(word)
  const letter = isPlain ? word : (spokenLetters.get(word) ?? nato.get(word))
  if (letter === undefined) return undefined
  const isExplained = /^(as|like|for|de|como)$/.test(words[at + 1] ?? "")
  if (isExplained) {
    const skip = words[at + 2] === "in" || words[at + 2] === "en" ? 3 : 2
    const explained = words[at + skip] ?? ""
    // "A de avión", but "a de a" is three letters.
    if (explained.length >= SHORTEST_EXAMPLE && explained.startsWith(letter))
      return { letters: letter, length: skip + 1, isPlain: true }
  }
  return { letters: letter, length: 1, isPlain }
}

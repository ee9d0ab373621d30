/** The last look at the very text that would leave, by rules of its own: it shares word lists with
 * the layers but none of their code. In doubt nothing leaves, and the reason has no words in it. */
import { distance } from "fastest-levenshtein"
import type { Known } from "./known.ts"
import {
  beforeNames,
  endsNames,
  grammarWords,
  isOrdinary,
  pharmacyWords,
  units,
} from "./lexicon.ts"

export type Refusal = "digits_left" | "name_left" | "known_left" | "mark_left"

const placeholder = /\[[A-Z]+_\d+\]/g
const digitWords = new Map(
  (
    "zero:0 oh:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 cero:0 " +
    "uno:1 una:1 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 ten:10 " +
    "eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 " +
    "eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70 " +
    "eighty:80 ninety:90 diez:10 doce:12 trece:13 catorce:14 quince:15 veinte:20 treinta:30 " +
    "cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 noventa:90"
  )
    .split(" ")
    .map((pair) => {
      const [word = "", digits = ""] = pair.split(":")
      return [word, digits] as const
    }),
)
const monthsLeft = new Set(
  (
    "january february march april june july august september october november december enero " +
    "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
  ).split(" "),
)
/** "And", "is" between two people; "I" and its like. */
const mayFollow: ReadonlySet<string> = new Set([
  ...[...endsNames, ...units, ...digitWords.keys()],
  ...["in", "to", "a", "uh", "um", "s"],
])
const mayPrecede: ReadonlySet<string> = new Set([...beforeNames, ...mayFollow])
const LONGEST_RUN = 2
const SHORTEST_LOOSE = 5
const SHORTEST_KNOWN = 4

/** Why the texts may not leave, or nothing. */
export function refusalOf(
  texts: readonly string[],
  { known, drugs }: { known: Known; drugs: readonly string[] },
): Refusal | undefined {
  const bare = texts.map((text) => text.replace(placeholder, " | "))
  if (bare.some((text) => /[[\]@]|https?:|www\./i.test(text))) return "mark_left"
  const drugWords = new Set(drugs.flatMap(wordsIn))
  if (hasDigits(bare, drugWords)) return "digits_left"
  const words = bare.flatMap(wordsIn)
  if (words.some((word) => !isListed(word, drugWords)) || isSpelt(bare)) return "name_left"
  if (texts.some((text) => isNameLeftBeside(text, drugWords))) return "name_left"
  return isKnownLeft(bare, known, drugWords) ? "known_left" : undefined
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’‘`´]/g, "")
    .toLowerCase()
}

function wordsIn(text: string): string[] {
  return fold(text).match(/[\p{L}]+/gu) ?? []
}

function isListed(word: string, drugWords: ReadonlySet<string>): boolean {
  if (monthsLeft.has(word)) return false
  if (word.length === 1 || grammarWords.has(word) || isOrdinary(word)) return true
  if (drugWords.has(word) || units.has(word) || digitWords.has(word)) return true
  return word.endsWith("s") && isOrdinary(word.slice(0, -1))
}

/** Three digits or more that no unit and no drug explains, over turns too. */
function hasDigits(texts: readonly string[], drugWords: ReadonlySet<string>): boolean {
  const row = texts.flatMap((text) => fold(text).match(/\p{N}+(?:[.,/]\p{N}+)*|\p{L}+|\|/gu) ?? [])
  let run = ""
  let startsAfter = ""
  for (const [at, word] of [...row, "|"].entries()) {
    const digits = /^\p{N}/u.test(word) ? word : digitWords.get(word)
    if (digits !== undefined) {
      if (run === "") startsAfter = row[at - 1] ?? ""
      run += digits
      continue
    }
    const isDose = units.has(word) || drugWords.has(startsAfter)
    const isYear =
      /^(199|20[0-3])\d$/.test(run) && /^(in|since|from|until|en|desde|hasta)$/.test(startsAfter)
    const length = run.replace(/[^\p{N}]/gu, "").length
    const isTooLong = length > LONGEST_RUN && !(isDose && length <= 7) && !isYear
    if (isTooLong) return true
    run = ""
  }
  return false
}

/** Two letters that stand alone, one after the other, are the beginning of a spelling. */
function isSpelt(texts: readonly string[]): boolean {
  return texts.some((text) => /(?<!\p{L})[a-z][\s.,-]+[a-z](?!\p{L})/iu.test(fold(text)))
}

const person = "\\[(?:CALLER|PATIENT|PRESCRIBER|STAFF|NAME|SPELLING)_\\d+\\]"
const besideName = new RegExp(`(?:(\\p{L}+)[\\s-]+)?${person}(?:[\\s\\-,]+(\\p{L}+))?`, "gu")

/** A word beside somebody's name that is in no list of what may stand there. */
function isNameLeftBeside(text: string, drugWords: ReadonlySet<string>): boolean {
  const folded = text.normalize("NFKD").replace(/[\p{M}'’‘`´]/gu, "")
  return [...folded.matchAll(besideName)].some(([, before, after]) => {
    const mayStay = (word: string | undefined, list: ReadonlySet<string>): boolean => {
      const plain = word?.toLowerCase()
      return plain === undefined || list.has(plain) || drugWords.has(plain)
    }
    return !mayStay(before, mayPrecede) || !mayStay(after, mayFollow)
  })
}

function isKnownLeft(
  texts: readonly string[],
  known: Known,
  drugWords: ReadonlySet<string>,
): boolean {
  const names = known.people.flatMap(({ first, last, aliases = [] }) =>
    [first ?? "", last ?? "", ...aliases].flatMap(wordsIn).filter((word) => word.length > 2),
  )
  const words = texts.flatMap(wordsIn)
  const listed = new Set(names)
  if (words.some((word) => listed.has(word) && !pharmacyWords.has(word))) return true
  const strangers = words.filter((word) => !isListed(word, drugWords))
  const isLoose = strangers.some((word) =>
    names.some((name) => name.length >= SHORTEST_LOOSE && distance(name, word) <= 1),
  )
  return isLoose || isCodeLeft(texts, known)
}

/** Numbers and codes: with everything between letters and digits taken away, over all turns. */
function isCodeLeft(texts: readonly string[], known: Known): boolean {
  const codes = known.people.flatMap(({ phones = [], zip, email, rxNumbers = [], others = [] }) => [
    ...phones,
    ...rxNumbers,
    ...others,
    ...(zip === undefined ? [] : [zip]),
    ...(email === undefined ? [] : [email]),
  ])
  const row = texts.map((text) => fold(text)).join(" ")
  const squashed = row
    .replace(/\p{L}+/gu, (word) => digitWords.get(word) ?? word)
    .replace(/[^\p{L}\p{N}|]/gu, "")
  return codes
    .map((code) => fold(code).replace(/[^\p{L}\p{N}]/gu, ""))
    .some((code) => code.length >= SHORTEST_KNOWN && squashed.includes(code))
}

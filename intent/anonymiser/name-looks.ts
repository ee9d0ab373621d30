/** What a word that may be a name looks like, known or not. It never asks where a name may stand;
 * that is for name-places.ts. */
import {
  afterName,
  besideWords,
  capitals,
  grammarWords,
  isOrdinary,
  isOrdinarySpanish,
  nameWords,
  notNames,
  relatives,
  strongTitles,
  titles,
} from "./lexicon.ts"
import { BARE_TURN_WORDS, isToldBy, mayBeName } from "./name-places.ts"
import { nearestName } from "./near.ts"
import { isBreak, isOddlyCapital } from "./phrases.ts"
import type { Sheet } from "./sheet.ts"

const TITLE_CASE_SHARE = 0.6
const workOfGrammar = new Set(
  "i you we he she it they be have not this that these the a an my your there need want".split(" "),
)
/** They are names only when a name follows. */
export const beforeObject = new Set(
  (
    "gave give tell told ask asked for to with from about by and mr mrs ms does did is was " +
    "has had can could should"
  ).split(" "),
)
/** After these a drug's name is the drug. */
const beforeDrug = new Set(
  "for of with on my the to and or about de para con y mi la el a his her some".split(" "),
)
/** What somebody whose name was told does. */
export const doings = new Set(
  (
    "is was has had needs takes wants would called told said sent and me y dijo tiene toma " +
    "necesita esta quiere es fue"
  ).split(" "),
)
export const verbs = new Set(["will", "may", "call"])
/** "My picked it up": what nobody says of a word of grammar. */
const done = new Set("picked called needs said wants takes came went got told sent".split(" "))
const speaking = new Set("spoke talked talking speaking spoken hable hablamos hablo".split(" "))
/** What people are called by what they do. */
const roles = new Set(
  (
    "pharmacist pharmacists insurance manager technician tech lady man woman guy people " +
    "staff office clinic hospital receptionist person human representative operator " +
    "farmaceutica farmaceutico alguien persona gerente nobody everybody patients"
  ).split(" "),
)
const subjects = new Set(
  (
    "i you we he she it they that this there who what which when how where why and or if " +
    "someone somebody"
  ).split(" "),
)

export function isLikely(sheet: Sheet, at: number, nearness: number): boolean {
  const word = sheet.words[at] ?? ""
  if (isKnown(sheet, word) && !isGrammar(sheet, at)) return true
  const isRelated = relatives.has(sheet.words[at - 1] ?? "")
  if (sheet.isDrug[at]) return isRelated
  const isAfterTitle = isRelated || titles.has(sheet.words[at - 1] ?? "")
  if (isAfterTitle && besideWords.has(word) && !notNames.has(word)) return true
  if (isToldTo(sheet, at) || isSpokenTo(sheet, at)) return true
  const isTold = isToldBy(sheet, at) && opensOrGreeted(sheet, at)
  if (isTold && !grammarWords.has(word) && !notNames.has(word) && !relatives.has(word)) return true
  if (isOddlyCapital(sheet, at) && !isTitleCase(sheet, at)) return !isNoName(word)
  if (titles.has(sheet.words[at - 1] ?? "") && sheet.tokens[at]?.isCapital) return true
  if (sheet.tokens[at]?.isForeign) return true
  if (grammarWords.has(word)) return isSameSound(sheet, word, nearness)
  if (isNameWord(sheet, at) || isStranger(sheet, at)) return true
  if (notNames.has(word) || titles.has(word) || relatives.has(word)) return false
  const near = nearestName(sheet.known, word)
  return (near?.closeness ?? 0) >= nearness
}

/** "Tell Wonder that I called". */
function isToldTo({ words }: Sheet, at: number): boolean {
  const word = words[at] ?? ""
  const isCue = /^(tell|told|dile|digale)$/.test(words[at - 1] ?? "")
  return (
    isCue &&
    /^(that|i|que|to|thanks)$/.test(words[at + 1] ?? "") &&
    !grammarWords.has(word) &&
    !notNames.has(word) &&
    !relatives.has(word) &&
    !titles.has(word)
  )
}

/** "I spoke to Wonder this morning": a person, unless it is what the person is. */
function isSpokenTo({ words }: Sheet, at: number): boolean {
  const word = words[at] ?? ""
  const isCue = /^(to|with|con)$/.test(words[at - 1] ?? "") && speaking.has(words[at - 2] ?? "")
  const isOther = [grammarWords, notNames, relatives, titles, roles].some((list) => list.has(word))
  return isCue && !isOther
}

/** "May I", "will you": a word of grammar doing its work, whoever is called so. */
function isGrammar({ words }: Sheet, at: number): boolean {
  if (!grammarWords.has(words[at] ?? "")) return false
  return workOfGrammar.has(words[at + 1] ?? "") && !beforeObject.has(words[at - 1] ?? "")
}

/** "You gave Will the wrong pills": nobody before it who will, and nothing after it to be done. */
export function isVerbAsName(sheet: Sheet, at: number): boolean {
  const word = sheet.words[at] ?? ""
  if (!isKnown(sheet, word)) return false
  const isFirst = sheet.tokens[at - 1]?.turn !== sheet.tokens[at]?.turn
  if (isFirst && done.has(sheet.words[at + 1] ?? "")) return true
  const isAsked = /^(does|did)$/.test(sheet.words[at - 1] ?? "")
  if (isAsked && /^(need|have|want|take|get)$/.test(sheet.words[at + 1] ?? "")) return true
  if (!verbs.has(word) || isGrammar(sheet, at)) return false
  return !subjects.has(sheet.words[at - 1] ?? "")
}

function opensOrGreeted({ tokens, words }: Sheet, at: number): boolean {
  const isFirst = tokens[at]?.turn !== tokens[at - 1]?.turn
  return isFirst || /^(hi|hello|hey|hola|is|its|and|speaking)$/.test(words[at - 1] ?? "")
}

/** "For more" may be for Moore: the same sound, and long enough not to be chance. */
function isSameSound(sheet: Sheet, word: string, nearness: number): boolean {
  const near = word.length > 2 ? nearestName(sheet.known, word) : undefined
  return (
    near !== undefined &&
    near.name.letters.length > 3 &&
    near.written >= 0.5 &&
    near.closeness >= nearness + 0.1
  )
}

export function isNameWord({ words }: Sheet, at: number): boolean {
  const word = words[at] ?? ""
  return nameWords.has(word) && !grammarWords.has(word)
}

export function isKnown({ known }: Sheet, word: string): boolean {
  return known.forms.get(word)?.isName === true
}

export function isStranger(sheet: Sheet, at: number): boolean {
  const token = sheet.tokens[at]
  if (token === undefined || sheet.isDrug[at]) return false
  const { word, raw } = token
  const isNotSpanish = token.isAccented && !isOrdinarySpanish(word, /[ñÑ]/.test(raw))
  if (token.isForeign || isNotSpanish || sheet.isOutOfPlace[at]) return true
  return !isOrdinary(word) && !grammarWords.has(word)
}

export function isNoName(word: string): boolean {
  return capitals.has(word) || titles.has(word) || strongTitles.has(word)
}

/** Somebody who writes Every Word Like This tells nothing by a capital. */
export function isTitleCase({ tokens }: Sheet, at: number): boolean {
  const words = tokens.filter(({ turn, kind }) => turn === tokens[at]?.turn && kind === "word")
  const share = words.filter(({ isCapital }) => isCapital).length / words.length
  return words.length >= BARE_TURN_WORDS && share >= TITLE_CASE_SHARE
}

/** A name would end here: the turn does, or a comma, or what somebody does follows. */
export function isNameEnd({ tokens }: Sheet, at: number): boolean {
  const next = tokens[at]
  if (next === undefined || next.turn !== tokens[at - 1]?.turn) return true
  return /[.,;!?]/.test(next.gap) || afterName.has(next.word) || doings.has(next.word)
}

/** "To", "Do", "Le": a word of grammar that is a last name only where a name ends. */
export function isWeakSurname(sheet: Sheet, at: number): boolean {
  const word = sheet.words[at] ?? ""
  return grammarWords.has(word) && besideWords.has(word) && isNameEnd(sheet, at + 1)
}

/** "This is May Money": each may be a word, both together are somebody. */
export function isPairOfNames(sheet: Sheet, at: number): boolean {
  const [one = "", other = ""] = [sheet.words[at], sheet.words[at + 1]]
  if (!mayBeName(sheet, at + 1) || isBreak(sheet, at + 1)) return false
  const isEnd = isNameEnd(sheet, at + 2)
  const isStrange = isStranger(sheet, at + 1)
  const isPlain = !grammarWords.has(one) && !notNames.has(one)
  const before = sheet.words[at - 1] ?? ""
  if (/^(is|habla|soy)$/.test(before) && isPlain && isEnd && isEitherName(one, other)) return true
  if (!isStrange && (!isEitherName(other) || grammarWords.has(other))) return false
  if (sheet.isDrug[at] && !beforeDrug.has(before)) return true
  // "My son will call you" is what sons do; "my son Will Call" ends there.
  if (verbs.has(one)) return !verbs.has(other) || isEnd
  const isForeign = sheet.tokens[at + 1]?.isForeign === true
  if (besideWords.has(one) && (isForeign || (one === "my" && isStrange))) return true
  if (grammarWords.has(one)) return false
  return isEitherName(one) || (relatives.has(before) && !notNames.has(one))
}

function isEitherName(...words: readonly string[]): boolean {
  return words.some((word) => nameWords.has(word) || besideWords.has(word))
}

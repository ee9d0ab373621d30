/** Names by where they stand: after "my name is", after titles and relations, beside other names, with
 * a capital among small letters. Known ones are recognised here when they were misheard. */
import {
  afterName,
  besideWords,
  capitals,
  grammarWords,
  hesitations,
  isOrdinary,
  isOrdinarySpanish,
  nameCues,
  nameWords,
  notNames,
  relatives,
  softCues,
  strongTitles,
  titles,
} from "./lexicon.ts"
import { nearestName } from "./near.ts"
import { isBreak, isOddlyCapital, phraseBefore } from "./phrases.ts"
import { claim, claimUnknown, isFree, isTaken, type Sheet } from "./sheet.ts"

const MOST_NAME_WORDS = 4
const MOST_JOINED_WORDS = 3
const SHORTEST_JOINED = 4
const BARE_TURN_WORDS = 4
/** How near a word must come to a known name: alone after "for", and beside a part of that name. */
const NEAR_ALONE = 0.8
const NEAR_BESIDE = 0.6
const TITLE_CASE_SHARE = 0.6
const workOfGrammar = new Set(
  "i you we he she it they be have not this that these the a an my your there need want".split(" "),
)
/** They are names only when a name follows. */
const beforeObject = new Set("gave give tell told ask asked for to with from about by and mr mrs ms".split(" "))
/** After these a drug's name is the drug. */
const beforeDrug = new Set("for of with on my the to and or about de para con y mi la el a his her some".split(" "))
/** What is left of a name that was cut where a turn ended. */
const wordEnds = new Set("er or on an in en el al es as us ar le la ez".split(" "))
/** What somebody whose name was told does. */
const doings = new Set(
  "is was has had needs takes wants would called tiene toma necesita esta quiere es fue".split(" "),
)
const sometimes = new Set("today tomorrow yesterday tonight later now always never also really still".split(" "))
const verbs = new Set(["will", "may"])
const subjects = new Set(
  "i you we he she it they that this there who what which when how where why and or if someone somebody".split(" "),
)
const namedTypes = /^\[?(CALLER|PATIENT|PRESCRIBER|STAFF|NAME|SPELLING)/

export function claimNames(sheet: Sheet): void {
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    if (mayBeName(sheet, at)) claimAt(sheet, at)
  }
  for (let at = sheet.tokens.length - 1; at >= 0; at -= 1) {
    if (mayBeName(sheet, at)) claimBeside(sheet, at, at + 1)
  }
  claimBareTurns(sheet)
}

function mayBeName(sheet: Sheet, at: number): boolean {
  return isFree(sheet, at) && sheet.tokens[at]?.kind === "word" && !sheet.isAllowed[at]
}

function claimAt(sheet: Sheet, at: number): void {
  const neighbour = neighbourOf(sheet, at)
  const joined = isNamed(sheet, neighbour) ? joinedNear(sheet, at, NEAR_BESIDE) : undefined
  if (joined !== undefined) claimName(sheet, at, joined)
  else if (isAfterNameCue(sheet, at)) claimRun(sheet, at)
  else if (isSoftPlace(sheet, at)) claimLikely(sheet, at, NEAR_ALONE)
  else if (isVerbAsName(sheet, at)) claimName(sheet, at, at + 1)
  else if (isOddlyCapital(sheet, at) && !isTitleCase(sheet, at)) claimCapital(sheet, at)
  if (isFree(sheet, at)) claimBeside(sheet, at, neighbour)
}

/** The word before; where a turn begins, what the turn before ended with. */
function neighbourOf({ tokens, words }: Sheet, at: number): number {
  let from = at - 1
  while (/^(um|uh|and|then|y)$/.test(words[from] ?? "") && tokens[from]?.turn === tokens[at]?.turn) from -= 1
  return tokens[from]?.turn === tokens[at]?.turn ? at - 1 : from
}

function isAfterNameCue(sheet: Sheet, at: number): boolean {
  const { words } = sheet
  const isOfThing = /^(brand|generic|drug|medication|street)$/.test(words[at - 2] ?? "")
  if (strongTitles.has(words[at - 1] ?? "")) return true
  if (isOfThing) return false
  // "My name is Willard Sure": what was found of the name is passed over.
  let from = at
  while (at - from < MOST_NAME_WORDS && isNamed(sheet, neighbourOf(sheet, from))) from = neighbourOf(sheet, from)
  const isRest = from === at || (!isBreak(sheet, at) && !/,/.test(sheet.tokens[at]?.gap ?? ""))
  return isRest && phraseBefore(sheet, from, nameCues) !== undefined
}

/** Whatever follows a cue is a name, until a word that none is made of. */
function claimRun(sheet: Sheet, from: number): void {
  let until = from
  while (until - from < MOST_NAME_WORDS && mayBeName(sheet, until)) {
    const joined = joinedNear(sheet, until, NEAR_BESIDE)
    if (joined !== undefined) {
      until = joined
      continue
    }
    const word = sheet.words[until] ?? ""
    const isEnd = until > from && isBreak(sheet, until)
    const isOther = notNames.has(word) && !isKnown(sheet, word) && !isOddlyCapital(sheet, until)
    const isBegun = until === from && isOther && !/^(is|es|s|of|on|for|from)$/.test(word) && isStranger(sheet, until + 1) && !isBreak(sheet, until + 1)
    if (isEnd || (isOther && !isBegun) || hesitations.has(word)) break
    until += 1
  }
  if (until > from) claimName(sheet, from, until)
}

function isSoftPlace(sheet: Sheet, at: number): boolean {
  const { words, tokens } = sheet
  const before = words[at - 1] ?? ""
  const isFirst = tokens[at]?.turn !== tokens[at - 1]?.turn
  if (relatives.has(before) || titles.has(before)) return true
  if (isToldBy(sheet, at) || (isFirst && turnLength(sheet, at) <= BARE_TURN_WORDS)) return true
  return phraseBefore(sheet, at, softCues) !== undefined
}

/** "Rose here", "hi, Stone speaking". */
function isToldBy(sheet: Sheet, at: number): boolean {
  const { tokens, words } = sheet
  return afterName.has(words[at + 1] ?? "") && tokens[at + 1]?.turn === tokens[at]?.turn
}

function turnLength({ tokens }: Sheet, at: number): number {
  const turn = tokens[at]?.turn
  let until = at
  while (tokens[until]?.turn === turn && until - at <= BARE_TURN_WORDS) until += 1
  return until - at
}

/** Claims a word, or up to three that sound like one known name, if a name is likely here. */
function claimLikely(sheet: Sheet, at: number, nearness: number): void {
  const joined = joinedNear(sheet, at, nearness)
  if (joined !== undefined) claimName(sheet, at, joined)
  else if (isPairOfNames(sheet, at)) claimName(sheet, at, at + 2)
  else if (isLikely(sheet, at, nearness)) claimName(sheet, at, at + 1)
}

/** "This is May Money": each may be a word, both together are somebody. */
function isPairOfNames(sheet: Sheet, at: number): boolean {
  const isOne = (word: string): boolean => nameWords.has(word) || besideWords.has(word)
  const [one = "", other = ""] = [sheet.words[at], sheet.words[at + 1]]
  if (!mayBeName(sheet, at + 1) || isBreak(sheet, at + 1)) return false
  const isOther = (isOne(other) && !grammarWords.has(other)) || isStranger(sheet, at + 1)
  const isDrugAsName = sheet.isDrug[at] === true && !beforeDrug.has(sheet.words[at - 1] ?? "")
  return isOther && ((isOne(one) && !grammarWords.has(one)) || verbs.has(one) || isDrugAsName)
}

function isLikely(sheet: Sheet, at: number, nearness: number): boolean {
  const word = sheet.words[at] ?? ""
  if (isKnown(sheet, word) && !isGrammar(sheet, at)) return true
  const isRelated = relatives.has(sheet.words[at - 1] ?? "")
  if (sheet.isDrug[at]) return isRelated
  if (isRelated && besideWords.has(word) && !notNames.has(word)) return true
  if (isToldTo(sheet, at)) return true
  const isTold = isToldBy(sheet, at) && opensOrGreeted(sheet, at)
  if (isTold && !grammarWords.has(word) && !notNames.has(word) && !relatives.has(word)) return true
  if (isOddlyCapital(sheet, at) && !isTitleCase(sheet, at)) return !isNoName(word)
  if (titles.has(sheet.words[at - 1] ?? "") && sheet.tokens[at]?.isCapital) return true
  if (sheet.tokens[at]?.isForeign) return true
  if (grammarWords.has(word)) return isSameSound(sheet, word)
  if (isNameWord(sheet, at) || isStranger(sheet, at)) return true
  if (notNames.has(word) || titles.has(word) || relatives.has(word)) return false
  const near = nearestName(sheet.known, word)
  return (near?.closeness ?? 0) >= nearness
}

/** "Tell Wonder that I called". */
function isToldTo({ words }: Sheet, at: number): boolean {
  const word = words[at] ?? ""
  const isCue = /^(tell|told|dile|digale)$/.test(words[at - 1] ?? "")
  return isCue && /^(that|i|que|to|thanks)$/.test(words[at + 1] ?? "") && !grammarWords.has(word) && !notNames.has(word) && !relatives.has(word) && !titles.has(word)
}

/** "May I", "will you": a word of grammar doing its work, whoever is called so. */
function isGrammar({ words }: Sheet, at: number): boolean {
  if (!grammarWords.has(words[at] ?? "")) return false
  return workOfGrammar.has(words[at + 1] ?? "") && !beforeObject.has(words[at - 1] ?? "")
}

/** "You gave Will the wrong pills": nobody before it who will, and nothing after it to be done. */
function isVerbAsName(sheet: Sheet, at: number): boolean {
  const word = sheet.words[at] ?? ""
  if (!verbs.has(word) || !isKnown(sheet, word) || isGrammar(sheet, at)) return false
  return !subjects.has(sheet.words[at - 1] ?? "")
}

function opensOrGreeted({ tokens, words }: Sheet, at: number): boolean {
  const isFirst = tokens[at]?.turn !== tokens[at - 1]?.turn
  return isFirst || /^(hi|hello|hey|hola|is|its|and|speaking)$/.test(words[at - 1] ?? "")
}

/** "For more" may be for Moore: the same sound, and long enough not to be chance. */
function isSameSound(sheet: Sheet, word: string): boolean {
  const near = word.length > 2 ? nearestName(sheet.known, word) : undefined
  return near !== undefined && near.name.letters.length > 3 && near.written >= 0.5 && near.closeness >= 0.9
}

function isNameWord({ words, tokens }: Sheet, at: number): boolean {
  const word = words[at] ?? ""
  const isPossessive = /['’]s$/i.test(tokens[at]?.raw ?? "") && nameWords.has(word.slice(0, -1))
  return isPossessive || (nameWords.has(word) && !grammarWords.has(word))
}

function isKnown({ known }: Sheet, word: string): boolean {
  return known.forms.get(word)?.isName === true
}

function joinedNear(sheet: Sheet, at: number, nearness: number): number | undefined {
  for (let length = MOST_JOINED_WORDS; length >= 2; length -= 1) {
    const words = sheet.words.slice(at, at + length)
    const isWhole =
      words.length === length && words.every((_, index) => mayBeName(sheet, at + index))
    const letters = words.join("")
    if (!isWhole || letters.length < SHORTEST_JOINED) continue
    const near = nearestName(sheet.known, letters)
    // "And her son" is Anderson only where it sounds so and a name was begun.
    const isOfGrammar = words.every((word) => grammarWords.has(word) || notNames.has(word))
    const isSound = (near?.written ?? 0) >= 0.55 && nearness <= NEAR_BESIDE && letters.length > 4
    if (isOfGrammar && !(isSound && (near?.closeness ?? 0) >= 0.9)) continue
    if ((near?.closeness ?? 0) >= nearness + (words.length - 1) * 0.03) return at + length
  }
  return undefined
}

/** Beside a name stands the rest of it: another name, an initial, or something that sounds like it. */
function claimBeside(sheet: Sheet, at: number, neighbour: number): void {
  if (!isNamed(sheet, neighbour) || isBreak(sheet, Math.max(at, neighbour))) return
  const word = sheet.words[at] ?? ""
  const joined = neighbour < at ? joinedNear(sheet, at, NEAR_BESIDE) : undefined
  if (joined !== undefined) {
    claimName(sheet, at, joined)
    return
  }
  const isRest = isRestOfWord(sheet, at, neighbour) || isSurname(sheet, at)
  const isOther = notNames.has(word) && !isKnown(sheet, word) && !isOddlyCapital(sheet, at)
  if (isOther && !isRest) return
  const isInitial = /^[b-hj-np-tv-xz]$/.test(word)
  const isFirst = isBeforeName(sheet, at, neighbour) || isBeforeVerb(sheet, at, neighbour)
  const isLike = isInitial || isStranger(sheet, at) || isLikely(sheet, at, NEAR_BESIDE)
  if (isRest || isFirst || isLike) claimName(sheet, at, at + 1)
}

/** "My son Ella Smell has a fever": a word between a name and what somebody does is a name. */
function isBeforeVerb({ words, tokens }: Sheet, at: number, neighbour: number): boolean {
  const word = words[at] ?? ""
  if (neighbour !== at - 1 || !/^\s+$/.test(tokens[at]?.gap ?? "") || sometimes.has(word)) return false
  const isWord = !grammarWords.has(word) || verbs.has(word)
  return isWord && !notNames.has(word) && doings.has(words[at + 1] ?? "")
}

/** "Staln", and in the next turn "ey". */
function isRestOfWord(sheet: Sheet, at: number, neighbour: number): boolean {
  const [before, token] = [sheet.tokens[neighbour], sheet.tokens[at]]
  if (!before || !token || before.turn === token.turn || neighbour > at) return false
  if (wordEnds.has(token.word)) return true
  const alone = nearestName(sheet.known, before.word)?.closeness ?? 0
  const joined = nearestName(sheet.known, before.word + token.word)?.closeness ?? 0
  return joined >= 0.75 && joined > alone
}

/** Between "my neighbor" and a last name stands a first name, even one that is a drug or a word. */
function isBeforeName(sheet: Sheet, at: number, neighbour: number): boolean {
  const word = sheet.words[at] ?? ""
  if (neighbour < at || !/^\s+$/.test(sheet.tokens[neighbour]?.gap ?? "")) return false
  if (grammarWords.has(word) || notNames.has(word) || relatives.has(word) || titles.has(word)) return false
  if (strongTitles.has(word) || hesitations.has(word) || beforeObject.has(word)) return false
  const before = sheet.words[at - 1] ?? ""
  return relatives.has(before) || (isSoftPlace(sheet, at) && !/^(my|the|of|de|mi|a)$/.test(before))
}

function isStranger({ tokens, words, isDrug }: Sheet, at: number): boolean {
  const token = tokens[at]
  if (token?.isForeign || (token?.isAccented && !isOrdinarySpanish(token.word, /[ñÑ]/.test(token.raw)))) return true
  return !isOrdinary(words[at] ?? "") && !grammarWords.has(words[at] ?? "") && !isDrug[at]
}

/** An ordinary word that is a name beside one; a word of grammar only where the name must end. */
function isSurname({ words, tokens }: Sheet, at: number): boolean {
  const word = words[at] ?? ""
  if (!besideWords.has(word)) return false
  const next = tokens[at + 1]
  const isEnd = next === undefined || next.turn !== tokens[at]?.turn || /[.,;!?]/.test(next.gap)
  return !grammarWords.has(word) || isEnd || afterName.has(next.word) || doings.has(next.word)
}

function isNamed(sheet: Sheet, at: number): boolean {
  if (!isTaken(sheet, at)) return false
  const type = sheet.claims[at]?.thing.type ?? sheet.tokens[at]?.raw ?? ""
  return namedTypes.test(type)
}

function claimCapital(sheet: Sheet, at: number): void {
  const { tokens, words } = sheet
  const isShouted = /^\p{Lu}{2,}$/u.test(tokens[at]?.raw ?? "")
  const word = words[at] ?? ""
  if (
    sheet.isDrug[at] ||
    isNoName(word) ||
    (isShouted && !isNameWord(sheet, at) && !isKnown(sheet, word))
  )
    return
  claimName(sheet, at, at + 1)
}

function isNoName(word: string): boolean {
  return capitals.has(word) || titles.has(word) || strongTitles.has(word)
}

/** Somebody who writes Every Word Like This tells nothing by a capital. */
function isTitleCase({ tokens }: Sheet, at: number): boolean {
  const words = tokens.filter(({ turn, kind }) => turn === tokens[at]?.turn && kind === "word")
  const share = words.filter(({ isCapital }) => isCapital).length / words.length
  return words.length >= BARE_TURN_WORDS && share >= TITLE_CASE_SHARE
}

/** A short answer with a name in it is a name. */
function claimBareTurns(sheet: Sheet): void {
  for (const [at, token] of sheet.tokens.entries()) {
    if (token.turn === sheet.tokens[at - 1]?.turn || turnLength(sheet, at) > BARE_TURN_WORDS)
      continue
    const turn = Array.from({ length: turnLength(sheet, at) }, (_, index) => at + index)
    if (!turn.some((one) => isNamed(sheet, one))) continue
    for (const one of turn) {
      const word = sheet.words[one] ?? ""
      const isOther = grammarWords.has(word) || notNames.has(word) || titles.has(word)
      if (mayBeName(sheet, one) && !isOther && !relatives.has(word)) claimName(sheet, one, one + 1)
    }
  }
}

function claimName(sheet: Sheet, from: number, until: number): void {
  const letters = sheet.words.slice(from, until).join("")
  const exact = sheet.known.forms.get(letters)
  const near = exact ? undefined : nearestName(sheet.known, letters)
  if (exact?.isName) claim(sheet, { from, until }, { layer: "known", thing: exact.thing })
  else if (near && near.closeness >= NEAR_ALONE) {
    claim(sheet, { from, until }, { layer: "near", thing: near.name.thing })
  } else claimUnknown(sheet, { from, until }, { layer: "pattern", type: "NAME" })
}

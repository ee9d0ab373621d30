/** What stands beside somebody's name, number or place goes with it, until a word that no name is
 * made of. A slot in which a name may stand is emptied whole: nothing has to look like a name. */
import {
  beforeNames,
  endsNames,
  endsNamesCut,
  months,
  nameCues,
  opensNames,
  relatives,
  spellCues,
  strongTitles,
  units,
} from "./lexicon.ts"
import { isPieceOfNumber } from "./number-pieces.ts"
import { isBreak, phraseBefore } from "./phrases.ts"
import { claimUnknown, isFree, isTaken, type Sheet, typeAt } from "./sheet.ts"
import { leadsOn } from "./tokens.ts"

const telling = /^\[?(CALLER|PATIENT|PRESCRIBER|STAFF|NAME|SPELLING|PLACE|WORD|EMAIL|URL|ADDRESS)/
const slotCues = phrases("this is, soy, habla, i am, im, hi, hello, hola, thanks, gracias, under")
const codeCues = phrases(
  "plate, plate is, placa, placa es, license, license is, vin is, serial is, serie es, id is",
)
/** People who are called by what they do, and then by name. */
const roles = new Set(
  "pharmacist technician tech manager nurse cashier clerk farmaceutica farmaceutico gerente".split(
    " ",
  ),
)
const BARE_TURN_WORDS = 3
/** A plate may read "CVS" or "MRS": after "the plate is" only these are no part of one. */
const aroundCode = new Set(
  "is es number numero plate placa of on and for my the in de y".split(" "),
)
const links = new Set(["as", "like", "como", "de", "in"])
const ofSubject = new Set(
  "need want have am was ask asked called take took can could get got live gave picked moved".split(
    " ",
  ),
)
const FEWEST_LETTERS = 2
/** Shorter words are first halves of names: "the" of Thelma, "for" of Forest. */
const HEAD_LETTERS = 6
/** Shorter drugs ("Alli", "Allegra") are called as people are. */
const DRUG_LETTERS = 8

function phrases(listed: string): readonly (readonly string[])[] {
  return listed.split(", ").map((phrase) => phrase.split(" "))
}

export function claimAround(sheet: Sheet): void {
  claimBareTurns(sheet)
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    if (isEaten(sheet, at, at - 1) || isSlot(sheet, at) || isInside(sheet, at)) take(sheet, at)
  }
  for (let at = sheet.tokens.length - 1; at >= 0; at -= 1) {
    if (isEaten(sheet, at, at + 1)) take(sheet, at)
  }
  claimBareTurns(sheet)
  claimSpellingTurns(sheet)
}

/** One word between turns that go, or that only leads on: "for", and then "est". */
function isPieceOfTurn(sheet: Sheet, at: number): boolean {
  if (!isOpen(sheet, at)) return false
  const isBeside = isTaken(sheet, at - 1) || isTaken(sheet, at + 1)
  return isBeside || (at > 0 && leadsOn(sheet.words[at] ?? ""))
}

/** Whoever spells a name says it as well: of such a turn only what no name is made of stays. */
function claimSpellingTurns(sheet: Sheet): void {
  const letters = new Map<number, number>()
  for (const [at, { raw, turn, word }] of sheet.tokens.entries()) {
    const isLetter = raw.length === 1 && sheet.claims[at] !== undefined
    const counts = isLetter ? 1 : spellCues.has(word) ? FEWEST_LETTERS : 0
    letters.set(turn, (letters.get(turn) ?? 0) + counts)
  }
  for (const [at, { turn, word }] of sheet.tokens.entries()) {
    const isSpelling = (letters.get(turn) ?? 0) >= FEWEST_LETTERS
    if (isSpelling && isOpen(sheet, at) && !beforeNames.has(word)) take(sheet, at)
  }
}

/** "Y i": two letters that stand alone are a spelling, however short. */
function isLetterPair({ tokens }: Sheet, at: number): boolean {
  const isLetter = (one: number): boolean =>
    tokens[one]?.word.length === 1 && tokens[one]?.turn === tokens[at]?.turn
  return isLetter(at) && (isLetter(at - 1) || isLetter(at + 1))
}

/** "Y as in yellow", though nothing of it stands in a row; "I like" and "y como" are no letters. */
function isExplained({ words }: Sheet, at: number): boolean {
  const [word = "", link = "", next = ""] = words.slice(at, at + 3)
  if (word.length !== 1) return false
  if (link === "as" && next === "in") return true
  if (link === "like") return word !== "i"
  return /^(de|como)$/.test(link) && !/^[aeiouy]$/.test(word)
}

/** Between two pieces of a name, but for what joins two people. */
function isInside(sheet: Sheet, at: number): boolean {
  const isName = (one: number): boolean =>
    /^\[?(CALLER|PATIENT|PRESCRIBER|STAFF|NAME)/.test(typeAt(sheet, one))
  const isJoining = /^(and|y|or|o|under|is|for|from|de|told|with|called|said)$/.test(
    sheet.words[at] ?? "",
  )
  const isHere = isOpen(sheet, at) && isName(at - 1) && isName(at + 1)
  const isOneRow = [at, at + 1].every((one) => /^[\s-]*$/.test(sheet.tokens[one]?.gap ?? ""))
  return isHere && !isJoining && isOneRow
}

/** Beside a name, and no word that ends one. */
function isEaten(sheet: Sheet, at: number, neighbour: number): boolean {
  const word = sheet.words[at] ?? ""
  if (isGlued(sheet, at, neighbour) || isPieceOfNumber(sheet, at, neighbour)) return true
  if (!isOpen(sheet, at) || !isTaken(sheet, neighbour)) return false
  const isCut = sheet.tokens[at]?.turn !== sheet.tokens[neighbour]?.turn
  // "Jan" is a month, and with "nice" in the next turn it is Janice.
  if (!isCut && !isTelling(sheet, neighbour)) return false
  const isSpelt = at > neighbour && isSpelling(sheet, neighbour)
  if (isSpelt && (links.has(word) || (isCut && word.length === 1))) return true
  if (isCut && at < neighbour) return !endsNames.has(word) || word.length < HEAD_LETTERS
  if (isCut) return !endsNamesCut.has(word)
  if (isBetween(sheet, at)) return false
  const isInitial =
    isLetter(sheet, at) && /^\.?\s?$/.test(sheet.tokens[Math.max(at, neighbour)]?.gap ?? "")
  if (isInitial) return true
  if (isBreak(sheet, Math.max(at, neighbour))) return false
  if (neighbour < at) return !endsNames.has(word)
  const isHalf = isAfterCue(sheet, at) || /^\[?(EMAIL|URL)/.test(typeAt(sheet, neighbour))
  return !(isHalf ? opensNames : beforeNames).has(word)
}

/** "M a", and in the next turn "como amigo". */
function isSpelling(sheet: Sheet, at: number): boolean {
  return sheet.tokens[at]?.word.length === 1 || /^\[?SPELLING/.test(typeAt(sheet, at))
}

/** After "my name is" everything goes but what no name begins with. */
function isSlot(sheet: Sheet, at: number): boolean {
  if (!isOpen(sheet, at)) return false
  if (isLetterPair(sheet, at) || isExplained(sheet, at)) return true
  const word = sheet.words[at] ?? ""
  const before = sheet.words[at - 1] ?? ""
  if (isRestAfterTitle(sheet, at)) return true
  if (strongTitles.has(before) && !/^(is|es)$/.test(word)) return true
  const isCode = phraseBefore(sheet, at, codeCues) !== undefined
  if (isCode) return !aroundCode.has(word)
  if (roles.has(before) && isLetter(sheet, at)) return true
  if (endsNames.has(word)) return false
  if (roles.has(before) || isTown(sheet, at)) return true
  return isAfterCue(sheet, at)
}

/** "Dr. Been it" is Bennett: a small word right after what stands for the name. */
function isRestAfterTitle(sheet: Sheet, at: number): boolean {
  const isTitled = strongTitles.has(sheet.words[at - 2] ?? "") && isTaken(sheet, at - 1)
  return isTitled && sheet.words[at] === "it"
}

/** "Apartment 25 in cold water": after an address, or a number that may end one, a town is told. */
function isTown(sheet: Sheet, at: number): boolean {
  const isIn = /^(in|en)$/.test(sheet.words[at - 1] ?? "")
  return isIn && /^\[?(ADDRESS|PLACE|NUMBER|ZIP|SPELLING)/.test(typeAt(sheet, at - 2))
}

/** "This is", "my name is", "my son". */
function isAfterCue(sheet: Sheet, at: number): boolean {
  const cue = phraseBefore(sheet, at, nameCues) ?? phraseBefore(sheet, at, slotCues)
  return cue !== undefined || relatives.has(sheet.words[at - 1] ?? "")
}

/** A short answer is a name unless every word of it is one that no name is made of. */
function claimBareTurns(sheet: Sheet): void {
  const turns = Map.groupBy(sheet.tokens.keys(), (at) => sheet.tokens[at]?.turn)
  for (const turn of turns.values()) {
    const [first = 0] = turn
    if (turn.length === 1 && isPieceOfTurn(sheet, first)) take(sheet, first)
    if (turn.length > BARE_TURN_WORDS) continue
    for (const at of turn) {
      const isBefore = isTaken(sheet, at + 1) && beforeNames.has(sheet.words[at] ?? "")
      if (isOpen(sheet, at) && !isBefore && !endsNames.has(sheet.words[at] ?? "")) take(sheet, at)
    }
  }
}

function isOpen(sheet: Sheet, at: number): boolean {
  const isWord = sheet.tokens[at]?.kind === "word" && isFree(sheet, at)
  const isDrug = sheet.isDrug[at] === true && (sheet.words[at] ?? "").length >= DRUG_LETTERS
  return isWord && !isDrug && !sheet.isAllowed[at]
}

/** A letter that stands alone, and no "I" that something is said of. */
function isLetter(sheet: Sheet, at: number): boolean {
  if (sheet.words[at]?.length !== 1) return false
  const isSubject = sheet.words[at] === "i" && ofSubject.has(sheet.words[at + 1] ?? "")
  return !isSubject || sheet.tokens[at + 1]?.turn !== sheet.tokens[at]?.turn
}

/** "Maple Street in Oakhurst", "from Monday to Friday". */
function isBetween(sheet: Sheet, at: number): boolean {
  const isPlace = (one: number): boolean => /^\[?(ADDRESS|PLACE|DATE)/.test(typeAt(sheet, one))
  return isPlace(at - 1) && isPlace(at + 1) && beforeNames.has(sheet.words[at] ?? "")
}

/** Written onto something that goes: a file's name, an address, a digit amid the letters. */
function isGlued(sheet: Sheet, at: number, neighbour: number): boolean {
  const gap = sheet.tokens[Math.max(at, neighbour)]?.gap ?? " "
  if (!isFree(sheet, at) || !isTaken(sheet, neighbour) || /[\s,;!?()]/.test(gap)) return false
  return gap !== "-" || !units.has(sheet.words[at] ?? "")
}

/** "Jun" alone may be a month, and Jun Ma as well. */
function isTelling(sheet: Sheet, at: number): boolean {
  const isMonthOnly = isTaken(sheet, at) && months.has(sheet.words[at] ?? "")
  return isMonthOnly || telling.test(typeAt(sheet, at))
}

function take(sheet: Sheet, at: number): void {
  claimUnknown(sheet, { from: at, until: at + 1 }, { layer: "around", type: "WORD" })
}

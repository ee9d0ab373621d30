/** Names by where they stand: after "my name is", after titles and relations, beside other names,
 * with a capital among small letters. Known ones are recognised here when they were misheard. */
import {
  afterName,
  besideWords,
  grammarWords,
  hesitations,
  notNames,
  relatives,
  strongTitles,
  titles,
} from "./lexicon.ts"
import {
  beforeObject,
  doings,
  isKnown,
  isLikely,
  isNameEnd,
  isNameWord,
  isNoName,
  isPairOfNames,
  isStranger,
  isTitleCase,
  isVerbAsName,
  isWeakSurname,
  verbs,
} from "./name-looks.ts"
import {
  BARE_TURN_WORDS,
  isAfterNameCue,
  isNamed,
  isSoftPlace,
  MOST_NAME_WORDS,
  mayBeName,
  turnLength,
} from "./name-places.ts"
import { nearestName, SAME_SOUND } from "./near.ts"
import { isBreak, isOddlyCapital } from "./phrases.ts"
import { claim, claimUnknown, type Sheet } from "./sheet.ts"

const MOST_JOINED_WORDS = 3
const SHORTEST_JOINED = 4
/** How near a word must come to a known name: alone after "for", and beside a part of that name. */
const NEAR_ALONE = 0.8
const NEAR_BESIDE = 0.6
const NEAR_STRANGER = 0.75
/** What is left of a name that was cut where a turn ended. */
const wordEnds = new Set(
  (
    "er or on an in en el al es as us ar le la ez by to man men ton ham land sen ero de one " +
    "do der"
  ).split(" "),
)
/** "Is Never Everdale's prescription ready". */
const asked = new Set("is does did was has had under gave gives".split(" "))
/** Hall, Hill and Will without their first letter; the first name of Son Bùi. */
const shortened = new Set(["all", "ill", "son"])
const sometimes = new Set(
  "today tomorrow yesterday tonight later now always never also really still".split(" "),
)

export function claimNames(sheet: Sheet): void {
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    if (mayBeName(sheet, at)) claimAt(sheet, at)
  }
  for (let at = sheet.tokens.length - 1; at >= 0; at -= 1) {
    if (isNamed(sheet, at + 1)) claimJoinedBefore(sheet, at + 1)
    if (mayBeName(sheet, at)) claimBeside(sheet, at, at + 1)
  }
  claimBareTurns(sheet)
}

function claimAt(sheet: Sheet, at: number): void {
  const isWord = (sheet.words[at] ?? "").length > 1
  const joined = isWord && isNamed(sheet, at - 1) ? joinedNear(sheet, at, NEAR_BESIDE) : undefined
  if (joined !== undefined) claimName(sheet, at, joined)
  else if (isAfterNameCue(sheet, at)) claimRun(sheet, at)
  else if (isSoftPlace(sheet, at))
    claimLikely(sheet, at, isTitled(sheet, at) ? NEAR_BESIDE : NEAR_ALONE)
  else if (isNearStranger(sheet, at)) claimName(sheet, at, at + 1)
  else if (isVerbAsName(sheet, at)) claimName(sheet, at, at + 1)
  else if (isOddlyCapital(sheet, at) && !isTitleCase(sheet, at)) claimCapital(sheet, at)
  if (mayBeName(sheet, at)) claimBeside(sheet, at, at - 1)
}

function isTitled({ words }: Sheet, at: number): boolean {
  return titles.has(words[at - 1] ?? "")
}

/** In no list, and nearly somebody known: what stands beside it is looked at as beside a name. */
function isNearStranger(sheet: Sheet, at: number): boolean {
  const near = isStranger(sheet, at) ? nearestName(sheet.known, sheet.words[at] ?? "") : undefined
  return (near?.closeness ?? 0) >= NEAR_STRANGER
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
    const isBegun = until === from && isOther && isBegunBy(sheet, until)
    if (isEnd || (isOther && !isBegun) || hesitations.has(word)) break
    until += 1
  }
  if (until > from) claimName(sheet, from, until)
}

/** "My name is My Tạ", "Mrs. Do told me": a word of grammar begins the name. */
function isBegunBy(sheet: Sheet, at: number): boolean {
  const [word = "", next = ""] = [sheet.words[at], sheet.words[at + 1]]
  if (strongTitles.has(sheet.words[at - 1] ?? "") && doings.has(next)) return true
  if (/^(is|es|s|of|on|for|from)$/.test(word) || !mayBeName(sheet, at + 1)) return false
  const isNameAfter = isStranger(sheet, at + 1) || isWeakSurname(sheet, at + 1)
  return isNameAfter && !isBreak(sheet, at + 1)
}

/** Claims a word, or up to three that sound like one known name, if a name is likely here. */
function claimLikely(sheet: Sheet, at: number, nearness: number): void {
  const joined = joinedNear(sheet, at, nearness)
  if (joined !== undefined) claimName(sheet, at, joined)
  else if (isPairOfNames(sheet, at)) claimName(sheet, at, at + 2)
  else if (isLikely(sheet, at, nearness)) claimName(sheet, at, at + 1)
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
    // A word more is only taken when it makes the name nearer.
    const alone = nearestName(sheet.known, words.slice(0, -1).join(""))
    const isOther = alone === undefined || alone.name.thing.key !== near?.name.thing.key
    const isCommon = words.slice(0, -1).every((_, index) => !isStranger(sheet, at + index))
    const isNearer = isOther || isCommon || (near?.closeness ?? 0) > alone.closeness
    const needed = nearness + (words.length - 1) * 0.03
    if (isNearer && (near?.closeness ?? 0) >= needed) return at + length
  }
  return undefined
}

/** Beside a name stands the rest of it: a name, an initial, or something that sounds like one. */
function claimBeside(sheet: Sheet, at: number, neighbour: number): void {
  if (!isNamed(sheet, neighbour) || isBreak(sheet, Math.max(at, neighbour))) return
  const word = sheet.words[at] ?? ""
  const isWord = neighbour < at && word.length > 1
  const joined = isWord ? joinedNear(sheet, at, NEAR_BESIDE) : undefined
  if (joined !== undefined) {
    claimName(sheet, at, joined)
    return
  }
  const isRest = isRestOfWord(sheet, at, neighbour) || isSurname(sheet, at, neighbour)
  const isOther = notNames.has(word) && !isKnown(sheet, word) && !isOddlyCapital(sheet, at)
  const isFirst = isBeforeName(sheet, at, neighbour) || isBeforeVerb(sheet, at, neighbour)
  if (isOther && !isRest && !isFirst) return
  const isInitial = /^[b-hj-np-tv-xz]$/.test(word)
  const isLike = isInitial || isStranger(sheet, at) || isLikely(sheet, at, NEAR_BESIDE)
  if (isRest || isFirst || isLike) claimName(sheet, at, at + 1)
}

/** "Is I Rain Crumpton there": words before a last name that sound like one first name. */
function claimJoinedBefore(sheet: Sheet, named: number): void {
  for (const length of [3, 2]) {
    const from = named - length
    if (from < 0 || joinedNear(sheet, from, NEAR_BESIDE) !== named) continue
    const near = nearestName(sheet.known, sheet.words.slice(from, named).join(""))
    if (near && near.closeness >= SAME_SOUND) claimName(sheet, from, named)
  }
}

/** "My son Ella Smell has a fever": a word between a name and what somebody does is a name. */
function isBeforeVerb(sheet: Sheet, at: number, neighbour: number): boolean {
  const { words, tokens } = sheet
  const word = words[at] ?? ""
  const next = words[at + 1] ?? ""
  if (neighbour !== at - 1 || !/^\s+/.test(tokens[at]?.gap ?? "") || sometimes.has(word))
    return false
  const { raw = "" } = tokens[at] ?? {}
  if (/['’]s$/i.test(raw) && raw.length === word.length + 2) return true
  if (notNames.has(word) && !titles.has(word) && word !== "call") return false
  const isFirst = tokens[at - 1]?.turn !== tokens[at]?.turn
  const isLast = tokens[at + 1]?.turn !== tokens[at]?.turn
  if (grammarWords.has(word) && !verbs.has(word) && !shortened.has(word)) return false
  if (doings.has(next) || afterName.has(next) || (isFirst && isLast)) return true
  const isEnd = isLast || /,/.test(tokens[at + 1]?.gap ?? "")
  let first = at - 1
  while (isNamed(sheet, first - 1)) first -= 1
  return isEnd && !grammarWords.has(word) && isSoftPlace(sheet, first)
}

/** "Staln", and in the next turn "ey". */
function isRestOfWord(sheet: Sheet, at: number, neighbour: number): boolean {
  const [before, token] = [sheet.tokens[neighbour], sheet.tokens[at]]
  if (!before || !token || before.turn === token.turn || neighbour > at) return false
  if (wordEnds.has(token.word)) return true
  const alone = nearestName(sheet.known, before.word)?.closeness ?? 0
  const joined = nearestName(sheet.known, before.word + token.word)?.closeness ?? 0
  return joined >= NEAR_BESIDE && joined > alone
}

/** Between "my neighbor" and a last name stands a first name, even one that is a drug or a word. */
function isBeforeName(sheet: Sheet, at: number, neighbour: number): boolean {
  const word = sheet.words[at] ?? ""
  if (neighbour < at || /[.,;:!?]/.test(sheet.tokens[neighbour]?.gap ?? "")) return false
  if (grammarWords.has(word) || notNames.has(word) || relatives.has(word) || titles.has(word))
    return false
  if (strongTitles.has(word) || hesitations.has(word) || beforeObject.has(word) || asked.has(word))
    return false
  const before = sheet.words[at - 1] ?? ""
  return (
    relatives.has(before) ||
    asked.has(before) ||
    (isSoftPlace(sheet, at) && !/^(my|the|of|de|mi|a)$/.test(before))
  )
}

/** An ordinary word that is a name beside one; a word of grammar only where the name must end. */
function isSurname(sheet: Sheet, at: number, neighbour: number): boolean {
  const { words, tokens } = sheet
  const word = words[at] ?? ""
  if (!besideWords.has(word) && !verbs.has(word)) return false
  const isOpen = tokens[at - 1]?.turn !== tokens[at]?.turn || isSoftPlace(sheet, at)
  if (neighbour > at && (!isOpen || titles.has(word))) return false
  const isWeak = grammarWords.has(word) || verbs.has(word)
  return !isWeak || isNameEnd(sheet, at + 1)
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
  const joined = word.length > 1 ? joinedNear(sheet, at, NEAR_BESIDE) : undefined
  claimName(sheet, at, joined ?? at + 1)
}

/** A short answer with a name in it is a name. */
function claimBareTurns(sheet: Sheet): void {
  for (const [at, token] of sheet.tokens.entries()) {
    if (token.turn === sheet.tokens[at - 1]?.turn || turnLength(sheet, at) > BARE_TURN_WORDS)
      continue
    const turn = Array.from({ length: turnLength(sheet, at) }, (_, index) => at + index)
    const isSentence = turn.some((one) => grammarWords.has(sheet.words[one] ?? ""))
    if (isSentence || !turn.some((one) => isNamed(sheet, one))) continue
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

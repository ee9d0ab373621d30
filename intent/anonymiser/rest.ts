/** What is in no list does not leave. Whatever the layers before did not recognise, and is no
 * ordinary word, no drug and no allowed number, becomes a placeholder here. */
import { grammarWords, isOrdinary, isOrdinarySpanish } from "./lexicon.ts"
import { nearestName } from "./near.ts"
import { isNumberWord } from "./said.ts"
import { claim, claimUnknown, isFree, isTaken, type Sheet } from "./sheet.ts"
import type { Token } from "./tokens.ts"

const NEAR_ENOUGH = 0.75

export function claimRest(sheet: Sheet): void {
  for (const [at, token] of sheet.tokens.entries()) {
    if (!isFree(sheet, at) || sheet.isAllowed[at] || sheet.isDrug[at]) continue
    const span = { from: at, until: at + 1 }
    if (token.kind === "digits" || isNumberWord(token.word)) {
      claimUnknown(sheet, span, { layer: "rest", type: "NUMBER" })
    } else if (token.word.length < 2) {
      if (!isWordOfOneLetter(sheet, at))
        claimUnknown(sheet, span, { layer: "rest", type: "SPELLING" })
    } else if (sheet.isOutOfPlace[at] || !isPlainWord(token)) {
      claimStranger(sheet, at)
    }
  }
  claimCutWords(sheet)
}

/** "Pan", and in the next turn "dey": beside the strange half of a word the other goes too. */
function claimCutWords(sheet: Sheet): void {
  for (let at = 1; at < sheet.tokens.length; at += 1) {
    if (sheet.tokens[at - 1]?.turn === sheet.tokens[at]?.turn) continue
    const isHead = isStrange(sheet, at) && isWordToCut(sheet, at - 1)
    const isTail = isStrange(sheet, at - 1) && isWordToCut(sheet, at)
    const isOfGrammar = grammarWords.has(sheet.words[at] ?? "")
    if (isHead) claimUnknown(sheet, { from: at - 1, until: at }, { layer: "rest", type: "WORD" })
    else if (isTail && !isOfGrammar) {
      claimUnknown(sheet, { from: at, until: at + 1 }, { layer: "rest", type: "WORD" })
    }
  }
}

function isWordToCut(sheet: Sheet, at: number): boolean {
  return isFree(sheet, at) && sheet.tokens[at]?.kind === "word" && !sheet.isAllowed[at]
}

function isStrange(sheet: Sheet, at: number): boolean {
  const type = sheet.claims[at]?.thing.type ?? sheet.tokens[at]?.raw ?? ""
  return /^\[?WORD/.test(type)
}

function isPlainWord({ word, raw, isForeign, isAccented }: Token): boolean {
  if (isForeign || (isAccented && !isOrdinarySpanish(word, /[ñÑ]/.test(raw.normalize("NFC")))))
    return false
  return grammarWords.has(word) || isOrdinary(word)
}

function claimStranger(sheet: Sheet, at: number): void {
  const span = { from: at, until: at + 1 }
  const near = nearestName(sheet.known, sheet.words[at] ?? "")
  if (near && near.closeness >= NEAR_ENOUGH) {
    claim(sheet, span, { layer: "near", thing: near.name.thing })
  } else {
    const type = sheet.tokens[at]?.isCapital ? "NAME" : "WORD"
    claimUnknown(sheet, span, { layer: "rest", type })
  }
}

/** "A", "I" and the Spanish "y", "o", "e", "u" in a sentence, but not among letters. */
function isWordOfOneLetter(sheet: Sheet, at: number): boolean {
  const { tokens, words } = sheet
  if (!/^[aiyoeu]$/.test(words[at] ?? "")) return false
  const isLetter = (one: number): boolean => tokens[one]?.word.length === 1
  const isOutside = (one: number): boolean => tokens[one]?.turn !== tokens[at]?.turn
  const isAlone = isOutside(at - 1) && isOutside(at + 1)
  if (isAlone || (isLetter(at - 1) && isLetter(at + 1))) return false
  const isSpelt = (one: number): boolean =>
    isTaken(sheet, one) && /SPELLING/.test(sheet.claims[one]?.thing.type ?? tokens[one]?.raw ?? "")
  return !isSpelt(at - 1) && !isSpelt(at + 1)
}

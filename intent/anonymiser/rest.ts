/** What is in no list does not leave. Whatever the layers before did not recognise, and is no ordinary
 * word, no drug and no allowed number, becomes a placeholder here. */
import { grammarWords, hesitations, isOrdinary, isOrdinarySpanish } from "./lexicon.ts"
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
    } else if (!isPlainWord(token)) {
      claimStranger(sheet, at)
    }
  }
}

function isPlainWord({ word, raw, isForeign, isAccented }: Token): boolean {
  if (isForeign || (isAccented && !isOrdinarySpanish(word, /[ñÑ]/.test(raw.normalize("NFC"))))) return false
  if (grammarWords.has(word) || isOrdinary(word)) return true
  return /['’]s$/i.test(raw) && isOrdinary(word.slice(0, -1))
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
  const isOutside = (one: number): boolean =>
    tokens[one]?.turn !== tokens[at]?.turn || hesitations.has(words[one] ?? "")
  const isAlone = isOutside(at - 1) && isOutside(at + 1)
  if (isAlone || (isLetter(at - 1) && isLetter(at + 1))) return false
  const isSpelt = (one: number): boolean =>
    isTaken(sheet, one) && /SPELLING/.test(sheet.claims[one]?.thing.type ?? tokens[one]?.raw ?? "")
  return !isSpelt(at - 1) && !isSpelt(at + 1)
}

/** What is left of a number or a spelling beside what was found of it: a digit, a letter, "y",
 * "double". A dose or a count stays only where nothing that goes stands right before it. */
import { isNumberWord, repeatOf } from "./said.ts"
import { isFree, isTaken, type Sheet, typeAt } from "./sheet.ts"

const numbered =
  /^\[?(NUMBER|PHONE|SSN|ZIP|RX|MRN|PLAN|ACCOUNT|LICENSE|DEVICE|ID|DATE|AGE|TIME|SPELLING)/

export function isPieceOfNumber(sheet: Sheet, at: number, neighbour: number): boolean {
  const { tokens, words } = sheet
  const word = words[at] ?? ""
  if (!isFree(sheet, at) || !isTaken(sheet, neighbour)) return false
  if (/[.!?]/.test(tokens[Math.max(at, neighbour)]?.gap ?? "")) return false
  const isCut = tokens[at]?.turn !== tokens[neighbour]?.turn
  const isNumber = tokens[at]?.kind === "digits" || isNumberWord(word)
  const isDose = sheet.isAllowed[at] === true
  if (isNumber && (!isDose || isCut || neighbour < at)) return true
  // "Cincuenta" of a street goes as a place, and is a number all the same.
  const isByNumber = numbered.test(typeAt(sheet, neighbour)) || isNumberWord(words[neighbour] ?? "")
  if (!isCut && !isByNumber) return false
  const isSpelt = /SPELLING/.test(typeAt(sheet, neighbour))
  return repeatOf(word) !== undefined || (word.length === 1 && (isSpelt || !/^[ai]$/.test(word)))
}

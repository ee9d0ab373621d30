/** Known names that were misheard, misspelt or cut, wherever they stand: up to four words that
 * together sound or look like somebody, over turns as well. It asks for no place and no reason. */
import { everydayWords, grammarWords, isOrdinary } from "./lexicon.ts"
import { type Near, nearestName, SAME_SOUND } from "./near.ts"
import { claim, isFree, type Sheet } from "./sheet.ts"

const MOST_WORDS = 4
const SHORTEST = 3
/** How much of a name must be there: of one word, of several, of several over two turns. */
const NEAR_WORD = 0.75
const NEAR_JOINED = 0.78
const NEAR_CUT = 0.7
/** The same sound counts only where so much of the letters is the same. */
const SOUND_WRITTEN = 0.5

export function claimMisheard(sheet: Sheet): void {
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    for (let length = MOST_WORDS; length >= 1; length -= 1) {
      const near = nearFrom(sheet, at, length)
      if (near === undefined) continue
      claim(sheet, { from: at, until: at + length }, { layer: "near", thing: near.name.thing })
      break
    }
  }
}

function nearFrom(sheet: Sheet, from: number, length: number): Near | undefined {
  const window = sheet.tokens.slice(from, from + length)
  const isWhole = window.length === length && window.every((_, at) => isWord(sheet, from + at))
  const letters = window.map(({ word }) => word).join("")
  if (!isWhole || letters.length < SHORTEST) return undefined
  const isAlone = length === 1
  if (isAlone && (everydayWords.has(letters) || sheet.isDrug[from])) return undefined
  const near = nearestName(sheet.known, letters)
  if (near === undefined || !isNear(near, letters, needed(window))) return undefined
  return isAlone || isMadeOfAll(sheet, window, near) ? near : undefined
}

function needed(window: Sheet["tokens"]): number {
  if (window.length === 1) return NEAR_WORD
  return window.some(({ turn }) => turn !== window[0]?.turn) ? NEAR_CUT : NEAR_JOINED
}

function isNear({ name, closeness, written }: Near, letters: string, least: number): boolean {
  const isLong = Math.min(name.letters.length, letters.length) > SHORTEST
  const isWord = isOrdinary(letters) || grammarWords.has(letters)
  return (
    closeness >= (isWord ? SAME_SOUND : least) && written >= (isLong ? SOUND_WRITTEN : NEAR_WORD)
  )
}

/** No word stands in it that the name would be nearer without. */
function isMadeOfAll(
  { known }: Sheet,
  window: Sheet["tokens"],
  { closeness, name }: Near,
): boolean {
  const without = [window.slice(1), window.slice(0, -1)]
  return without.every((rest) => {
    const near = nearestName(known, rest.map(({ word }) => word).join(""))
    return (
      near === undefined || near.name.thing.key !== name.thing.key || near.closeness < closeness
    )
  })
}

function isWord(sheet: Sheet, at: number): boolean {
  return isFree(sheet, at) && sheet.tokens[at]?.kind === "word"
}

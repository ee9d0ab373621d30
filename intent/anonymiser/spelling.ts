/** Anything spelt out letter by letter. Nobody spells what is not somebody's, so all of it goes,
 * whether it is known or not. */

import { squash } from "./known.ts"
import { letterFriends, spellCues } from "./lexicon.ts"
import { nearestName } from "./near.ts"
import { isAfter } from "./phrases.ts"
import { explainedLength, isCertainLetter, isFiller, letterOf, repeatOf } from "./said.ts"
import { claim, claimUnknown, isFree, type Sheet } from "./sheet.ts"

const FEWEST_LETTERS = 2
/** Names of letters that are words too ("see", "are", "you") are believed only in longer rows. */
const FEWEST_DOUBTFUL = 4
/** Longer than any name; the rest is a run of its own. */
const MOST_LETTERS = 60
const SPELL_CUE_WORDS = 3

interface Step {
  readonly letters: string
  readonly length: number
  readonly isCertain: boolean
}

export function claimSpelling(sheet: Sheet): void {
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    const run = readRun(sheet, at)
    if (run === undefined) continue
    const near = nearestName(sheet.known, squash(run.letters))
    const span = { from: at, until: run.until }
    if (near && near.closeness >= 0.75) {
      claim(sheet, span, { layer: "near", thing: near.name.thing })
    } else {
      claimUnknown(sheet, span, { layer: "pattern", type: "SPELLING" })
    }
    at = run.until - 1
  }
}

interface Run {
  readonly letters: string
  readonly until: number
}

/** The longest believed run of letters from here; "d o" before "you" is believed without "you". */
function readRun(sheet: Sheet, from: number): Run | undefined {
  const isCued = isAfter(sheet, from, { cues: spellCues, within: SPELL_CUE_WORDS })
  let letters = ""
  let certain = 0
  let isBareOnly = !letterFriends.has(sheet.words[from - 1] ?? "")
  let believed: Run | undefined
  for (let at = from; letters.length < MOST_LETTERS && isFree(sheet, at); ) {
    const step = stepAt(sheet, at, letters !== "")
    if (step !== undefined) {
      letters += step.letters
      certain += step.isCertain ? 1 : 0
      isBareOnly &&= (sheet.words[at] ?? "").length === 1
      at += step.length
      const isEnough = letters.length >= FEWEST_LETTERS && (certain >= 1 || isCued)
      const isLong = certain >= 2 || letters.length >= FEWEST_DOUBTFUL
      if (isEnough && (isLong || isBareOnly || isCued)) believed = { letters, until: at }
    } else if (letters !== "" && isFiller(sheet.words[at] ?? "")) {
      at += 1
    } else {
      break
    }
  }
  return believed
}

function stepAt({ words }: Sheet, at: number, isInside: boolean): Step | undefined {
  const word = words[at] ?? ""
  const times = repeatOf(word)
  if (times !== undefined) {
    const letter = letterOf(words[at + 1] ?? "")
    return letter === undefined
      ? undefined
      : { letters: letter.repeat(times), length: 2, isCertain: true }
  }
  const letter = letterOf(word)
  if (letter === undefined) return undefined
  const explained = explainedLength(words, at)
  const isAlone = word.length === 1 || isCertainLetter(word)
  const isTelling = explained !== undefined && (explained > 3 || isInside || isAlone)
  if (isTelling) return { letters: letter.repeat(2), length: explained, isCertain: true }
  return { letters: letter, length: 1, isCertain: isCertainLetter(word) }
}

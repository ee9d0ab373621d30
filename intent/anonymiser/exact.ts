/** Finds what is known in whatever way it was written, said or spelt, letter for letter and digit
 * for digit, also over several turns. It never guesses: that is for near.ts. */
import type { KnownForm } from "./known.ts"
import { grammarWords, months, ordinals, softOrdinals } from "./lexicon.ts"
import { isFiller, isNumberWord, piecesAt } from "./said.ts"
import { claim, isFree, type Sheet } from "./sheet.ts"

/** "Seven oh oh one two" is five words; with fillers and "c as in Charlie" it is many more. */
const MOST_WORDS = 60
/** A name out of several words must be this long, or "an" and "a" would be Ana. */
const SHORTEST_JOINED = 4
/** "May Will" is somebody, though both are words of grammar. */
const SHORTEST_FULL = 6
const MOST_STEPS = 300

interface Found {
  readonly form: KnownForm
  readonly until: number
}

export function claimKnownExactly(sheet: Sheet): void {
  for (let at = 0; at < sheet.tokens.length; at += 1) {
    if (!isFree(sheet, at)) continue
    const found = knownFrom(sheet, at)
    if (found === undefined) continue
    claim(sheet, { from: at, until: found.until }, { thing: found.form.thing, layer: "known" })
    at = found.until - 1
  }
}

/** The longest known thing that is told from here on. */
export function knownFrom(sheet: Sheet, from: number): Found | undefined {
  const { forms, beginnings } = sheet.known
  let best: Found | undefined
  let steps = 0
  const follow = (at: number, squashed: string): void => {
    steps += 1
    if (steps > MOST_STEPS || at - from > MOST_WORDS || !isFree(sheet, at)) return
    for (const { adds, length } of piecesAt(sheet.words, at)) {
      const next = squashed + adds
      const until = at + length
      if (!beginnings.has(next)) continue
      const form = forms.get(next)
      if (form && isBelievable(sheet, form, { from, until }) && until > (best?.until ?? 0)) {
        best = { form, until }
      }
      follow(until, next)
    }
    if (squashed !== "" && isFiller(sheet.words[at] ?? "")) follow(at + 1, squashed)
  }
  follow(from, "")
  return best
}

/** A word that is somebody's name goes even as a word of grammar: nobody can tell which it was. */
function isBelievable(
  { words, tokens }: Pick<Sheet, "words" | "tokens">,
  { squashed, isName, isWhole }: KnownForm,
  { from, until }: { from: number; until: number },
): boolean {
  if (until > tokens.length) return false
  if (/^\d+$/.test(squashed) && isPartOfRun({ words, tokens }, { from, until })) return false
  if (until - from === 1 && isInDate({ words, tokens }, from)) return false
  if (until - from === 1) return true
  const isOfGrammar = words.slice(from, until).every((word) => grammarWords.has(word))
  const isFullName = squashed.length >= SHORTEST_FULL && isWhole === true
  return !isName || (squashed.length >= SHORTEST_JOINED && (!isOfGrammar || isFullName))
}

/** A number that goes on before or behind is another number. */
function isPartOfRun(
  { words, tokens }: Pick<Sheet, "words" | "tokens">,
  { from, until }: { from: number; until: number },
): boolean {
  const isJoined = (at: number): boolean =>
    /^[\s\n]*(uh|um|and then)?\s*$/.test(tokens[at]?.gap ?? ",")
  const next = words[until] === "y" ? until + 1 : until
  const isAfter = isNumberWord(words[next] ?? "") && isJoined(until)
  const isSpoken = tokens[from]?.kind === "word" && isJoined(from)
  return isAfter || (isSpoken && /^y$/.test(words[from - 1] ?? ""))
}

/** "April first" is a day, whoever is called April. */
function isInDate({ words }: Pick<Sheet, "words" | "tokens">, at: number): boolean {
  const isPart = (word: string): boolean =>
    isNumberWord(word) || ordinals.has(word) || softOrdinals.has(word)
  if (!months.has(words[at] ?? "")) return false
  const isAfterDay = /^(of|de)$/.test(words[at - 1] ?? "") && isPart(words[at - 2] ?? "")
  return isPart(words[at + 1] ?? "") || isAfterDay
}

/** A small language for phrases: words in order, (a|b c) for a choice of phrases, (a)? when it may
 * be missing, ~3 for up to three words between, =word for one that must be spelt exactly. Long
 * words may be one letter off, which the words in ordinary.yaml never are. */
import { distance } from "fastest-levenshtein"
import { Type as t } from "typebox"
import { plain } from "../words.ts"
import { readYaml } from "../yaml-file.ts"

const Ordinary = t.Object({ en: t.Array(t.String()), es: t.Array(t.String()) })
const { en, es } = readYaml(Ordinary, new URL("./ordinary.yaml", import.meta.url))
const ordinary: ReadonlySet<string> = new Set([...en, ...es])

/** Words this long are known again with one letter wrong, left out, added, or two swapped. */
const FORGIVING_LENGTH = 6

type Element =
  | { readonly kind: "word"; readonly word: string; readonly isExact: boolean }
  | { readonly kind: "gap"; readonly most: number }
  | { readonly kind: "choice"; readonly options: readonly Pattern[] }

export type Pattern = readonly Element[]

/** Where a pattern was found: words `from` up to, not including, `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Reads a pattern; throws when a bracket is missing. */
export function compilePattern(text: string): Pattern {
  const tokens = plain(text).match(/[()|?]|=?[a-z0-9]+|~\d/g) ?? []
  const { elements, next } = readSequence(tokens, 0)
  if (next !== tokens.length) throw new SyntaxError("a bracket in a pattern is not closed")
  return elements
}

function readSequence(
  tokens: readonly string[],
  from: number,
): { elements: Element[]; next: number } {
  const elements: Element[] = []
  let at = from
  while (at < tokens.length && tokens[at] !== "|" && tokens[at] !== ")") {
    const token = tokens[at] ?? ""
    if (token === "(") {
      const choice = readChoice(tokens, at + 1)
      const isOptional = tokens[choice.next] === "?"
      const options = isOptional ? [...choice.options, []] : choice.options
      elements.push({ kind: "choice", options })
      at = choice.next + (isOptional ? 1 : 0)
    } else {
      elements.push(readSimple(token))
      at += 1
    }
  }
  return { elements, next: at }
}

function readSimple(token: string): Element {
  if (token.startsWith("~")) return { kind: "gap", most: Number(token.slice(1)) }
  const isExact = token.startsWith("=")
  return { kind: "word", word: isExact ? token.slice(1) : token, isExact }
}

function readChoice(tokens: readonly string[], from: number): { options: Pattern[]; next: number } {
  const options: Pattern[] = []
  let at = from
  for (;;) {
    const option = readSequence(tokens, at)
    options.push(option.elements)
    at = option.next + 1
    if (tokens[option.next] === ")") return { options, next: at }
    if (tokens[option.next] !== "|") throw new SyntaxError("a bracket in a pattern is not closed")
  }
}

/** Every place the pattern begins, with the shortest way it can end there. */
export function findPattern(pattern: Pattern, words: readonly string[]): Span[] {
  const spans: Span[] = []
  for (let from = 0; from < words.length; from += 1) {
    const to = matchEnd(pattern, 0, words, from)
    if (to !== undefined && to > from) spans.push({ from, to })
  }
  return spans
}

/** Where the pattern, begun at `at`, ends; undefined when it does not fit. */
export function matchEnd(
  pattern: Pattern,
  element: number,
  words: readonly string[],
  at: number,
): number | undefined {
  const current = pattern[element]
  if (current === undefined) return at
  if (current.kind === "gap") return matchGap(pattern, element, words, at)
  if (current.kind === "word") {
    const word = words[at]
    if (word === undefined || !isSameWord(current, word)) return undefined
    return matchEnd(pattern, element + 1, words, at + 1)
  }
  for (const option of current.options) {
    const end = matchEnd(option, 0, words, at)
    const whole = end === undefined ? undefined : matchEnd(pattern, element + 1, words, end)
    if (whole !== undefined) return whole
  }
  return undefined
}

function matchGap(
  pattern: Pattern,
  element: number,
  words: readonly string[],
  at: number,
): number | undefined {
  const gap = pattern[element]
  const most = gap?.kind === "gap" ? gap.most : 0
  for (let skipped = 0; skipped <= most && at + skipped <= words.length; skipped += 1) {
    const end = matchEnd(pattern, element + 1, words, at + skipped)
    if (end !== undefined) return end
  }
  return undefined
}

function isSameWord(
  expected: { readonly word: string; readonly isExact: boolean },
  said: string,
): boolean {
  if (expected.word === said) return true
  if (expected.isExact || expected.word.length < FORGIVING_LENGTH) return false
  if (ordinary.has(said)) return false
  if (Math.abs(expected.word.length - said.length) > 1) return false
  return distance(expected.word, said) === 1 || isSwapped(expected.word, said)
}

function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  const at = [...a].findIndex((letter, index) => letter !== b[index])
  const swapped = a.slice(0, at) + (a[at + 1] ?? "") + (a[at] ?? "") + a.slice(at + 2)
  return at >= 0 && swapped === b
}

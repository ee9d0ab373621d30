/** A row of words on which layers mark what must not leave, and what may although it looks as if
 * it must not. What one layer has marked no later layer unmarks. */
import type { KnownIndex, Thing } from "./known.ts"
import type { Placeholders } from "./mapping.ts"
import type { Token } from "./tokens.ts"

export interface Claim {
  readonly thing: Thing
  /** Which layer found it: the first word of how it is counted. */
  readonly layer: string
}

export interface Sheet {
  readonly tokens: readonly Token[]
  readonly words: readonly string[]
  readonly known: KnownIndex
  readonly placeholders: Placeholders
  readonly claims: (Claim | undefined)[]
  /** Names of drugs, which stay. */
  readonly isDrug: readonly boolean[]
  /** Ordinary, but of the language that is not being spoken: rather somebody's name. */
  readonly isOutOfPlace: readonly boolean[]
  /** Numbers that are doses, counts or years, which stay. */
  readonly isAllowed: boolean[]
  readonly caught: Map<string, number>
}

export interface Span {
  readonly from: number
  readonly until: number
}

export function isFree(sheet: Sheet, at: number): boolean {
  const token = sheet.tokens[at]
  return token !== undefined && token.kind !== "placeholder" && sheet.claims[at] === undefined
}

/** Marks the free words of a span as one thing; words that are marked already stay as they are. */
export function claim(sheet: Sheet, { from, until }: Span, found: Claim): void {
  let isNew = false
  for (let at = from; at < until; at += 1) {
    if (!isFree(sheet, at)) continue
    sheet.claims[at] = found
    isNew = true
  }
  if (!isNew) return
  const counted = `${found.layer}.${found.thing.type}`
  sheet.caught.set(counted, (sheet.caught.get(counted) ?? 0) + 1)
}

/** Something nobody knew before: the same words are the same thing. */
export function claimUnknown(
  sheet: Sheet,
  span: Span,
  { layer, type }: { layer: string; type: string },
): void {
  const tokens = sheet.tokens.slice(span.from, span.until)
  const value = tokens
    .map(({ raw, gap }, at) => (at === 0 ? raw : gap.replace(/\s+/g, " ") + raw))
    .join("")
  const key = `${type}|${tokens.map(({ word }) => word).join(" ")}`
  claim(sheet, span, { layer, thing: { type, key, value } })
}

/** A word is marked, now or before, as something that a placeholder stands for. */
export function isTaken(sheet: Sheet, at: number): boolean {
  return sheet.tokens[at]?.kind === "placeholder" || sheet.claims[at] !== undefined
}

/** What a placeholder at this place says it is; nothing where none is. */
export function typeAt(sheet: Sheet, at: number): string {
  if (!isTaken(sheet, at)) return ""
  return sheet.claims[at]?.thing.type ?? sheet.tokens[at]?.raw ?? ""
}

/** The texts with everything marked replaced. Spans that touch and mean the same become one. */
export function rendered(sheet: Sheet, texts: readonly string[]): string[] {
  const pieces: string[] = texts.map(() => "")
  const until = openings(sheet, texts)
  const last: (Claim | undefined)[] = []
  for (const [at, token] of sheet.tokens.entries()) {
    const claimed = sheet.claims[at]
    if (claimed === undefined) continue
    const placeholder = sheet.placeholders.for(claimed.thing)
    const text = texts[token.turn] ?? ""
    const between = text.slice(until[token.turn], token.start)
    const before = pieces[token.turn] ?? ""
    const isOneName = before.endsWith(placeholder) && /^[\s\-'’]*$/.test(between)
    const isSameThing = last[token.turn] === claimed || isOneName
    last[token.turn] = claimed
    if (!isSameThing) pieces[token.turn] = before + between.replace(/[@#_\\/]+$/, "") + placeholder
    until[token.turn] = token.end
  }
  return pieces.map((piece, turn) => piece + (texts[turn] ?? "").slice(until[turn]))
}

/** Where each turn begins to be told: what only leads on to it goes when it stands beside what
 * goes, since it may be a piece of that. A turn that is nothing else goes. */
function openings(sheet: Sheet, texts: readonly string[]): number[] {
  return texts.map((text, turn) => {
    const first = sheet.tokens.findIndex((token) => token.turn === turn)
    if (first < 0) return turn === 0 ? 0 : text.length
    const isBeside = isTaken(sheet, first) || (turn > 0 && isTaken(sheet, first - 1))
    return isBeside ? (sheet.tokens[first]?.start ?? 0) : 0
  })
}

/** What leaves the house for a cloud, and what comes back. Everything that could be somebody
 * becomes a placeholder; a gate looks again; in doubt nothing leaves. Pure: same words, same
 * answer. */
import { createHash } from "node:crypto"
import { foldedWords } from "./folding.ts"
import { type Refusal, refusalOf } from "./gate.ts"
import { indexOf, type Known } from "./known.ts"
import { outOfPlace } from "./language.ts"
import { type LayerName, layers } from "./layers.ts"
import { type Mapping, Placeholders, putBack } from "./mapping.ts"
import { rendered, type Sheet } from "./sheet.ts"
import { cleaned, tokensOf } from "./tokens.ts"

export type { Known } from "./known.ts"
export type { Mapping } from "./mapping.ts"

/** More is no question about one call. */
export const CHARACTERS_MAX = 20_000
export const TEXTS_MAX = 200
/** What one pass reveals the next may see; a text that will not settle does not leave. */
const PASSES_MAX = 5

export interface Request {
  readonly texts: readonly string[]
  readonly known: Known
  /** Names of drugs, which stay. */
  readonly drugs: readonly string[]
  /** Of the same conversation, so that the same thing keeps its placeholder. */
  readonly mapping?: Mapping
}

export type Answer =
  | {
      readonly left: true
      readonly texts: readonly string[]
      readonly mapping: Mapping
      /** Of the texts, joined by line breaks, in hexadecimal. */
      readonly sha256: string
      /** `layer.TYPE` to how often. */
      readonly caught: Readonly<Record<string, number>>
    }
  | { readonly left: false; readonly why: Refusal | "too_long" | "not_settled" }

export function anonymise(request: Request): Answer {
  const { texts, known, drugs } = request
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  if (length > CHARACTERS_MAX || texts.length > TEXTS_MAX) return { left: false, why: "too_long" }
  const marked = replaceAll(request)
  if (marked === undefined) return { left: false, why: "not_settled" }
  const why = refusalOf(marked.texts, { known, drugs })
  if (why !== undefined) return { left: false, why }
  const sha256 = createHash("sha256").update(marked.texts.join("\n")).digest("hex")
  return { left: true, ...marked, sha256 }
}

/** The same with the meaning put back; an answer with a placeholder nobody gave out is none. */
export function reidentify(
  text: string,
  mapping: Mapping,
): { readonly ok: true; readonly text: string } | { readonly ok: false } {
  return putBack(text, mapping)
}

/** All layers, or all but some (to show what each is for), again until nothing changes. */
export function replaceAll(
  { texts, known, drugs, mapping }: Request,
  without: readonly LayerName[] = [],
):
  | {
      readonly texts: readonly string[]
      readonly mapping: Mapping
      readonly caught: Readonly<Record<string, number>>
    }
  | undefined {
  const given = new Set(mapping?.entries.map(({ placeholder }) => placeholder))
  const placeholders = new Placeholders(mapping)
  const caught = new Map<string, number>()
  let current = texts.map((text) => cleaned(text, (written) => given.has(written)))
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const sheet = sheetOf(current, { known, drugs, placeholders, caught })
    for (const { name, run } of layers) if (!without.includes(name)) run(sheet)
    const next = rendered(sheet, current)
    if (next.every((text, turn) => text === current[turn])) {
      return { texts: next, mapping: placeholders.mapping(), caught: Object.fromEntries(caught) }
    }
    current = next
  }
  return undefined
}

function sheetOf(
  texts: readonly string[],
  {
    known,
    drugs,
    placeholders,
    caught,
  }: Pick<Request, "known" | "drugs"> & Pick<Sheet, "placeholders" | "caught">,
): Sheet {
  const tokens = tokensOf(texts)
  const words = tokens.map(({ word }) => word)
  return {
    tokens,
    words,
    known: indexOf(known),
    placeholders,
    claims: tokens.map(() => undefined),
    isDrug: drugWords(words, drugs),
    isOutOfPlace: outOfPlace(tokens),
    isAllowed: tokens.map(() => false),
    caught,
  }
}

const phrasesOf = new WeakMap<
  readonly string[],
  ReadonlyMap<string, readonly (readonly string[])[]>
>()

/** Which words are part of a drug's name, by the first word of each. */
function drugWords(words: readonly string[], drugs: readonly string[]): boolean[] {
  const phrases = phrasesOf.get(drugs) ?? byFirstWord(drugs)
  phrasesOf.set(drugs, phrases)
  const isDrug = words.map(() => false)
  for (const [at, word] of words.entries()) {
    for (const phrase of phrases.get(word) ?? []) {
      const isThere = phrase.every((one, offset) => words[at + offset] === one)
      if (isThere) isDrug.fill(true, at, at + phrase.length)
    }
  }
  return isDrug
}

function byFirstWord(drugs: readonly string[]): Map<string, (readonly string[])[]> {
  const phrases = new Map<string, (readonly string[])[]>()
  for (const phrase of drugs.map(drugWordsOf)) {
    const [first] = phrase
    if (first !== undefined) phrases.set(first, [...(phrases.get(first) ?? []), phrase])
  }
  return phrases
}

/** As the tokens are cut: letters and digits apart. */
function drugWordsOf(drug: string): string[] {
  return foldedWords(drug).flatMap((word) => word.match(/[a-z]+|\d+/g) ?? [])
}

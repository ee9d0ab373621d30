/** The turns of a conversation as one row of words, so that what is split over turns is seen whole.
 * It knows where each word stood, and decides nothing. */
import { folded } from "./folding.ts"

export interface Token {
  readonly kind: "word" | "digits" | "placeholder"
  /** Lower case, without accents and apostrophes; digits as they are. */
  readonly word: string
  readonly raw: string
  readonly turn: number
  readonly start: number
  readonly end: number
  /** What stands between the word before and this one; a line break where a turn begins. */
  readonly gap: string
  /** With marks that neither English nor Spanish writes. */
  readonly isForeign: boolean
  /** With an accent, so no word of English. */
  readonly isAccented: boolean
  readonly isCapital: boolean
  readonly opensSentence: boolean
}

const piece = /\[[A-Z]+_\d+\]|\p{N}+|[\p{L}\p{M}]+(?:['’‘`´][\p{L}\p{M}]+)*/gu
/** Beyond é, ñ and ü. */
const foreign =
  /(?:[^n]\u0303|[^u]\u0308|[\u0300\u0302\u0304-\u0307\u0309-\u036f])|[^\p{M}a-z0-9'’‘`´]/u
const harmless = /[^\s\p{L}\p{M}\p{N}.,;:!?¿¡'"’‘“”()\-–—/@#$%&+*=_~°[\]]/gu

/**
 * One way of writing for everything: no look-alike letters, no hidden characters, and brackets only
 * around placeholders that are known.
 */
export function cleaned(text: string, isPlaceholder: (written: string) => boolean): string {
  const simple = text
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, "")
    .replace(/\p{Cc}/gu, " ")
    .replace(harmless, " ")
    .replace(/\b([ap])\.\s?m\.?(?![\p{L}\p{N}])/giu, "$1m")
  return simple.replace(/\[[A-Z]+_\d+\]|[[\]]/g, (written) =>
    isPlaceholder(written) ? written : written.replace(/[[\]_]/g, " "),
  )
}

/** Sounds that mean nothing, and what a turn goes on with: passed over, so that nothing hides
 * there. "UH-3384" is a plate. */
const hesitation = /^(um|uh|uhm|erm)$/
const goingOn = /^(and|then|so|ok|okay|sorry|este|y|well|eh|pues)$/

export function tokensOf(texts: readonly string[]): Token[] {
  return texts.flatMap((text, turn) => tokensOfTurn(text, turn))
}

function tokensOfTurn(text: string, turn: number): Token[] {
  const found = [...text.matchAll(piece)]
  const spoken = found.filter(({ 0: raw, index }) => {
    const isCode = /^\p{Lu}{2,}$/u.test(raw) || /^-?\p{N}/u.test(text.slice(index + raw.length))
    return isCode || !hesitation.test(folded(raw))
  })
  const kept = turn === 0 ? spoken : spoken.slice(openingLength(spoken.map(([raw]) => folded(raw))))
  return kept.map(({ 0: raw, index }, at) => {
    const before = kept[at - 1]
    const gap = text.slice(before ? before.index + before[0].length : 0, index)
    const kind = raw.startsWith("[") ? "placeholder" : /^\p{N}/u.test(raw) ? "digits" : "word"
    return {
      kind,
      word: kind === "placeholder" ? "" : wordOf(raw),
      raw,
      turn,
      start: index,
      end: index + raw.length,
      gap: at === 0 ? `\n${gap}` : gap,
      isForeign: foreign.test(raw.normalize("NFD").toLowerCase()),
      isAccented: /[\u0300-\u036f]/u.test(raw.normalize("NFD")),
      isCapital: /^\p{Lu}/u.test(raw),
      opensSentence: at === 0 || /[.!?¿¡;:"“]/.test(gap),
    }
  })
}

const afterLetter = /^(.|as|like|de|como)$/

/** A word that only leads on to what is said. */
export function leadsOn(word: string): boolean {
  return goingOn.test(word)
}

/** How many words only go on from the turn before; of a turn that is nothing else the last stays.
 * A "y" that is spelt is a letter. */
function openingLength(words: readonly string[]): number {
  const end = words.findIndex((word, at) => {
    const isLetter = word === "y" && afterLetter.test(words[at + 1] ?? "")
    return !goingOn.test(word) || isLetter
  })
  return end < 0 ? Math.max(0, words.length - 1) : end
}

/** "Carter's" is Carter, and "U's" a letter; "it's" and "what's" are words of their own. */
function wordOf(raw: string): string {
  const [, owner] = /^(.+)['’]s$/iu.exec(raw) ?? []
  return folded(owner === undefined || contracted.test(owner) ? raw : owner)
}

const contracted = /^(it|that|what|he|she|let|who|where|when|how|there|here|name)$/i

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
const foreign = /(?:[^n]\u0303|[^u]\u0308|[\u0300\u0302\u0304-\u0307\u0309-\u036f])|[^\p{M}a-z0-9'’‘`´]/u
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

export function tokensOf(texts: readonly string[]): Token[] {
  return texts.flatMap((text, turn) => tokensOfTurn(text, turn))
}

function tokensOfTurn(text: string, turn: number): Token[] {
  let last = 0
  let opensSentence = true
  return [...text.matchAll(piece)].map(({ 0: raw, index }) => {
    const gap = last === 0 && index === 0 ? "\n" : text.slice(last, index)
    const isFirst = last === 0
    opensSentence = isFirst || /[.!?¿¡;:"“]/.test(gap)
    last = index + raw.length
    const kind = raw.startsWith("[") ? "placeholder" : /^\p{N}/u.test(raw) ? "digits" : "word"
    return {
      kind,
      word: kind === "placeholder" ? "" : /^\p{L}['’]s$/iu.test(raw) ? folded(raw.charAt(0)) : folded(raw),
      raw,
      turn,
      start: index,
      end: last,
      gap: isFirst ? `\n${gap}` : gap,
      isForeign: foreign.test(raw.normalize("NFD").toLowerCase()),
      isAccented: /[\u0300-\u036f]/u.test(raw.normalize("NFD")),
      isCapital: /^\p{Lu}/u.test(raw),
      opensSentence,
    }
  })
}

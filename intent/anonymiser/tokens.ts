/** The turns of a conversation as one row of words, so that what is split over turns is seen whole.
 * It knows where each word stood, and decides nothing. */
import { plain } from "../words.ts"

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
  readonly isCapital: boolean
  readonly opensSentence: boolean
}

const piece = /\[[A-Z]+_\d+\]|\p{N}+|[\p{L}\p{M}]+(?:['’‘`´][\p{L}\p{M}]+)*/gu
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
      word: kind === "placeholder" ? "" : plain(raw),
      raw,
      turn,
      start: index,
      end: last,
      gap: isFirst ? `\n${gap}` : gap,
      isCapital: /^\p{Lu}/u.test(raw),
      opensSentence,
    }
  })
}

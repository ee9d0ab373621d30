/** Text as the rest of intent reads it: lower case, no accents, no apostrophes, words apart. */

/** One word, and whether a pause or a new clause stands before it. */
export interface Token {
  readonly word: string
  readonly opensClause: boolean
}

/** Lower case without accents; "can't" becomes "cant". */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/['’‘`´]/g, "")
}

/** The words of a text, digits kept, punctuation gone. */
export function wordsOf(text: string): string[] {
  return plain(text).match(/[a-z0-9]+/g) ?? []
}

/** Like wordsOf, and remembers where a clause begins. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let opensClause = true
  for (const piece of plain(text).match(/[a-z0-9]+|[.,;:!?¡¿]+/g) ?? []) {
    if (/[a-z0-9]/.test(piece)) {
      tokens.push({ word: piece, opensClause })
      opensClause = false
    } else {
      opensClause = true
    }
  }
  return tokens
}

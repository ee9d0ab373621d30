/** The words of a caller as patterns are tried on them, in either language. */

/** Lower case, without accents and apostrophes. */
export function plain(words: string): string {
  return words
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}|[\u2019']/gu, "")
}

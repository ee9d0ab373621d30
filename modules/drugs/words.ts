/** Text into plain words: lower case, no accents, no punctuation. Keeps their order. */

export function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize("NFD")
    .replaceAll(/[\p{M}'’]/gu, "")
    .toLowerCase()
  return plain.match(/[a-z0-9]+/g) ?? []
}

/** One string without spaces: what is left when an ear cut a name into words of its own. */
export function joined(words: readonly string[]): string {
  return words.join("")
}

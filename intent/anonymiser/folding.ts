/** Letters as they are compared: lower case, without marks, without apostrophes. It folds what
 * Vietnamese and northern names write as well. */
import { plain } from "../words.ts"

const letters: Readonly<Record<string, string>> = {
  đ: "d",
  ø: "o",
  ł: "l",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ð: "d",
  þ: "th",
}

export function folded(text: string): string {
  return plain(text).replace(/[đøłßæœðþ]/g, (letter) => letters[letter] ?? letter)
}

export function foldedWords(text: string): string[] {
  return folded(text).match(/[a-z0-9]+/g) ?? []
}

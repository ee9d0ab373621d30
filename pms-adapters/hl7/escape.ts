/**
 * Text that holds delimiters, and text without its escapes. Reading never fails: an escape that
 * nobody defined is kept as it came.
 */
import { type Delimiters, standard } from "./delimiters.ts"

/** What ends a segment or a frame must not stand bare in a field. */
const CONTROL = /\p{Cc}/gu
const needsEscape = /[|^~\\&\p{Cc}]/u

/** Text as a field holds it. Two quotes mean "delete this", so such a text is spelt out. */
export function escaped(text: string): string {
  if (text === '""') return "\\X2222\\"
  if (!needsEscape.test(text)) return text
  return text
    .replaceAll("\\", "\\E\\")
    .replaceAll("|", "\\F\\")
    .replaceAll("^", "\\S\\")
    .replaceAll("~", "\\R\\")
    .replaceAll("&", "\\T\\")
    .replace(CONTROL, hexOf)
}

function hexOf(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")
  return `\\X${code}\\`
}

/** What an escape may look like between its two characters. */
const sequenceForm = /^(?:[FSTREPHN]|[XCM][0-9A-Fa-f]+|Z[0-9A-Za-z]*|\.[a-z]{2}[+-]?\d*)$/

/** Goes through a text, with what stands between escapes and with each escape's inside, in turn. */
export function respell(
  raw: string,
  escaping: string,
  spell: { plain(text: string): string; sequence(inside: string): string },
): string {
  let text = ""
  let from = 0
  for (let start = raw.indexOf(escaping); start >= 0; ) {
    const end = raw.indexOf(escaping, start + 1)
    if (end < 0) break
    const inside = raw.slice(start + 1, end)
    const isSequence = sequenceForm.test(inside)
    if (isSequence) {
      text += spell.plain(raw.slice(from, start)) + spell.sequence(inside)
      from = end + 1
    }
    // An escape character without a meaning is itself, and its end may begin another.
    start = isSequence ? raw.indexOf(escaping, from) : end
  }
  return text + spell.plain(raw.slice(from))
}

/** What a field says. */
export function unescaped(raw: string, delimiters: Delimiters = standard): string {
  const { escaping } = delimiters
  if (escaping === "" || !raw.includes(escaping)) return raw
  return respell(raw, escaping, {
    plain: (text) => text,
    sequence: (inside) => meaningOf(inside, delimiters) ?? escaping + inside + escaping,
  })
}

function meaningOf(sequence: string, delimiters: Delimiters): string | undefined {
  switch (sequence) {
    case "F":
      return delimiters.field
    case "S":
      return delimiters.component
    case "T":
      return delimiters.subcomponent
    case "R":
      return delimiters.repetition
    case "E":
      return delimiters.escaping
    case "P":
      return delimiters.truncation || "#"
    case ".br":
      return "\n"
    // Where emphasis begins and ends: nothing to say.
    case "H":
    case "N":
      return ""
    default:
      return /^X(?:[0-9A-Fa-f]{2})+$/.test(sequence) ? hexText(sequence.slice(1)) : undefined
  }
}

function hexText(digits: string): string {
  const bytes = Buffer.from(digits, "hex")
  const text = bytes.toString("utf8")
  return text.includes("\ufffd") ? bytes.toString("latin1") : text
}

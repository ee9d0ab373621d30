/** A field written with one message's delimiters, written with another's. What it says stays. */
import { announced, type Delimiters } from "./delimiters.ts"
import { respell, unescaped } from "./escape.ts"
import { Hl7Error } from "./trouble.ts"

/** Splits by the one character, or not at all where a message has no such character. */
const parts = (text: string, delimiter: string): readonly string[] =>
  delimiter === "" ? [text] : text.split(delimiter)

export function rewritten(field: string, from: Delimiters, to: Delimiters): string {
  const leaf = (text: string): string => respelt(text, from, to)
  const component = (text: string): string =>
    joined(parts(text, from.subcomponent).map(leaf), to.subcomponent)
  const repetition = (text: string): string =>
    joined(parts(text, from.component).map(component), to.component)
  return joined(parts(field, from.repetition).map(repetition), to.repetition)
}

function joined(texts: readonly string[], delimiter: string): string {
  if (texts.length > 1 && delimiter === "") throw new Hl7Error("unwritable")
  return texts.join(delimiter)
}

/** Each escape by itself: one that nobody defined keeps its meaning to whoever knows it. */
function respelt(text: string, from: Delimiters, to: Delimiters): string {
  const plain = (part: string): string => spelt(part, to)
  if (from.escaping === "" || !text.includes(from.escaping)) return plain(text)
  return respell(text, from.escaping, { plain, sequence: (inside) => escapeOf(inside, from, to) })
}

function escapeOf(sequence: string, from: Delimiters, to: Delimiters): string {
  const isDelimiter = /^[FSTREP]$/.test(sequence)
  const whole = `${from.escaping}${sequence}${from.escaping}`
  if (isDelimiter) return spelt(unescaped(whole, from), to)
  if (to.escaping === "") throw new Hl7Error("unwritable")
  return `${to.escaping}${sequence}${to.escaping}`
}

/** Plain text without an escaping, with those of the target. */
function spelt(text: string, to: Delimiters): string {
  let result = ""
  for (const character of text) {
    const name = nameOf(character, to)
    if (name !== undefined && to.escaping === "") throw new Hl7Error("unwritable")
    result += name === undefined ? character : `${to.escaping}${name}${to.escaping}`
  }
  return result
}

function nameOf(character: string, to: Delimiters): string | undefined {
  if (character === to.field) return "F"
  const at = announced(to).indexOf(character)
  if (at < 0) return undefined
  const named = [to.component, to.repetition, to.escaping, to.subcomponent, to.truncation]
  const index = named.indexOf(character)
  return ["S", "R", "E", "T", "P"][index]
}

/** The characters that take a message apart. Each message names its own in its first segment. */
import { Hl7Error } from "./trouble.ts"

/** Empty where a message has no such character. */
export interface Delimiters {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly escaping: string
  readonly subcomponent: string
  /** From 2.7 on. */
  readonly truncation: string
}

/** Messages in memory are written with these, whatever they came with. */
export const standard: Delimiters = {
  field: "|",
  component: "^",
  repetition: "~",
  escaping: "\\",
  subcomponent: "&",
  truncation: "",
}

const FIELD_AT = 3
/** Anything printable that can't be part of a segment's name. */
const usable = /^[!-/:-@[-`{-~]+$/

/** Reads what stands behind `MSH`. Throws `Hl7Error`. */
export function delimitersOf(text: string): Delimiters {
  const field = text.charAt(FIELD_AT)
  const end = text.indexOf(field, FIELD_AT + 1)
  const others = text.slice(FIELD_AT + 1, end < 0 ? FIELD_AT + 7 : end)
  const isWhole = others.length >= 2 && others.length <= 5 && usable.test(field + others)
  const areDistinct = new Set(field + others).size === others.length + 1
  if (!isWhole || !areDistinct) throw new Hl7Error("bad_delimiters", { segment: "MSH", field: 2 })
  return {
    field,
    component: others.charAt(0),
    repetition: others.charAt(1),
    escaping: others.charAt(2),
    subcomponent: others.charAt(3),
    truncation: others.charAt(4),
  }
}

/** MSH-2 as these delimiters are announced. */
export function announced(delimiters: Delimiters): string {
  const { component, repetition, escaping, subcomponent, truncation } = delimiters
  return component + repetition + escaping + subcomponent + truncation
}

/** Whether text taken apart with these reads the same as with the standard ones. */
export function isStandard(delimiters: Delimiters): boolean {
  return delimiters.field === standard.field && announced(delimiters) === announced(standard)
}

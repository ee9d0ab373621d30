/** What stands where. Absent, `undefined`, was not said; null was said to be deleted. */
import { standard } from "./delimiters.ts"
import { unescaped } from "./escape.ts"
import type { Segment } from "./message.ts"

const NULL = '""'

/** Text; null where the sender wrote two quotes; undefined where it wrote nothing. */
export type Told = string | null | undefined

/** A part of a field's first repetition. Everything is counted from 1. */
export function valueAt(
  segment: Segment | undefined,
  field: number,
  component = 1,
  subcomponent = 1,
): Told {
  const raw = fieldOf(segment, field)
  return raw === "" ? undefined : partOf(nth(raw, standard.repetition, 1), component, subcomponent)
}

/** The repetitions of a field, to be read with `partOf`. */
export function repetitionsAt(segment: Segment | undefined, field: number): readonly string[] {
  const raw = fieldOf(segment, field)
  return raw === "" ? [] : raw.split(standard.repetition)
}

/** A field with its delimiters and escapes; empty when nothing stands there. */
function fieldOf(segment: Segment | undefined, field: number): string {
  if (segment === undefined) return ""
  if (segment.id !== "MSH") return nth(segment.line, standard.field, field + 1)
  // The separator itself is the first.
  return field === 1 ? standard.field : nth(segment.line, standard.field, field)
}

/** A part of one repetition. */
export function partOf(repetition: string, component: number, subcomponent = 1): Told {
  if (repetition === NULL) return null
  const raw = nth(
    nth(repetition, standard.component, component),
    standard.subcomponent,
    subcomponent,
  )
  if (raw === "") return undefined
  return raw === NULL ? null : unescaped(raw)
}

/** The part of that number, or nothing. */
function nth(text: string, delimiter: string, number: number): string {
  let from = 0
  for (let passed = 1; passed < number; passed++) {
    const at = text.indexOf(delimiter, from)
    if (at < 0) return ""
    from = at + 1
  }
  const end = text.indexOf(delimiter, from)
  return end < 0 ? text.slice(from) : text.slice(from, end)
}

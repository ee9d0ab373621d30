/** Segments from plain values. Whatever a text holds, it can't break out of its place. */
import { announced, standard } from "./delimiters.ts"
import { escaped } from "./escape.ts"
import type { Segment } from "./message.ts"
import { Hl7Error } from "./trouble.ts"

/** What already has delimiters in it. */
export interface Composed {
  readonly raw: string
}

/** Null is written as "delete this", undefined as nothing said. */
export type Value = string | number | null | undefined | Composed

const FIELDS_MAX = 500

/** Fields by their number, counted from 1. MSH gets its first two by itself. */
export function makeSegment(id: string, values: Readonly<Record<number, Value>>): Segment {
  const numbers = Object.keys(values).map(Number)
  const count = Math.max(0, ...numbers)
  const areWhole = numbers.every((number) => Number.isInteger(number) && number > 0)
  if (!/^[A-Z][A-Z0-9]{2}$/.test(id) || !areWhole || count > FIELDS_MAX) {
    throw new Hl7Error("unwritable")
  }
  const fields = Array.from({ length: count + 1 }, (_, index) => rawOf(values[index]))
  fields[0] = id
  // The separator itself is the first field, so that what announces the others is the second.
  if (id === "MSH") fields.splice(1, 2, announced(standard))
  return { id, line: fields.join(standard.field) }
}

export function components(...values: readonly Value[]): Composed {
  return { raw: trimmed(values.map(rawOf), standard.component) }
}

export function subcomponents(...values: readonly Value[]): Composed {
  return { raw: trimmed(values.map(rawOf), standard.subcomponent) }
}

export function repetitions(...values: readonly Value[]): Composed {
  return { raw: values.map(rawOf).join(standard.repetition) }
}

function rawOf(value: Value): string {
  if (value === undefined) return ""
  if (value === null) return '""'
  return typeof value === "object" ? value.raw : escaped(String(value))
}

/** Empty ends say nothing and are left out. */
function trimmed(raws: readonly string[], delimiter: string): string {
  const last = raws.findLastIndex((raw) => raw !== "")
  return raws.slice(0, last + 1).join(delimiter)
}

/** PID and MRG: who a message is about. What can't be read is absent; null was deleted. */
import { components, makeSegment, repetitions, type Value } from "./build.ts"
import type { Segment } from "./message.ts"
import { dayOf, writtenDay } from "./time.ts"
import { partOf, repetitionsAt, type Told, valueAt } from "./value.ts"

export interface Identifier {
  readonly id: string
  /** Who gave it out. */
  readonly authority?: string
  /** As in PI, MR, SS. */
  readonly type?: string
}

export interface Person {
  /** Every identifier of PID-3. */
  readonly ids: readonly Identifier[]
  readonly familyName: Told
  readonly givenName: Told
  /** `YYYY-MM-DD`. */
  readonly bornOn: Told
  readonly sex: Told
  /** As they were written; PID-13 and then PID-14. Null: there are none any more. */
  readonly phones: readonly string[] | null | undefined
  readonly zip: Told
  readonly street: Told
  readonly city: Told
  readonly state: Told
  /** PID-15, as in `en` or `SPA`. */
  readonly language: Told
}

export interface NewPerson {
  readonly ids: readonly Identifier[]
  readonly familyName: string
  readonly givenName: string
  readonly bornOn: string
  readonly sex?: string
  readonly phones?: readonly string[]
  readonly zip?: string
}

export function readPerson(segment: Segment): Person {
  const born = valueAt(segment, 7)
  const [name = ""] = repetitionsAt(segment, 5)
  return {
    ids: identifiersAt(segment, 3),
    // FN has parts of its own; the first is the name as people know it.
    familyName: partOf(name, 1),
    givenName: partOf(name, 2),
    bornOn: born === null ? null : dayOf(born),
    sex: valueAt(segment, 8),
    phones: phonesOf(segment),
    street: valueAt(segment, 11, 1),
    city: valueAt(segment, 11, 3),
    state: valueAt(segment, 11, 4),
    zip: valueAt(segment, 11, 5),
    language: valueAt(segment, 15),
  }
}

/** The identifiers that stand in a field: PID-3, or MRG-1 for those that are no more. */
export function identifiersAt(segment: Segment | undefined, field: number): readonly Identifier[] {
  return repetitionsAt(segment, field).flatMap((repetition) => {
    const id = partOf(repetition, 1)
    const [authority, type] = [partOf(repetition, 4), partOf(repetition, 5)]
    return id ? [{ id, ...(authority && { authority }), ...(type && { type }) }] : []
  })
}

export function makePerson(person: NewPerson): Segment {
  const ids = person.ids.map(({ id, authority, type }) =>
    components(id, undefined, undefined, authority, type),
  )
  const phones = person.phones ?? []
  const zip: Value = person.zip === undefined ? undefined : components("", "", "", "", person.zip)
  return makeSegment("PID", {
    1: 1,
    3: repetitions(...ids),
    5: components(person.familyName, person.givenName),
    7: writtenDay(person.bornOn),
    8: person.sex,
    11: zip,
    13: repetitions(...phones),
  })
}

/** XTN holds the number as people write it, or, in later versions, in pieces. */
function phonesOf(segment: Segment): Person["phones"] {
  const fields = [13, 14]
  const told = fields.map((field) => valueAt(segment, field))
  const written = fields
    .flatMap((field) => repetitionsAt(segment, field))
    .map(
      (one) =>
        partOf(one, 1) || partOf(one, 12) || `${partOf(one, 6) ?? ""}${partOf(one, 7) ?? ""}`,
    )
    .filter((number) => number !== "")
  if (written.length > 0) return written
  return told.includes(null) ? null : undefined
}

/**
 * Elements as properties of a schema. A property is named as its element is, so the schema is the
 * form, the reader, the writer and the type. Every value stays text: nothing turns into a number.
 */
import { type TObject, type TProperties, type TSchema, Type as t } from "typebox"

const REPEATS_MAX = 2_000
const KEPT_MAX = 4_000
const KEPT_CHARACTERS_MAX = 2_097_152

export const text = (charactersMax: number) =>
  t.String({ minLength: 1, maxLength: charactersMax, pattern: "\\S" })

/** A number that is a name, such as an NPI: its leading zeros count. */
export const digits = (charactersMax: number) => t.String({ pattern: `^\\d{1,${charactersMax}}$` })

/** A decimal string as it came: `30`, `2.50`, `.5`. */
export const decimal = () => t.String({ pattern: "^(?:\\d{1,11}(?:\\.\\d{0,11})?|\\.\\d{1,11})$" })

export const day = () =>
  t.String({ pattern: "^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$" })

/** With or without fractions and a zone; senders differ. */
export const moment = () =>
  t.String({
    pattern:
      "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?$",
  })

/** An attribute of the element whose group this property is in. */
export const attribute = (charactersMax: number) =>
  t.String({ maxLength: charactersMax, place: "attribute" })

/** The text of an element that has attributes of interest too. */
export const content = (charactersMax: number) =>
  t.String({ minLength: 1, maxLength: charactersMax, pattern: "\\S", place: "content" })

/** What a group had that its schema does not know, as XML, to be written back in its place. */
const Kept = t.Object(
  {
    /** The known element before it; absent at the start. */
    after: t.Optional(t.String()),
    xml: t.String({ maxLength: KEPT_CHARACTERS_MAX }),
  },
  { additionalProperties: false },
)

export const group = <P extends TProperties>(properties: P) =>
  t.Object(
    { ...properties, others: t.Optional(t.Array(Kept, { maxItems: KEPT_MAX })) },
    { additionalProperties: false },
  )

/** An element that says what it says by being there. */
export const mark = () => group({})

export const several = <S extends TSchema>(item: S) =>
  t.Array(item, { minItems: 1, maxItems: REPEATS_MAX })

export const placeOf = (schema: TSchema): unknown => ("place" in schema ? schema.place : undefined)

export function isGroup(schema: TSchema): schema is TObject {
  return "properties" in schema
}

/** What one element of a repeating property looks like; of any other property, the property. */
export function itemOf(schema: TSchema): TSchema {
  return t.IsArray(schema) ? schema.items : schema
}

/**
 * Fields as properties of a schema: each says by which two characters it goes on the wire and how
 * its value is written. The schema is the form, the reader, the writer and the type, all in one.
 */
import { type Static, type TObject, type TProperties, type TSchema, Type as t } from "typebox"
import { fits } from "#core/schema.ts"

const OnWire = t.Object({
  id: t.String(),
  kind: t.Union([
    t.Literal("text"),
    t.Literal("digits"),
    t.Literal("count"),
    t.Literal("cents"),
    t.Literal("quantity"),
    t.Literal("day"),
    t.Literal("time"),
  ]),
  charactersMax: t.Integer(),
})
export type OnWire = Static<typeof OnWire>

/** How a group of fields says how often it comes. */
const Repeats = t.Object({
  counter: t.String(),
  /** One number before all of them, or a running number before each. */
  counts: t.Union([t.Literal("all"), t.Literal("each")]),
})
export type Repeats = Static<typeof Repeats>

const AMOUNT_CHARACTERS = 8
const QUANTITY_CHARACTERS = 10
const DAY_CHARACTERS = 8
const TIME_CHARACTERS = 4
/** No transaction repeats anything more often, unless it says so. */
const ITEMS_MAX = 25

export const text = (id: string, charactersMax: number) =>
  t.String({ minLength: 1, wire: { id, kind: "text", charactersMax } })

/** A number that is a name, such as an NDC: its leading zeros count. */
export const digits = (id: string, charactersMax: number) =>
  t.String({ pattern: "^\\d+$", wire: { id, kind: "digits", charactersMax } })

export const count = (id: string, charactersMax: number) =>
  t.Integer({
    minimum: 0,
    maximum: 10 ** charactersMax - 1,
    wire: { id, kind: "count", charactersMax },
  })

export const cents = (id: string, charactersMax = AMOUNT_CHARACTERS) =>
  t.Integer({
    minimum: 1 - 10 ** charactersMax,
    maximum: 10 ** charactersMax - 1,
    wire: { id, kind: "cents", charactersMax },
  })

/** A decimal string: `30`, `2.5`. */
export const quantity = (id: string) =>
  t.String({
    pattern: "^\\d{1,7}(\\.\\d{1,3})?$",
    wire: { id, kind: "quantity", charactersMax: QUANTITY_CHARACTERS },
  })

export const day = (id: string) =>
  t.String({
    pattern: "^\\d{4}-\\d{2}-\\d{2}$",
    wire: { id, kind: "day", charactersMax: DAY_CHARACTERS },
  })

export const time = (id: string) =>
  t.String({
    pattern: "^\\d{2}:\\d{2}$",
    wire: { id, kind: "time", charactersMax: TIME_CHARACTERS },
  })

/** So many groups of these, after one number that says how many. */
export const counted = <P extends TProperties>(
  counter: string,
  properties: P,
  { minItems = 0, maxItems = ITEMS_MAX } = {},
) => t.Array(t.Object(properties), { minItems, maxItems, repeats: { counter, counts: "all" } })

/** Groups of these, each after its running number. */
export const numbered = <P extends TProperties>(counter: string, properties: P) =>
  t.Array(t.Object(properties), { maxItems: 9, repeats: { counter, counts: "each" } })

export const RawField = t.Object({ id: t.String({ pattern: "^[0-9A-Z]{2}$" }), value: t.String() })
export const RawSegment = t.Object({
  id: t.String({ pattern: "^[0-9A-Z]{2}$" }),
  fields: t.Array(RawField),
})

/** A segment. Fields it does not know are kept in `others` and written after the rest. */
export const segment = <P extends TProperties>(id: string, properties: P) =>
  t.Object({ ...properties, others: t.Optional(t.Array(RawField)) }, { segmentId: id })

/** Whether a value has the form, so that it is one from here on. */
export function hasForm<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  return fits(schema, value)
}

export function wireOf(schema: TSchema): OnWire | undefined {
  return "wire" in schema && hasForm(OnWire, schema.wire) ? schema.wire : undefined
}

export function repeatsOf(schema: TSchema): Repeats | undefined {
  return "repeats" in schema && hasForm(Repeats, schema.repeats) ? schema.repeats : undefined
}

export function segmentIdOf(schema: TObject): string {
  return "segmentId" in schema ? String(schema.segmentId) : ""
}

/**
 * Which segments stand together, as a schema of segments: read and written in its order. A segment
 * that it does not know is kept as it came and written after the rest.
 */
import { type Static, type TObject, type TProperties, type TSchema, Type as t } from "typebox"
import { isRecord } from "#core/json.ts"
import { dayOf, writtenDay } from "./amounts.ts"
import { hasForm, RawSegment, segmentIdOf } from "./field.ts"
import type { Frame, Segment } from "./frame.ts"
import { layoutOfD0 } from "./header.ts"
import { readSegment, writeSegment } from "./segment.ts"
import { type Note, type Place, TelecomError } from "./trouble.ts"

/** Segments that stand together: what all transactions share, or one transaction. */
export const segments = <P extends TProperties>(properties: P) =>
  t.Object({ ...properties, others: t.Optional(t.Array(RawSegment)) })

/** The header in our words; the number of transactions is counted and never asked for. */
const header = {
  providerQualifier: t.String({ maxLength: 2 }),
  provider: t.String({ maxLength: 15 }),
  serviceOn: t.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" }),
}
export const RequestHeader = t.Object({
  /** Six digits; a string, because it becomes eight in F6. */
  bin: t.String({ pattern: "^\\d{6}$" }),
  pcn: t.String({ maxLength: 10 }),
  ...header,
  software: t.String({ maxLength: 10 }),
})
export const ResponseHeader = t.Object({
  /** Accepted or rejected as a whole. */
  status: t.Union([t.Literal("A"), t.Literal("R")]),
  ...header,
})

const RawSegments = t.Array(RawSegment)

interface Known {
  readonly name: string
  readonly schema: TObject
  readonly isRequired: boolean
}

const layouts = new WeakMap<TObject, ReadonlyMap<string, Known>>()

function knownIn(schema: TObject): ReadonlyMap<string, Known> {
  const made = layouts.get(schema)
  if (made) return made
  const required = new Set<string>(schema.required ?? [])
  const known = new Map(
    Object.entries(schema.properties).flatMap(([name, part]) => {
      if (!isSegmentSchema(part)) return []
      return [[segmentIdOf(part), { name, schema: part, isRequired: required.has(name) }] as const]
    }),
  )
  layouts.set(schema, known)
  return known
}

function isSegmentSchema(schema: TSchema): schema is TObject {
  return "segmentId" in schema && "properties" in schema
}

interface Reading {
  readonly at: Place
  readonly notes: Note[]
}

function readSegments<S extends TObject>(
  schema: S,
  found: readonly Segment[],
  { at, notes }: Reading,
): Static<S> {
  const known = knownIn(schema)
  const form: Record<string, unknown> = {}
  const others: Segment[] = []
  for (const segment of found) {
    const part = known.get(segment.id)
    if (part && !(part.name in form)) {
      form[part.name] = readSegment(part.schema, segment, { at, notes })
      continue
    }
    others.push(segment)
    notes.push({ code: part ? "repeated" : "unknown_segment", at: { ...at, segment: segment.id } })
  }
  for (const [segment, { name, isRequired }] of known) {
    if (isRequired && !(name in form)) throw new TelecomError("missing_segment", { ...at, segment })
  }
  const value: unknown = others.length > 0 ? { ...form, others } : form
  if (!hasForm(schema, value)) throw new TelecomError("wrong_form", at)
  return value
}

function writeSegments(schema: TObject, form: unknown, at: Place): readonly Segment[] {
  if (!isRecord(form)) throw new TelecomError("wrong_form", at)
  const written: Segment[] = []
  for (const [segment, { name, schema: part, isRequired }] of knownIn(schema)) {
    if (form[name] !== undefined) written.push(writeSegment(part, form[name], at))
    else if (isRequired) throw new TelecomError("missing_segment", { ...at, segment })
  }
  const others: unknown = form.others ?? []
  if (!hasForm(RawSegments, others)) throw new TelecomError("wrong_form", at)
  return [...written, ...others]
}

/** What all transactions share, and each of them. */
export interface Layout {
  readonly shared: TObject
  readonly each: TObject
}

/** Reads what stands behind the header. A count that differs from what came is noted. */
export function readParts({ shared, each }: Layout, { header, ...frame }: Frame) {
  const notes: Note[] = []
  const came = Math.max(1, frame.transactions.length)
  if (Number(header.count) !== came) notes.push({ code: "count_differs", at: { field: "count" } })
  return {
    notes,
    shared: readSegments(shared, frame.shared, { at: {}, notes }),
    transactions: frame.transactions.map((found, index) =>
      readSegments(each, found, { at: { transaction: index + 1 }, notes }),
    ),
  }
}

export function serviceOf({ header: { serviceDay = "" } }: Frame): string {
  const serviceOn = dayOf(serviceDay)
  if (serviceOn === undefined) throw new TelecomError("bad_day", { field: "serviceDay" })
  return serviceOn
}

interface Told {
  readonly code: string
  readonly header: Static<typeof RequestHeader> | Static<typeof ResponseHeader>
  readonly shared: unknown
  readonly transactions: readonly unknown[]
}

/** A frame of it, with the transactions counted. */
export function framed({ shared, each }: Layout, told: Told): Frame {
  const { serviceOn, ...header } = told.header
  const serviceDay = writtenDay(serviceOn)
  if (serviceDay === undefined) throw new TelecomError("bad_day", { field: "serviceDay" })
  const { version } = layoutOfD0
  const count = String(Math.max(1, told.transactions.length))
  return {
    header: { ...header, code: told.code, serviceDay, version, count },
    shared: writeSegments(shared, told.shared, {}),
    transactions: told.transactions.map((one, index) =>
      writeSegments(each, one, { transaction: index + 1 }),
    ),
    isEnded: false,
  }
}

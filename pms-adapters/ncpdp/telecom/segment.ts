/**
 * One segment between its fields and its form, as its schema says. What the schema does not know is
 * kept and noted; what it knows and cannot read is a `TelecomError`. Never guesses a value.
 */
import type { Static, TObject, TSchema } from "typebox"
import { isRecord } from "#core/json.ts"
import {
  centsOf,
  dayOf,
  overpunched,
  quantityOf,
  timeOf,
  writtenDay,
  writtenQuantity,
  writtenTime,
} from "./amounts.ts"
import { hasForm, type OnWire, type Repeats, repeatsOf, segmentIdOf, wireOf } from "./field.ts"
import type { Field, Segment } from "./frame.ts"
import { unpadded } from "./header.ts"
import { type Note, type Place, TelecomError, type TelecomTrouble } from "./trouble.ts"

interface Leaf {
  readonly name: string
  /** Its place among its neighbours. */
  readonly order: number
  readonly wire: OnWire
}

interface Group extends Repeats {
  readonly name: string
  readonly order: number
  readonly item: Plan
}

/** A schema as the wire sees it. */
interface Plan {
  readonly parts: readonly (Leaf | Group)[]
  readonly leaves: ReadonlyMap<string, Leaf>
  readonly groups: ReadonlyMap<string, Group>
  /** The fields that have to be there: a group is there when its number is. */
  readonly required: readonly { readonly name: string; readonly id: string }[]
  /** Every field it knows, those of its groups too. */
  readonly known: ReadonlySet<string>
}

const plans = new WeakMap<TObject, Plan>()

function planOf(schema: TObject): Plan {
  const made = plans.get(schema)
  if (made) return made
  const parts = Object.entries(schema.properties).flatMap(([name, part], order) =>
    partOf(name, order, part),
  )
  const leaves = parts.filter((part) => "wire" in part)
  const groups = parts.filter((part) => "item" in part)
  const required = new Set<string>(schema.required ?? [])
  const plan: Plan = {
    parts,
    leaves: new Map(leaves.map((leaf) => [leaf.wire.id, leaf])),
    groups: new Map(groups.map((group) => [group.counter, group])),
    required: parts
      .filter(({ name }) => required.has(name))
      .map((part) => ({ name: part.name, id: "wire" in part ? part.wire.id : part.counter })),
    known: new Set([
      ...leaves.map(({ wire }) => wire.id),
      ...groups.flatMap(({ counter, item }) => [counter, ...item.known]),
    ]),
  }
  plans.set(schema, plan)
  return plan
}

function partOf(name: string, order: number, schema: TSchema): readonly (Leaf | Group)[] {
  const wire = wireOf(schema)
  if (wire) return [{ name, order, wire }]
  const repeats = repeatsOf(schema)
  const items = "items" in schema ? schema.items : undefined
  return repeats && isObjectSchema(items) ? [{ name, order, ...repeats, item: planOf(items) }] : []
}

function isObjectSchema(schema: unknown): schema is TObject {
  return isRecord(schema) && isRecord(schema.properties)
}

/** Where the reading of a segment stands. */
interface Reading {
  readonly fields: readonly Field[]
  readonly at: Place
  readonly notes: Note[]
  readonly others: Field[]
  readonly known: ReadonlySet<string>
  next: number
}

export function readSegment<S extends TObject>(
  schema: S,
  { id, fields }: Segment,
  { at, notes }: { readonly at: Place; readonly notes: Note[] },
): Static<S> {
  const plan = planOf(schema)
  const place = { ...at, segment: id }
  const { known } = plan
  const reading: Reading = { fields, at: place, notes, others: [], known, next: 0 }
  const form: Form = {}
  readParts(plan, reading, form)
  for (let rest = fields[reading.next]; rest; rest = fields[reading.next]) {
    // A field of a group that has no place here, or one that stood before.
    keep(rest, "repeated", reading)
    readParts(plan, reading, form)
  }
  const { others } = reading
  const value: unknown = others.length > 0 ? { ...form, others } : form
  if (!hasForm(schema, value)) throw new TelecomError("wrong_form", place)
  return value
}

type Form = Record<string, unknown>

/**
 * Reads on into the form until a field belongs to no part of this plan, or to one that is filled.
 * Within a group the order of fields is fixed, so one that goes back in it opens the next item.
 */
function readParts(plan: Plan, reading: Reading, form: Form, isOrdered = false): Form {
  let last = -1
  for (let field = reading.fields[reading.next]; field; field = reading.fields[reading.next]) {
    if (!reading.known.has(field.id)) {
      keep(field, "unknown_field", reading)
      continue
    }
    const part = plan.leaves.get(field.id) ?? plan.groups.get(field.id)
    if (!part || (isOrdered && part.order < last)) break
    const before = form[part.name]
    if ("item" in part) {
      // An item that is counted by itself goes on a list that something odd had cut off.
      if (before !== undefined && part.counts === "all") break
      last = part.order
      form[part.name] = [...(Array.isArray(before) ? before : []), ...readGroup(part, reading)]
      continue
    }
    if (before !== undefined) break
    reading.next++
    const value = readValue(part.wire, field.value, reading)
    // A field that is empty says nothing, not even that an item goes on.
    if (value === undefined) continue
    form[part.name] = value
    last = part.order
  }
  for (const { name, id } of plan.required) {
    if (!(name in form)) throw new TelecomError("missing_field", { ...reading.at, field: id })
  }
  return form
}

/** Kept as it came, and said to be odd. */
function keep(field: Field, code: Note["code"], reading: Reading): void {
  reading.others.push(field)
  reading.notes.push({ code, at: { ...reading.at, field: field.id } })
  reading.next++
}

function readGroup({ counter, counts, item }: Group, reading: Reading): readonly Form[] {
  const { fields, at, notes } = reading
  const items: Form[] = []
  if (counts === "each") {
    while (fields[reading.next]?.id === counter) {
      reading.next++
      items.push(readParts(item, reading, {}, true))
    }
    return items
  }
  const said = Number(fields[reading.next++]?.value)
  for (let field = fields[reading.next]; field; field = fields[reading.next]) {
    if (!item.known.has(field.id) || opensNothing(item, field.id)) break
    const form = readParts(item, reading, {}, true)
    if (Object.keys(form).length > 0) items.push(form)
  }
  if (said !== items.length) {
    notes.push({ code: "count_differs", at: { ...at, field: counter } })
  }
  return items
}

/** A field deep within a group of the group opens no new item. */
function opensNothing({ leaves, groups }: Plan, id: string): boolean {
  return !leaves.has(id) && !groups.has(id)
}

const misread = {
  digits: "bad_digits",
  count: "bad_digits",
  cents: "bad_amount",
  quantity: "bad_quantity",
  day: "bad_day",
  time: "bad_time",
} as const satisfies Partial<Record<OnWire["kind"], TelecomTrouble>>

/** Undefined when the field is there and empty, which says nothing. */
function readValue(wire: OnWire, raw: string, { at, notes }: Reading): string | number | undefined {
  const { id, kind, charactersMax } = wire
  const value = unpadded(raw)
  const isEmpty = value === "" || (kind === "day" && /^0+$/.test(value))
  if (isEmpty) return undefined
  if (value.length > charactersMax && kind === "text") {
    notes.push({ code: "too_long", at: { ...at, field: id } })
  }
  const read = kind === "text" ? value : readAs(kind, value, charactersMax)
  if (read === undefined && kind !== "text") {
    throw new TelecomError(misread[kind], { ...at, field: id })
  }
  return read
}

function readAs(
  kind: Exclude<OnWire["kind"], "text">,
  value: string,
  charactersMax: number,
): string | number | undefined {
  if (value.length > charactersMax) return undefined
  switch (kind) {
    case "digits":
      return /^\d+$/.test(value) ? value : undefined
    case "count":
      return /^\d+$/.test(value) ? Number(value) : undefined
    case "cents":
      return centsOf(value)
    case "quantity":
      return quantityOf(value)
    case "day":
      return dayOf(value)
    case "time":
      return timeOf(value)
  }
}

/** Writes a form that has been checked against its schema. */
export function writeSegment(schema: TObject, form: unknown, at: Place): Segment {
  const id = segmentIdOf(schema)
  const place = { ...at, segment: id }
  if (!hasForm(schema, form) || !isRecord(form)) throw new TelecomError("wrong_form", place)
  const others = Array.isArray(form.others) ? form.others.filter(isField) : []
  const plan = planOf(schema)
  // What stands in groups would join the last one if it came after it.
  const isOfGroup = (field: Field) =>
    plan.known.has(field.id) && !plan.leaves.has(field.id) && !plan.groups.has(field.id)
  const first = others.filter(isOfGroup)
  const last = others.filter((field) => !isOfGroup(field))
  return { id, fields: [...first, ...writeParts(plan, form, place), ...last] }
}

function isField(value: unknown): value is Field {
  return isRecord(value) && typeof value.id === "string" && typeof value.value === "string"
}

function writeParts(plan: Plan, form: Form, at: Place): readonly Field[] {
  return plan.parts.flatMap((part) => {
    const value = form[part.name]
    if (value === undefined) return []
    if ("item" in part) return writeGroup(part, value, at)
    return [{ id: part.wire.id, value: writtenValue(part.wire, value, at) }]
  })
}

function writeGroup({ counter, counts, item }: Group, value: unknown, at: Place): readonly Field[] {
  const forms = Array.isArray(value) ? value.filter(isRecord) : []
  const written = forms.map((form) => writeParts(item, form, at))
  if (counts === "all") return [{ id: counter, value: String(forms.length) }, ...written.flat()]
  return written.flatMap((fields, index) => [{ id: counter, value: String(index + 1) }, ...fields])
}

function writtenValue({ id, kind, charactersMax }: OnWire, value: unknown, at: Place): string {
  const place = { ...at, field: id }
  const text = String(value)
  const written = writtenAs(kind, text, charactersMax)
  if (written === undefined) throw new TelecomError("wrong_form", place)
  if (written.length > charactersMax) throw new TelecomError("too_long", place)
  return written
}

function writtenAs(kind: OnWire["kind"], text: string, charactersMax: number): string | undefined {
  switch (kind) {
    case "text":
    case "digits":
    case "count":
      return text
    case "cents":
      return overpunched(Number(text))
    case "quantity":
      return writtenQuantity(text, charactersMax)
    case "day":
      return writtenDay(text)
    case "time":
      return writtenTime(text)
  }
}

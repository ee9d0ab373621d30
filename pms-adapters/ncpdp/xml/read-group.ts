/**
 * An element into the form its schema describes. What the schema does not know is kept and noted;
 * what it knows and cannot read is refused, because half a prescription is worse than none.
 */
import type { TObject, TSchema } from "typebox"
import { validatorOf } from "#core/json.ts"
import { isGroup, itemOf, placeOf } from "./schema.ts"
import { type Element, writeTree } from "./tree.ts"
import { XmlError, type XmlNote } from "./trouble.ts"

export type Form = Readonly<Record<string, unknown>>

export interface Reading {
  readonly at: string
  readonly notes: XmlNote[]
}

interface Kept {
  readonly after?: string
  readonly xml: string
}

export function readGroup(element: Element, schema: TObject, { at, notes }: Reading): Form {
  const names = Object.keys(schema.properties)
  const found = new Map<string, unknown>()
  const others: Kept[] = []
  readOwn(element, schema, { at, notes }, found)
  let last: string | undefined
  for (const child of element.children) {
    const property = propertyOf(schema, child.name)
    const refusal = property ? refusalOf(child, property, found) : "unknown_element"
    if (!property || refusal) {
      notes.push({ code: refusal ?? "unknown_element", at })
      // The first of a name is the one that counts, so a second is never written before it.
      const after = refusal === "repeated" ? child.name : last
      others.push({ ...(after === undefined ? {} : { after }), xml: writeTree(child) })
      continue
    }
    const value = readValue(child, itemOf(property), { at: `${at}/${child.name}`, notes })
    found.set(child.name, nextValue(property, found.get(child.name), value))
    if (last !== undefined && names.indexOf(child.name) < names.indexOf(last)) {
      notes.push({ code: "order_differs", at })
    }
    last = child.name
  }
  requireAll(schema, found, at)
  if (others.length > 0) found.set("others", others)
  // In the order of the schema, whatever the sender's, so that equal forms are equal text.
  const order = [...names, "others"].filter((name, index, all) => all.indexOf(name) === index)
  return Object.fromEntries(
    order.flatMap((name) => (found.has(name) ? [[name, found.get(name)]] : [])),
  )
}

/** Only what is an element of its own; the inherited names of JavaScript are none. */
function propertyOf({ properties }: TObject, name: string): TSchema | undefined {
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined
  return property && name !== "others" && placeOf(property) === undefined ? property : undefined
}

function refusalOf(
  child: Element,
  property: TSchema,
  found: ReadonlyMap<string, unknown>,
): "repeated" | "empty" | undefined {
  if (!isGroup(itemOf(property)) && isEmpty(child)) return "empty"
  return found.has(child.name) && itemOf(property) === property ? "repeated" : undefined
}

const isEmpty = ({ text, children }: Element): boolean =>
  text.trim() === "" && children.length === 0

function nextValue(property: TSchema, before: unknown, value: unknown): unknown {
  if (itemOf(property) === property) return value
  return Array.isArray(before) ? [...before, value] : [value]
}

/** The attributes and the text that the schema asks for; stray text is no XML that we read. */
function readOwn(
  element: Element,
  { properties }: TObject,
  { at, notes }: Reading,
  found: Map<string, unknown>,
): void {
  const places = Object.entries(properties).map(([name, each]) => [name, placeOf(each)] as const)
  const contentName = places.find(([, place]) => place === "content")?.[0]
  if (contentName !== undefined && element.text.trim() !== "") {
    found.set(contentName, checkedText(element.text, properties[contentName], at))
  } else if (element.text.trim() !== "") throw new XmlError("stray_text", at)
  for (const [name, value] of Object.entries(element.attributes)) {
    const isKnown = places.some(([known, place]) => known === name && place === "attribute")
    if (isKnown) found.set(name, checkedText(value, properties[name], `${at}@${name}`))
    else if (value !== "") notes.push({ code: "attribute_dropped", at })
  }
}

function readValue(element: Element, schema: TSchema, reading: Reading): unknown {
  const { at, notes } = reading
  if (isGroup(schema)) return readGroup(element, schema, reading)
  if (element.children.length > 0) throw new XmlError("bad_value", at)
  if (Object.keys(element.attributes).length > 0) notes.push({ code: "attribute_dropped", at })
  return checkedText(element.text, schema, at)
}

function checkedText(text: string, schema: TSchema | undefined, at: string): string {
  if (!schema || !validatorOf(schema).Check(text)) throw new XmlError("bad_value", at)
  return text
}

function requireAll(schema: TObject, found: ReadonlyMap<string, unknown>, at: string): void {
  const missing = (schema.required ?? []).find((name) => !found.has(name))
  if (missing !== undefined) throw new XmlError("missing", `${at}/${missing}`)
}

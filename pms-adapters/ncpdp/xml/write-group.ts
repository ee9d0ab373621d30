/**
 * A form into the element its schema describes, in the order of the schema. Takes only what fits
 * the schema, and puts back what was kept. Never writes half of a form.
 */
import type { TObject, TSchema } from "typebox"
import { isRecord, validatorOf } from "#core/json.ts"
import type { Form } from "./read-group.ts"
import { isGroup, itemOf, placeOf } from "./schema.ts"
import { type Element, readTree } from "./tree.ts"
import { XmlError } from "./trouble.ts"

/** Throws `XmlError` when the form is none, or holds what XML cannot. */
export function writeGroup(name: string, form: unknown, schema: TObject): Element {
  if (!isRecord(form) || !validatorOf(schema).Check(form)) throw new XmlError("wrong_form", name)
  return elementOf(name, form, schema)
}

function elementOf(name: string, form: Form, schema: TObject): Element {
  const entries = Object.entries(schema.properties).filter(([key]) => form[key] !== undefined)
  const placed = (place: string) => entries.filter(([, each]) => placeOf(each) === place)
  const kept = keptIn(form)
  const children = entries.flatMap(([key, each]) =>
    key === "others" || placeOf(each) !== undefined
      ? []
      : [...childrenOf(key, form[key], each), ...keptAfter(kept, key)],
  )
  const names = entries.map(([key]) => key)
  const first = kept.filter(({ after }) => after === undefined || !names.includes(after))
  return {
    name,
    attributes: Object.fromEntries(placed("attribute").map(([key]) => [key, String(form[key])])),
    children: [...first.map(({ element }) => element), ...children],
    text: placed("content")
      .map(([key]) => String(form[key]))
      .join(""),
  }
}

function childrenOf(name: string, value: unknown, schema: TSchema): readonly Element[] {
  const item = itemOf(schema)
  const values = Array.isArray(value) ? value : [value]
  return values.map((each: unknown) =>
    isGroup(item) && isRecord(each)
      ? elementOf(name, each, item)
      : { name, attributes: {}, children: [], text: String(each) },
  )
}

interface KeptElement {
  readonly after: string | undefined
  readonly element: Element
}

/** What was kept is read again: whoever filled in the form may have got it from anywhere. */
function keptIn({ others }: Form): readonly KeptElement[] {
  if (!Array.isArray(others)) return []
  return others.flatMap((one: unknown) => {
    if (!isRecord(one) || typeof one.xml !== "string") return []
    const after = typeof one.after === "string" ? one.after : undefined
    return [{ after, element: readTree(new TextEncoder().encode(one.xml)) }]
  })
}

function keptAfter(kept: readonly KeptElement[], name: string): readonly Element[] {
  return kept.flatMap(({ after, element }) => (after === name ? [element] : []))
}

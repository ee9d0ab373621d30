/** One field of a card out of the words for it. What does not have the field's form is nothing. */
import { fits } from "#core/schema.ts"
import { Card, type CardField } from "./contract.ts"
import { codeIn, saysNone } from "./spoken-code.ts"

/** Undefined when the words are unreadable; without a value when the card has none. */
export function readField(
  field: CardField,
  text: string,
): { readonly value: string | undefined } | undefined {
  const mayLack = field === "pcn" || field === "group"
  if (mayLack && saysNone(text)) return { value: undefined }
  const value = codeIn(text)
  if (value === undefined) return undefined
  return fits(Card.properties[field], value) ? { value } : undefined
}

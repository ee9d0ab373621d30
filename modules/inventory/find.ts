/** Finding shelves by what somebody types: a number, a part of a name, a brand, a slip of it. */
import { drugs } from "../drugs/contract.ts"
import { dayHere, type Here, type Item } from "./needs.ts"
import { everyItem } from "./read-stock.ts"
import { shelfOf } from "./shelf.ts"

const DIGITS_MIN = 4

export interface Asked {
  readonly text?: string
  readonly only?: "near_expiry" | "discrepancies" | "ours"
  readonly ndcs?: readonly string[]
}

export async function findItems(asked: Asked, context: Here): Promise<Item[]> {
  const { text = "", only, ndcs } = asked
  const every = await everyItem(context)
  const all = ndcs ? every.filter(({ ndc }) => ndcs.includes(ndc)) : every
  const meant = only ? all.filter((item) => isListed(item, only, context)) : all
  const found = text.trim() === "" ? meant : await matching(text, meant, context)
  return found.toSorted((one, other) => one.name.localeCompare(other.name, "en"))
}

function isListed(item: Item, only: NonNullable<Asked["only"]>, context: Here): boolean {
  const today = dayHere(context)
  const { expired, nearestExpiry, isNegative, discrepancy } = shelfOf(item, today)
  if (only === "ours") return item.told === undefined
  if (only === "discrepancies") return isNegative || discrepancy !== undefined
  const near = dayHere(context, context.config.nearExpiryDays)
  return expired !== "0" || (nearestExpiry !== undefined && nearestExpiry <= near)
}

async function matching(text: string, all: readonly Item[], context: Here): Promise<Item[]> {
  const digits = text.replace(/\D/g, "")
  if (digits.length >= DIGITS_MIN && /^[\d\s-]+$/.test(text)) {
    // Ten digits with hyphens are padded inside, which only the directory's reading tells.
    const listed = await context.call(drugs, "lookUp", { ndc: text.trim().slice(0, 20) })
    const exact = listed.ok ? listed.value.ndc : undefined
    return all.filter(({ ndc }) => ndc === exact || ndc.includes(digits))
  }
  const words = wordsOf(text)
  const named = all.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
  if (named.length > 0) return named
  const spoken = await context.call(drugs, "named", { text })
  const groups = spoken.ok ? spoken.value.groups : []
  const generic = groups.flat().map(({ genericName }) => genericName)
  return all.filter(({ name }) =>
    generic.some((one) => name.toLowerCase().includes(one.toLowerCase())),
  )
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\d.%-]+/gu) ?? []
}

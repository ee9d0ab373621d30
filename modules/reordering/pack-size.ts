/** How much is in one package of a product, from the NDC directory. */
import { drugs } from "../drugs/contract.ts"
import type { Here } from "./needs.ts"
import { packSizeOf } from "./packages.ts"

const ONE_UNIT = 1_000

/** In thousandths of a unit; one unit, and not known, where the directory does not tell it. */
export async function packSizeFor(ndc: string, { call }: Here) {
  const listed = await call(drugs, "lookUp", { ndc })
  const packages = listed.ok ? listed.value.packages : []
  const described = packages.find((one) => one.ndc === ndc)?.description
  const size = described === undefined ? undefined : packSizeOf(described)
  return size === undefined
    ? { size: ONE_UNIT, isKnown: false }
    : { size: Math.round(size * ONE_UNIT), isKnown: true }
}

/**
 * Lines of the NDC directory's two files, product.txt and package.txt, as the FDA describes their
 * columns (fda.gov, NDC product and package file definitions). Columns go by name, not by place.
 */
import type { Static } from "typebox"
import { Check } from "typebox/value"
import { DeaSchedule } from "#core/decision.ts"
import { ndc12Of, productOf } from "./ndc.ts"

export interface Product {
  /** Ties packages to it. */
  readonly id: string
  /** Ten digits, 6-4. */
  readonly product: string
  readonly name: string
  readonly genericName: string
  readonly form: string
  readonly route: string
  /** One to each ingredient: `ATORVASTATIN CALCIUM 20 mg/1`. */
  readonly strengths: readonly string[]
  readonly labeler: string
  readonly schedule: Static<typeof DeaSchedule>
  /** Left out of the directory by the FDA itself. */
  readonly isExcluded: boolean
}

export interface Package {
  readonly id: string
  readonly ndc: string
  readonly description: string
  readonly isExcluded: boolean
}

export type Read<T> =
  | { readonly ok: true; readonly row: T }
  | { readonly ok: false; readonly why: string }

const productColumns = [
  "PRODUCTID",
  "PRODUCTNDC",
  "PROPRIETARYNAME",
  "PROPRIETARYNAMESUFFIX",
  "NONPROPRIETARYNAME",
  "DOSAGEFORMNAME",
  "ROUTENAME",
  "LABELERNAME",
  "SUBSTANCENAME",
  "ACTIVE_NUMERATOR_STRENGTH",
  "ACTIVE_INGRED_UNIT",
  "DEASCHEDULE",
  "NDC_EXCLUDE_FLAG",
]
const packageColumns = ["PRODUCTID", "NDCPACKAGECODE", "PACKAGEDESCRIPTION", "NDC_EXCLUDE_FLAG"]

/** Reads one line by the names in the first. */
type Cell = (column: string) => string

export type Header =
  | { readonly of: "product" | "package"; readonly columns: readonly string[] }
  | { readonly of: "neither" }

/** Which of the two files this is the first line of. */
export function headerOf(line: string): Header {
  // Some programs put a byte order mark in front.
  const columns = line
    .replace(/^\uFEFF/, "")
    .split("\t")
    .map((name) => name.trim().toUpperCase())
  const has = (names: readonly string[]) => names.every((name) => columns.includes(name))
  if (has(productColumns)) return { of: "product", columns }
  return has(packageColumns) ? { of: "package", columns } : { of: "neither" }
}

export function readProduct(columns: readonly string[], line: string): Read<Product> {
  return readRow(columns, line, (cell) => {
    const product = productOf(cell("PRODUCTNDC"))
    if (product === undefined) return "PRODUCTNDC is no labeler and product with a hyphen"
    const name = [cell("PROPRIETARYNAME"), cell("PROPRIETARYNAMESUFFIX")].join(" ").trim()
    const genericName = cell("NONPROPRIETARYNAME")
    if (!name && !genericName) return "the product has no name"
    const schedule = cell("DEASCHEDULE").toUpperCase() || "none"
    if (!Check(DeaSchedule, schedule)) return "DEASCHEDULE is none of CI to CV"
    const strengths = strengthsOf(cell)
    if (!strengths) return "there are not as many strengths and units as substances"
    return {
      ...{ id: cell("PRODUCTID"), product, strengths, schedule },
      ...{ name: name || genericName, genericName: genericName || name },
      ...{ form: cell("DOSAGEFORMNAME"), route: cell("ROUTENAME"), labeler: cell("LABELERNAME") },
      isExcluded: isExcluded(cell),
    }
  })
}

export function readPackage(columns: readonly string[], line: string): Read<Package> {
  return readRow(columns, line, (cell) => {
    const ndc = ndc12Of(cell("NDCPACKAGECODE"))
    if (ndc === undefined) return "NDCPACKAGECODE is no NDC with hyphens"
    const description = cell("PACKAGEDESCRIPTION")
    return { id: cell("PRODUCTID"), ndc, description, isExcluded: isExcluded(cell) }
  })
}

/** A word is why the line can't be used. */
function readRow<T extends object>(
  columns: readonly string[],
  line: string,
  read: (cell: Cell) => T | string,
): Read<T> {
  const cells = line.split("\t").map((text) => text.trim())
  const refuse = (why: string) => ({ ok: false, why }) as const
  if (cells.length !== columns.length) {
    return refuse(`has ${cells.length} columns, and the first line has ${columns.length}`)
  }
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(cells.join(""))) return refuse("holds a control character")
  const row = read((column) => cells[columns.indexOf(column)] ?? "")
  return typeof row === "string" ? refuse(row) : { ok: true, row }
}

/** N is for what stands in the directory; an empty flag came from before there were flags. */
function isExcluded(cell: Cell): boolean {
  return !["", "N"].includes(cell("NDC_EXCLUDE_FLAG").toUpperCase())
}

/** Undefined when they do not belong together. A product may have no listed substance at all. */
function strengthsOf(cell: Cell): readonly string[] | undefined {
  const [substances, numbers, units] = [
    "SUBSTANCENAME",
    "ACTIVE_NUMERATOR_STRENGTH",
    "ACTIVE_INGRED_UNIT",
  ].map((column) => listed(cell(column)))
  if (!substances || substances.length !== numbers?.length) return undefined
  if (substances.length !== units?.length) return undefined
  return substances
    .map((name, at) => `${name.toUpperCase()} ${numbers[at]} ${units[at]?.toLowerCase()}`)
    .sort()
}

function listed(text: string): readonly string[] {
  return text === "" ? [] : text.split(";").map((one) => one.trim())
}

/**
 * The official files into one directory. A line that can't be used is kept beside with its reason;
 * the directory that was there stays until the new one is whole. Never guesses a cell.
 */
import { rm, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { DIRECTORY_FILE, linesOf } from "./directory.ts"
import {
  type Header,
  headerOf,
  type Package,
  type Product,
  type Read,
  readPackage,
  readProduct,
} from "./directory-rows.ts"
import { LINE_BYTES_MAX, readLines } from "./read-lines.ts"
import { SortedLines } from "./sorted-lines.ts"

export const REFUSED_FILE = "ndc-refused.txt"
/** When more than this share of the lines is bad, it is the file that is, and nothing is taken. */
const BAD_SHARE_MAX = 0.1

export interface Refused {
  readonly file: string
  /** From 1; the first line has the names of the columns. */
  readonly line: number
  readonly why: string
  readonly text: string
}

export type Imported =
  | {
      readonly kind: "imported"
      readonly products: number
      readonly packages: number
      /** What the FDA itself leaves out, and packages of such products. */
      readonly excluded: number
      readonly refused: readonly Refused[]
    }
  | { readonly kind: "nothing"; readonly why: string; readonly refused: readonly Refused[] }

/** Told how far it is: which file, and how many bytes more of it were read. */
export interface Following {
  file(name: string): void
  bytes(count: number): void
}

/** Reads the two files, in either order, into the folder. */
export async function importDirectory(
  paths: readonly string[],
  folder: string,
  following: Following,
): Promise<Imported> {
  const found = new Found()
  for (const path of paths) {
    following.file(basename(path))
    const why = await readFile(path, found, following)
    if (why !== undefined) return { kind: "nothing", why, refused: [] }
  }
  const missing = (["product", "package"] as const).filter((one) => !found.files.has(one))
  if (missing.length > 0) {
    const names = missing.map((one) => `${one}.txt`).join(" and ")
    return { kind: "nothing", why: `${names} is missing: both are needed.`, refused: [] }
  }
  const { lines, products, packages } = joined(found)
  const { refused, seen, excluded } = found
  await keepRefused(join(folder, REFUSED_FILE), refused)
  if (refused.length > seen * BAD_SHARE_MAX || products === 0) {
    const why = `${refused.length} of ${seen} lines can't be used. Nothing was changed.`
    return { kind: "nothing", why, refused }
  }
  await SortedLines.write(join(folder, DIRECTORY_FILE), lines)
  return { kind: "imported", products, packages, excluded, refused }
}

interface Placed<T> {
  readonly row: T
  readonly file: string
  readonly line: number
  readonly text: string
}

class Found {
  readonly files = new Set<string>()
  readonly products = new Map<string, Placed<Product>>()
  readonly packages: Placed<Package>[] = []
  readonly excludedIds = new Set<string>()
  readonly refused: Refused[] = []
  seen = 0
  excluded = 0

  take(header: Header, place: Omit<Placed<never>, "row">): void {
    if (header.of === "neither") return
    const { columns } = header
    if (header.of === "package") {
      const row = this.#used(readPackage(columns, place.text), place)
      if (row) this.packages.push({ ...place, row })
      return
    }
    const row = this.#used(readProduct(columns, place.text), place)
    if (!row) return
    if (this.products.has(row.id)) this.refuse(place, "PRODUCTID stands in an earlier line too")
    else this.products.set(row.id, { ...place, row })
  }

  refuse({ file, line, text }: Omit<Placed<never>, "row">, why: string): void {
    this.refused.push({ file, line, why, text })
  }

  #used<T extends Product | Package>(
    read: Read<T>,
    place: Omit<Placed<never>, "row">,
  ): T | undefined {
    this.seen++
    if (!read.ok) {
      this.refuse(place, read.why)
      return undefined
    }
    if (!read.row.isExcluded) return read.row
    this.excluded++
    this.excludedIds.add(read.row.id)
    return undefined
  }
}

/** Why the file as a whole can't be used, or undefined. */
async function readFile(path: string, found: Found, following: Following) {
  const file = basename(path)
  let header: Header | undefined
  let reported = 0
  for await (const { number: line, text, isCut, bytesRead } of readLines(path)) {
    following.bytes(bytesRead - reported)
    reported = bytesRead
    if (!header) {
      header = headerOf(text)
      if (header.of === "neither") return `${file} is neither product.txt nor package.txt.`
      if (found.files.has(header.of)) return `${file} is a second ${header.of}.txt.`
      found.files.add(header.of)
    } else if (isCut) {
      found.seen++
      found.refuse({ file, line, text }, `is longer than ${LINE_BYTES_MAX} bytes, and cut there`)
    } else if (text.trim() !== "") {
      found.take(header, { file, line, text })
    }
  }
  return header ? undefined : `${file} is empty.`
}

/** Every package with its product. One that has none is refused, unless its product was. */
function joined(found: Found) {
  const byProduct = new Map<string, Package[]>()
  for (const place of found.packages) {
    const { id } = place.row
    if (found.products.has(id)) byProduct.set(id, [...(byProduct.get(id) ?? []), place.row])
    else if (found.excludedIds.has(id)) found.excluded++
    else found.refuse(place, "its product is not in product.txt, or its line there can't be used")
  }
  const lines: string[] = []
  let [products, packages] = [0, 0]
  for (const [id, place] of found.products) {
    const own = byProduct.get(id) ?? []
    const made = linesOf(place.row, own)
    if (made) {
      for (const line of made) lines.push(line)
      products++
      packages += own.length
    } else found.refuse(place, "is too long to keep")
  }
  return { lines, products, packages }
}

/** With the line as it came, so that it can be mended and read again. */
async function keepRefused(path: string, refused: readonly Refused[]): Promise<void> {
  if (refused.length === 0) return rm(path, { force: true })
  const lines = refused.map(({ file, line, why, text }) => `${file}:${line}: ${why}\n${text}\n`)
  await writeFile(path, lines.join(""), { mode: 0o600 })
}

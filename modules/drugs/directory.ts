/**
 * The NDC directory as it was imported, asked where it lies on the disk. Knows what is listed,
 * never what may be dispensed for what: equivalence here finds products and decides nothing.
 */
import { createHash } from "node:crypto"
import { type Static, Type as t } from "typebox"
import { parseJson } from "#core/json.ts"
import { Listed, PRODUCTS_MAX } from "./contract.ts"
import type { Package, Product } from "./directory-rows.ts"
import { ndc11Of } from "./ndc.ts"
import { SORTED_LINE_BYTES_MAX, SortedLines } from "./sorted-lines.ts"
import { wordsOf } from "./words.ts"

export const DIRECTORY_FILE = "ndc-directory"

/** What a line is about stands in front: a product, a package, an equivalence, a word. */
const about = { product: "P", package: "K", equal: "E", word: "W" } as const
const TAB = "\t"
/** More packages of one product than anybody makes; more words than a search looks through. */
const PACKAGES_MAX = 200
const WORDS_FOUND_MAX = 2_000
const PRODUCT_DIGITS = 10

/** What is kept of a product, as a row tells it. */
type Kept = Omit<Product, "id" | "product" | "isExcluded">

const KeptProduct = t.Omit(Listed, ["ndc", "ndc11", "packages"])
type KeptProduct = Static<typeof KeptProduct>

/** The lines of one product and its packages; undefined when it is too long for a line. */
export function linesOf(
  { id: _, product, isExcluded: __, ...facts }: Product,
  packages: readonly Package[],
): readonly string[] | undefined {
  const words = new Set(wordsOf(`${facts.name} ${facts.genericName}`))
  const lines = [
    about.product + product + TAB + JSON.stringify(facts),
    about.equal + equalityOf(facts) + TAB + product,
    ...[...words].map((word) => about.word + word + TAB + product),
    ...packages.map(({ ndc, description }) => about.package + ndc + TAB + description),
  ]
  const isTooLong = lines.some((line) => Buffer.byteLength(line) >= SORTED_LINE_BYTES_MAX)
  return isTooLong ? undefined : lines
}

/** The same substances in the same strengths, form and route. Empty strengths equal nothing. */
function equalityOf({ strengths, form, route, ...rest }: Kept): string {
  const own = strengths.length === 0 ? JSON.stringify(rest) : ""
  const told = JSON.stringify([strengths, form.toUpperCase(), route.toUpperCase(), own])
  return createHash("sha256").update(told).digest("base64url")
}

export class Directory implements AsyncDisposable {
  readonly #lines: SortedLines

  private constructor(lines: SortedLines) {
    this.#lines = lines
  }

  static async open(path: string): Promise<Directory> {
    return new Directory(await SortedLines.open(path))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lines.close()
  }

  /** By twelve digits, package and all. */
  async package(ndc12: string): Promise<Listed | undefined> {
    const [line] = await this.#lines.beginning(about.package + ndc12 + TAB, 1)
    if (line === undefined) return undefined
    return this.#product(ndc12.slice(0, PRODUCT_DIGITS), ndc12)
  }

  /** Products all of whose names' words begin as these do. */
  async named(text: string): Promise<readonly Listed[]> {
    const [rarest = "", ...others] = wordsOf(text).toSorted((a, b) => b.length - a.length)
    if (rarest === "") return []
    const found = await this.#lines.beginning(about.word + rarest, WORDS_FOUND_MAX)
    const products: Listed[] = []
    for (const product of new Set(found.map(behindTab))) {
      if (products.length === PRODUCTS_MAX) break
      const listed = await this.#product(product)
      if (listed && hasAll(listed, others)) products.push(listed)
    }
    return products
  }

  /** Products that have the same in them, the one that is asked about among them. */
  async equivalents(ndc12: string): Promise<readonly Listed[]> {
    const kept = await this.#kept(ndc12.slice(0, PRODUCT_DIGITS))
    if (!kept) return []
    const prefix = about.equal + equalityOf(kept) + TAB
    const found = await this.#lines.beginning(prefix, PRODUCTS_MAX)
    const listed = await Promise.all(found.map((line) => this.#product(behindTab(line))))
    return listed.flatMap((one) => one ?? [])
  }

  async #kept(product: string): Promise<KeptProduct | undefined> {
    const [line] = await this.#lines.beginning(about.product + product + TAB, 1)
    return line === undefined ? undefined : parseJson(behindTab(line), KeptProduct)
  }

  async #product(product: string, ndc?: string): Promise<Listed | undefined> {
    const kept = await this.#kept(product)
    if (!kept) return undefined
    const lines = await this.#lines.beginning(about.package + product, PACKAGES_MAX)
    const packages = lines.map((line) => ({
      ndc: line.slice(1, line.indexOf(TAB)),
      description: behindTab(line),
    }))
    const named = ndc ?? packages[0]?.ndc
    const ndc11 = named === undefined ? undefined : ndc11Of(named)
    return { ...kept, ...(named && { ndc: named }), ...(ndc11 && { ndc11 }), packages }
  }
}

function behindTab(line: string): string {
  return line.slice(line.indexOf(TAB) + 1)
}

function hasAll({ name, genericName }: Listed, beginnings: readonly string[]): boolean {
  const words = wordsOf(`${name} ${genericName}`)
  return beginnings.every((one) => words.some((word) => word.startsWith(one)))
}

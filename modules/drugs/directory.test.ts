/** The NDC directory: read from files in the FDA's format, mended by nobody, asked on the disk. */
import assert from "node:assert/strict"
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { finished } from "node:stream/promises"
import { type TestContext, test } from "node:test"
import fc from "fast-check"
import { openHouse } from "../../test/house.ts"
import { drugsCommand } from "./command.ts"
import type { Listed } from "./contract.ts"
import { DIRECTORY_FILE, Directory } from "./directory.ts"
import { importDirectory, REFUSED_FILE } from "./import-directory.ts"
import { SortedLines } from "./sorted-lines.ts"

const seed = join(import.meta.dirname, "seed")
const [productHead = "", ...productLines] = linesIn("product.txt")
const [packageHead = "", ...packageLines] = linesIn("package.txt")
const quiet = { file() {}, bytes() {} }

function linesIn(name: string): readonly string[] {
  return readFileSync(join(seed, name), "utf8").trimEnd().split("\n")
}

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "mortar-ndc-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  return folder
}

interface Files {
  readonly products?: readonly string[]
  readonly packages?: readonly string[]
}

/** Writes the two files and imports them. */
async function imported(folder: string, { products, packages }: Files) {
  const paths = [join(folder, "product.txt"), join(folder, "package.txt")] as const
  writeFileSync(paths[0], [productHead, ...(products ?? productLines)].join("\n"))
  writeFileSync(paths[1], [packageHead, ...(packages ?? packageLines)].join("\r\n"))
  return importDirectory(paths, folder, quiet)
}

async function inDirectory<T>(folder: string, ask: (directory: Directory) => Promise<T>) {
  await using directory = await Directory.open(join(folder, DIRECTORY_FILE))
  return await ask(directory)
}

/** A line with one cell changed. */
function withCell(line: string, column: string, value: string): string {
  const at = productHead.split("\t").indexOf(column)
  assert.ok(at >= 0)
  return line.split("\t").with(at, value).join("\t")
}

test("a package is looked up in any way it is written, and an equal product is found", async (t) => {
  const house = await openHouse(t, { only: ["drugs"] })
  const lookUp = (ndc: string) => house.ask<Listed>("drugs.lookUp", { ndc })
  const { value: found } = await lookUp("99999-1000-01")
  assert.equal(found.name, "cetirizine")
  assert.deepEqual([found.ndc, found.ndc11], ["099999100001", "99999100001"])
  assert.deepEqual(found.strengths, ["CETIRIZINE 10 mg/1"])
  assert.deepEqual((await lookUp("99999100001")).value, found)
  assert.equal(Reflect.get(await lookUp("9999910000"), "code"), "bad_ndc")
  assert.equal(Reflect.get(await lookUp("99999100002"), "code"), "unknown_ndc")

  const search = (text: string) => house.ask<{ products: Listed[] }>("drugs.search", { text })
  const [oxycodone] = (await search("oxyc")).value.products
  assert.equal(oxycodone?.schedule, "CII")
  assert.deepEqual((await search("nothing like it")).value.products, [])
})

test("what is the same in substance, strength, form and route is equal, and nothing else", async (t) => {
  const folder = folderOf(t)
  const [one = ""] = productLines
  const renamed = (id: string, ndc: string, line = one) =>
    withCell(withCell(withCell(line, "PRODUCTID", id), "PRODUCTNDC", ndc), "PROPRIETARYNAME", id)
  const products = [
    one,
    renamed("Brandname", "99998-100"),
    withCell(renamed("Stronger", "99998-101"), "ACTIVE_NUMERATOR_STRENGTH", "20"),
    withCell(renamed("Dissolved", "99998-102"), "DOSAGEFORMNAME", "SOLUTION"),
  ]
  const told = await imported(folder, { products, packages: packageLines.slice(0, 1) })
  assert.equal(told.kind, "imported")
  const names = await inDirectory(folder, async (directory) =>
    (await directory.equivalents("099999100001")).map(({ name }) => name),
  )
  assert.deepEqual(names.toSorted(), ["Brandname", "cetirizine"])
})

test("a bad line is told by its number and kept as it came, and the rest is taken", async (t) => {
  const folder = folderOf(t)
  const [first = "", second = "", third = "", ...rest] = productLines
  const bad = [
    withCell(first, "DEASCHEDULE", "CVII"),
    second.split("\t").slice(0, 7).join("\t"),
    withCell(third, "PRODUCTNDC", "999991002"),
  ]
  const told = await imported(folder, { products: [...bad, ...rest] })
  assert.ok(told.kind === "imported")
  assert.equal(told.products, rest.length)
  const why = told.refused.map(({ file, line, why }) => `${file}:${line}: ${why}`)
  assert.deepEqual(why.slice(0, 3), [
    "product.txt:2: DEASCHEDULE is none of CI to CV",
    "product.txt:3: has 7 columns, and the first line has 20",
    "product.txt:4: PRODUCTNDC is no labeler and product with a hyphen",
  ])
  // The packages of the three are not taken for somebody else's.
  assert.equal(why.filter((one) => one.startsWith("package.txt")).length, 3)
  const kept = readFileSync(join(folder, REFUSED_FILE), "utf8")
  for (const line of bad) assert.ok(kept.includes(`\n${line}\n`))
})

test("a file that is mostly bad changes nothing of what was there", async (t) => {
  const folder = folderOf(t)
  await imported(folder, {})
  const before = readFileSync(join(folder, DIRECTORY_FILE))
  const told = await imported(folder, { products: productLines.map((line) => `${line}\tmore`) })
  assert.equal(told.kind, "nothing")
  assert.deepEqual(readFileSync(join(folder, DIRECTORY_FILE)), before)
})

test("what the FDA left out is left out, with its packages", async (t) => {
  const folder = folderOf(t)
  const [first = "", ...rest] = productLines
  const told = await imported(folder, {
    products: [withCell(first, "NDC_EXCLUDE_FLAG", "E"), ...rest],
  })
  assert.ok(told.kind === "imported")
  assert.deepEqual([told.products, told.excluded, told.refused.length], [rest.length, 2, 0])
})

test("letters of the older files are read as they were meant", async (t) => {
  const folder = folderOf(t)
  const [first = "", ...rest] = productLines
  const path = join(folder, "product.txt")
  const lines = [productHead, withCell(first, "LABELERNAME", "Caf\u00e9"), ...rest]
  writeFileSync(path, Buffer.from(lines.join("\r\n"), "latin1"))
  writeFileSync(join(folder, "package.txt"), [packageHead, ...packageLines].join("\n"))
  await importDirectory([join(folder, "package.txt"), path], folder, quiet)
  const found = await inDirectory(folder, (directory) => directory.package("099999100001"))
  assert.equal(found?.labeler, "Caf\u00e9")
})

test("a hostile file is refused line by line, in little memory", async (t) => {
  const folder = folderOf(t)
  const path = join(folder, "product.txt")
  const file = createWriteStream(path)
  file.write(`${productHead}\n${productLines.join("\n")}\n`)
  // One line of forty megabytes, one of zeros, one that would begin a line of its own, one twice.
  for (let piece = 0; piece < 40; piece++) file.write("\t".repeat(1_000_000))
  const [first = ""] = productLines
  file.write(`\n${withCell(first, "LABELERNAME", "\0\0\0")}\n`)
  file.write(`${withCell(first, "PROPRIETARYNAME", "P0999991000\u2028W")}\n${first}\n`)
  file.end(`${withCell(first, "PRODUCTID", "__proto__").replace("99999-1000", "99999-100001")}\n`)
  await finished(file)
  writeFileSync(join(folder, "package.txt"), [packageHead, ...packageLines].join("\n"))
  const told = await importDirectory([path, join(folder, "package.txt")], folder, quiet)
  assert.ok(told.kind === "imported")
  assert.equal(told.products, productLines.length)
  assert.deepEqual(
    told.refused.map(({ why }) => why),
    [
      "is longer than 16384 bytes, and cut there",
      "holds a control character",
      "holds a control character",
      "PRODUCTID stands in an earlier line too",
      "PRODUCTNDC is no labeler and product with a hyphen",
    ],
  )
})

test("any bytes at all are read to the end", async (t) => {
  const folder = folderOf(t)
  const path = join(folder, "product.txt")
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      writeFileSync(path, Buffer.concat([Buffer.from(`${productHead}\n`), bytes]))
      const told = await importDirectory([path, join(seed, "package.txt")], folder, quiet)
      assert.equal(told.kind, "nothing")
    }),
    { numRuns: 40 },
  )
})

test("every line of a sorted file is found by any beginning of it, and no other", async (t) => {
  const path = join(folderOf(t), "lines")
  const word = fc.stringMatching(/^[a-cé ]{1,6}$/)
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 40 }),
      word,
      async (words, asked) => {
        await SortedLines.write(path, words)
        const lines = await SortedLines.open(path)
        const found = await lines.beginning(asked, 100)
        await lines.close()
        const expected = [...new Set(words)].filter((one) => one.startsWith(asked)).sort()
        assert.deepEqual(found, expected)
      },
    ),
  )
})

test("the command tells each bad line, where all of them are, and what it took", async (t) => {
  const folder = folderOf(t)
  const said: string[] = []
  const command = drugsCommand(
    { MORTAR_DATA: folder },
    () => assert.fail("there is no terminal here"),
    (line) => said.push(line),
  )
  const path = join(folder, "product.txt")
  writeFileSync(path, [productHead, "one cell", ...productLines].join("\n"))
  assert.equal(await command(["import", path, join(seed, "package.txt")]), 0)
  assert.equal(said[0], "product.txt:2: has 1 columns, and the first line has 20")
  assert.match(said[1] ?? "", /^All of them are in .*ndc-refused\.txt\.$/)
  assert.equal(said[2], "58 products in 58 packages; 0 lines the FDA left out.")

  said.length = 0
  assert.equal(await command(["import", path]), 1)
  assert.deepEqual(said, ["package.txt is missing: both are needed."])
  assert.equal(await command(["import", join(folder, "nothing.txt")]), 1)
  assert.equal(await command([]), 2)
})

/** The README: its examples run as they stand, and its table of segments is what the codec does. */
import assert from "node:assert/strict"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "node:test"
import { pathToFileURL } from "node:url"
import { type Field, readFrame, type Segment, writeFrame } from "./frame.ts"
import { readRequest, writeRequest } from "./request.ts"
import { compounded } from "./sample.ts"
import { TelecomError } from "./trouble.ts"

const page = readFileSync(new URL("README.md", import.meta.url), "utf8")

test("every example of the page does what it says", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mortar-telecom-"))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const examples = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = ""]) => code)
  assert.ok(examples.length > 0)
  for (const [index, code] of examples.entries()) {
    const here = new URL(".", import.meta.url).href
    const file = join(folder, `example-${index}.ts`)
    writeFileSync(file, code.replaceAll('from "./', `from "${here}`))
    await import(pathToFileURL(file).href)
  }
})

const { header, shared, transactions } = readFrame(writeRequest(compounded), "request")
const filled = [...shared, ...transactions.flat()]
const requestSegments = Array.from({ length: 16 }, (_, index) => String(index + 1).padStart(2, "0"))

/** What has to stand in the segments that the sample does not have. */
const bare: Readonly<Record<string, readonly Field[]>> = {
  "05": [
    { id: "4C", value: "1" },
    { id: "5C", value: "01" },
  ],
  "08": [{ id: "7E", value: "1" }],
}

const segmentOf = (id: string): Segment =>
  filled.find((one) => one.id === id) ?? { id, fields: bare[id] ?? [] }

function read(code: string, ids: readonly string[]) {
  const isShared = (id: string) => code === "E1" || id === "01" || id === "04"
  const apart = ids.filter((id) => !isShared(id)).map(segmentOf)
  const frame = {
    header: { ...header, code, count: "1" },
    shared: ids.filter(isShared).map(segmentOf),
    transactions: code === "E1" ? [] : [apart],
    isEnded: false,
  }
  return readRequest(writeFrame(frame, "request"))
}

/** `| B1, B3 | 04, 07 | 01 |` as two codes, what they must have and what they may. */
function rowsOf(text: string) {
  return [...text.matchAll(/^\| ([BENP]\d[^|]*)\|([^|]*)\|([^|]*)\|$/gm)].flatMap(
    ([, codes = "", must = "", may = ""]) => {
      const [all, needed, allowed] = [codes, must, may].map((cell) => cell.match(/\w\d/g) ?? [])
      return (all ?? []).map((code) => ({ code, must: needed ?? [], may: allowed ?? [] }))
    },
  )
}

const isRefusal = (trouble: unknown) =>
  trouble instanceof TelecomError && /^(missing_segment|empty_transaction)$/.test(trouble.code)

test("every transaction has the segments that the page gives it, and no other", () => {
  const rows = rowsOf(page)
  assert.equal(rows.length, 9)
  for (const { code, must, may } of rows) {
    const known = [...must, ...may]
    assert.deepEqual(read(code, known).notes, [], code)
    for (const id of must) {
      const without = known.filter((one) => one !== id)
      assert.throws(() => read(code, without), isRefusal, `${code} ${id}`)
    }
    for (const id of requestSegments.filter((one) => !known.includes(one))) {
      const [note] = read(code, [...must, id]).notes
      assert.equal(note?.code, "unknown_segment", `${code} ${id}`)
    }
  }
})

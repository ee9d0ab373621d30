/** Whatever lies there instead of a file is refused in one way, and what we write can be read. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { BadFile, fill, readWhole, request, writeWhole } from "./columns.ts"

const RUNS = 2_000

const line = fc
  .tuple(fc.constantFrom("H", "D", "T", "", "X"), fc.string({ unit: "binary", maxLength: 120 }))
  .map((parts) => parts.join(""))
const file = fc
  .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom("\r\n", "\n", "\r"))
  .map(([lines, ending]) => Buffer.from(lines.join(ending), "latin1"))

test(`hostile bytes are a bad file, and nothing worse (${RUNS} tries)`, () => {
  const holds = fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), file), (bytes) => {
    try {
      readWhole(bytes, "FILL", fill)
    } catch (trouble) {
      assert.ok(trouble instanceof BadFile)
      assert.equal(trouble.message, "")
    }
  })
  fc.assert(holds, { numRuns: RUNS })
})

test("what is written is read as it was, as far as its columns reach", () => {
  const text = (maxLength: number) =>
    fc.string({ unit: "grapheme-ascii", maxLength }).map((one) => one.trim())
  const holds = fc.property(text(64), text(9), text(200), (key, rx, note) => {
    const bytes = writeWhole({ kind: "REFILL", number: "N1" }, request, { key, rx, note })
    const { head, details } = readWhole(bytes, "REFILL", request)
    assert.equal(head.number, "N1")
    assert.deepEqual(details, [{ key, rx, note }])
  })
  fc.assert(holds)
})

test("of a file that was cut anywhere nothing is read", () => {
  const whole = writeWhole({ kind: "REFILL", number: "N1" }, request, { key: "k", rx: "7001234" })
  const end = whole.lastIndexOf("1".charCodeAt(0))
  for (let at = 0; at <= end; at++) {
    assert.throws(() => readWhole(whole.subarray(0, at), "REFILL", request), BadFile)
  }
})

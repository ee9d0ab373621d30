/** The reader and the writer over whatever could be said in HL7, and over what could not. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { components, makeSegment, repetitions, subcomponents } from "./build.ts"
import type { Delimiters } from "./delimiters.ts"
import { type Message, readMessage, writeMessage } from "./message.ts"
import { Hl7Error } from "./trouble.ts"
import { partOf, repetitionsAt, valueAt } from "./value.ts"

const RUNS = 500

/** Any text, with more delimiters, quotes and line ends than people write. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 8 }),
      fc.constantFrom(
        "|",
        "^",
        "~",
        "\\",
        "&",
        '"',
        '""',
        "\r",
        "\n",
        "\x0b",
        "\x1c",
        "\\F\\",
        "#",
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => pieces.join(""))
  .filter((joined) => joined !== "" && joined.isWellFormed())

const header = makeSegment("MSH", { 9: components("ADT", "A08"), 10: "M1", 18: "UNICODE UTF-8" })

const delimiters: fc.Arbitrary<Delimiters> = fc
  .shuffledSubarray([..."|^~\\&#!@$*+:;<>?%"], { minLength: 6, maxLength: 6 })
  .map(([field, component, repetition, escaping, subcomponent, truncation]) => ({
    field: field!,
    component: component!,
    repetition: repetition!,
    escaping: escaping!,
    subcomponent: subcomponent!,
    truncation: truncation!,
  }))

function throughTheWire(message: Message, options = {}): Message {
  return readMessage(writeMessage(message, options))
}

test("any text comes back from any place of a message, whatever the delimiters", () => {
  fc.assert(
    fc.property(text, text, text, delimiters, (one, two, three, chosen) => {
      const value = repetitions(one, components(two, subcomponents(undefined, three)))
      const segments = [header, makeSegment("ZAB", { 2: value, 3: null })]
      for (const options of [{}, { delimiters: chosen }]) {
        const [, segment] = throughTheWire({ segments }, options).segments
        const [first = "", second = ""] = repetitionsAt(segment, 2)
        assert.equal(partOf(first, 1), one)
        assert.deepEqual([partOf(second, 1), partOf(second, 2, 2)], [two, three])
        assert.deepEqual([valueAt(segment, 1), valueAt(segment, 3)], [undefined, null])
      }
    }),
    { numRuns: RUNS },
  )
})

/** Lines that look like segments, with escapes and delimiters anywhere. */
const roughMessage = fc
  .array(
    fc.array(
      fc.constantFrom("|", "^", "~", "\\", "&", "F", "E", "X0D", ".br", "Z", "é", "\n", "a", '""'),
      { maxLength: 30 },
    ),
    { maxLength: 5 },
  )
  .map((lines) => lines.map((line) => `ZZZ|${line.join("")}`).join("\r"))
  .map((body) => Buffer.from(`MSH|^~\\&|A|B|||2026||ADT^A08|1|T|2.5\r${body}`))

test("what was read is written the same, and read the same again", () => {
  fc.assert(
    fc.property(roughMessage, delimiters, (bytes, chosen) => {
      const read = readMessage(bytes)
      assert.deepEqual(throughTheWire(read), read)
      const elsewhere = throughTheWire(read, { delimiters: chosen })
      for (const [index, segment] of read.segments.entries()) {
        if (index === 0) continue
        assert.deepEqual(valuesIn(elsewhere, index), valuesIn(read, index), segment.id)
      }
    }),
    { numRuns: RUNS },
  )
})

function valuesIn({ segments }: Message, index: number): unknown {
  const count = segments[index]!.line.split("|").length
  return Array.from({ length: count }, (_, field) =>
    repetitionsAt(segments[index], field).map((repetition) =>
      [1, 2, 3].map((component) => [1, 2].map((sub) => partOf(repetition, component, sub))),
    ),
  )
}

test("hostile bytes are read or refused with a code, and nothing else", () => {
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.from("MSH|"), bytes])),
    fc
      .tuple(roughMessage, fc.nat(), fc.nat(255))
      .map(([bytes, at, byte]) =>
        Buffer.from(bytes).fill(byte, at % bytes.length, (at % bytes.length) + 1),
      ),
  )
  let refused = 0
  fc.assert(
    fc.property(hostile, (bytes) => {
      try {
        const message = readMessage(bytes)
        for (const segment of message.segments) {
          for (let field = 0; field < 30; field++) valueAt(segment, field, 2, 2)
        }
      } catch (error) {
        refused++
        assert.ok(error instanceof Hl7Error, String(error))
      }
    }),
    { numRuns: 2_000 },
  )
  assert.ok(refused > 0)
})

/** The codec of claims over whatever could be said in it, and over what could not. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import type { TObject, TSchema } from "typebox"
import { centsOf, overpunched, quantityOf, writtenQuantity } from "./amounts.ts"
import { type OnWire, wireOf } from "./field.ts"
import { readFrame, writeFrame } from "./frame.ts"
import { readRequest, writeRequest } from "./request.ts"
import * as requestSegments from "./request-segments.ts"
import { readResponse, writeResponse } from "./response.ts"
import * as responseSegments from "./response-segments.ts"
import { billing, compounded, covered, eligibility, tooSoon } from "./sample.ts"
import { readSegment, writeSegment } from "./segment.ts"
import { TelecomError } from "./trouble.ts"

const forms: Record<string, TObject> = { ...requestSegments, ...responseSegments }

/** Values of a schema as the wire can carry them. */
function valuesOf(schema: TSchema): fc.Arbitrary<unknown> {
  const wire = wireOf(schema)
  const object = schema as TObject
  if (wire) return leafOf(wire)
  if ("items" in schema) {
    return fc.array(valuesOf(schema.items as TSchema), { minLength: 1, maxLength: 3 })
  }
  const required = new Set<string>(object.required)
  const parts = Object.entries(object.properties)
    .filter(([name]) => name !== "others")
    .map(([name, part]) => [name, valuesOf(part)] as const)
  return fc
    .record(Object.fromEntries(parts), {
      requiredKeys: [...required] as never[],
      noNullPrototype: true,
    })
    .filter((made) => Object.keys(made as object).length > 0)
}

function leafOf({ kind, charactersMax }: OnWire): fc.Arbitrary<unknown> {
  switch (kind) {
    case "text":
      return fc.stringMatching(new RegExp(`^[ -~]{0,${charactersMax - 1}}[!-~]$`))
    case "digits":
      return fc.stringMatching(new RegExp(`^\\d{1,${charactersMax}}$`))
    case "count":
      return fc.integer({ min: 0, max: 10 ** charactersMax - 1 })
    case "cents":
      return fc.integer({ min: 1 - 10 ** charactersMax, max: 10 ** charactersMax - 1 })
    case "quantity":
      return fc.integer({ min: 0, max: 9_999_999_999 }).map((n) => quantityOf(String(n)))
    case "day":
      return fc
        .date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10))
    case "time":
      return fc
        .integer({ min: 0, max: 24 * 60 - 1 })
        .map((minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16))
  }
}

for (const [name, schema] of Object.entries(forms)) {
  test(`${name}: whatever is written is read back the same`, () => {
    fc.assert(
      fc.property(valuesOf(schema), (form) => {
        const written = writeSegment(schema, form, {})
        const again = readSegment(schema, written, { at: {}, notes: [] })
        if (hasDistinctItems(schema, form)) assert.deepEqual(again, form)
      }),
      { numRuns: 60 },
    )
  })
}

/** Two items in a row of which the second goes on where the first ends may be one as well. */
function hasDistinctItems(schema: TSchema, form: unknown): boolean {
  const { properties } = schema as TObject
  return Object.entries(form as object).every(([name, value]: [string, unknown]) => {
    const group = properties[name] as (TSchema & { items: TObject; repeats: object }) | undefined
    if (!Array.isArray(value) || !group) return true
    const orders = value.map((item: object) =>
      Object.keys(group.items.properties).flatMap((key, at) => (key in item ? [at] : [])),
    )
    const isNumbered = JSON.stringify(group.repeats).includes("each")
    const areApart = orders.every(
      ([first = 0], at) => at === 0 || first <= (orders[at - 1]?.at(-1) ?? 0),
    )
    return (isNumbered || areApart) && value.every((item) => hasDistinctItems(group.items, item))
  })
}

test("cents and their punched form are each other's inverse", () => {
  const cents = fc.integer({ min: -99_999_999, max: 99_999_999 })
  fc.assert(
    fc.property(cents, (amount) => {
      const text = overpunched(amount)
      assert.ok(text.length <= 8)
      assert.equal(centsOf(text), amount)
    }),
  )
})

test("a quantity and its ten digits are each other's inverse", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{10}$/), (written) => {
      assert.equal(writtenQuantity(quantityOf(written) ?? "", 10), written)
    }),
  )
})

const valid = [
  ...[billing, compounded, eligibility].map(writeRequest),
  ...[tooSoon, covered].map(writeResponse),
]

/** A whole transmission with some of its bytes gone, changed or doubled. */
const damaged = fc
  .tuple(
    fc.constantFrom(...valid),
    fc.array(
      fc.tuple(fc.nat(900), fc.nat(6), fc.oneof(fc.uint8Array({ maxLength: 6 }), separators())),
      { maxLength: 6 },
    ),
  )
  .map(([whole, cuts]) => {
    const bytes = [...whole]
    for (const [at, gone, added] of cuts) bytes.splice(at, gone, ...added)
    return Uint8Array.from(bytes)
  })

function separators(): fc.Arbitrary<Uint8Array> {
  return fc
    .array(fc.constantFrom(0x03, 0x1c, 0x1d, 0x1e, 0x41), { maxLength: 4 })
    .map((codes) => Uint8Array.from(codes))
}

test("hostile bytes are read or refused with a code, and never anything else", () => {
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), (bytes) => {
      for (const read of [readRequest, readResponse]) {
        try {
          read(bytes)
        } catch (trouble) {
          assert.ok(trouble instanceof TelecomError)
        }
      }
    }),
    { numRuns: 1_500 },
  )
})

test("bytes that have the shape of a transmission are written back as they were", () => {
  fc.assert(
    fc.property(damaged, fc.constantFrom("request", "response"), (bytes, direction) => {
      let frame: ReturnType<typeof readFrame>
      try {
        frame = readFrame(bytes, direction as "request")
      } catch {
        return
      }
      const again = readFrame(writeFrame(frame, direction as "request"), direction as "request")
      assert.deepEqual(again, frame)
    }),
    { numRuns: 500 },
  )
})

/** Frames, however the network cuts and joins them. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { FrameReader, framed } from "./frame.ts"

const BYTES_MAX = 100

/** Text that can stand in a frame. */
function unframed(text: string): string {
  return text.replaceAll("\x0b", "").replaceAll("\x1c", "")
}

/** What a reader makes of chunks. */
function readAll(chunks: readonly Buffer[], bytesMax = BYTES_MAX) {
  const reader = new FrameReader(bytesMax)
  return chunks.flatMap((chunk) =>
    reader
      .read(chunk)
      .map((frame) => (frame.kind === "message" ? frame.bytes.toString("latin1") : frame.kind)),
  )
}

test("three messages in one chunk are three messages", () => {
  const chunk = Buffer.concat([
    framed(Buffer.from("a")),
    framed(Buffer.from("b")),
    framed(Buffer.from("c")),
  ])
  assert.deepEqual(readAll([chunk]), ["a", "b", "c"])
})

test("bytes between frames belong to none", () => {
  const reader = new FrameReader(BYTES_MAX)
  const frames = reader.read(Buffer.concat([Buffer.from("\r\nhello"), framed(Buffer.from("a"))]))
  assert.equal(frames.length, 1)
  assert.equal(reader.strayBytes, 7)
})

test("a frame that another one cuts off is broken, and the other is whole", () => {
  assert.deepEqual(readAll([Buffer.from("\x0bhalf"), framed(Buffer.from("whole"))]), [
    "broken",
    "whole",
  ])
})

test("an end without its return is no end", () => {
  const bad = Buffer.from("\x0bone\x1ctwo\x1c\r")
  assert.deepEqual(readAll([bad, framed(Buffer.from("next"))]), ["broken", "next"])
})

test("a frame past its limit is told once, with how it began, and the next is read", () => {
  const reader = new FrameReader(BYTES_MAX)
  const large = Buffer.from(`\x0bMSH|${"x".repeat(5_000)}\x1c\r`)
  const frames = reader.read(Buffer.concat([large, framed(Buffer.from("next"))]))
  assert.deepEqual(
    frames.map(({ kind }) => kind),
    ["oversize", "message"],
  )
  const [first] = frames
  assert.ok(first && "head" in first && first.head.toString().startsWith("MSH|"))
})

test("every split of a stream gives the same messages", () => {
  const byte = fc.oneof(fc.constantFrom(0x0b, 0x1c, 0x0d, 0x61), fc.nat(255))
  const stream = fc.array(
    fc.oneof(
      fc.array(byte, { maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
      fc.string({ maxLength: 20 }).map((text) => framed(Buffer.from(unframed(text)))),
    ),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(stream, fc.array(fc.nat(), { maxLength: 20 }), (parts, cuts) => {
      const whole = Buffer.concat(parts)
      const places = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b)
      const chunks = [0, ...places].map((place, index) => whole.subarray(place, places[index]))
      const bytewise = [...whole].map((one) => Buffer.of(one))
      assert.deepEqual(readAll(chunks, 1_000), readAll([whole], 1_000))
      assert.deepEqual(readAll(bytewise, 1_000), readAll([whole], 1_000))
    }),
    { numRuns: 500 },
  )
})

test("what was framed is read, and only that, whatever stands between", () => {
  const text = fc.string({ maxLength: 20 }).map(unframed)
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
      const stream = pairs.flatMap(([between, message]) => [
        Buffer.from(between),
        framed(Buffer.from(message)),
      ])
      const expected = pairs.map(([, message]) => Buffer.from(message).toString("latin1"))
      assert.deepEqual(readAll([Buffer.concat(stream)], 1_000), expected)
    }),
  )
})

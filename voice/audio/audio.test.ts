import assert from "node:assert/strict"
import { test } from "node:test"
import { Framer, Tape } from "./framing.ts"
import { decodeMulaw, encodeMulaw, SILENCE } from "./mulaw.ts"
import { downsampler, type Resampler, upsampleClip, upsampler } from "./resample.ts"

function tone(hz: number, rate: number, samples: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) =>
    Math.round(12_000 * Math.sin((2 * Math.PI * hz * i) / rate)),
  )
}

/** Energy at one frequency, by correlation; the filter's first samples are left out. */
function energyAt(hz: number, rate: number, samples: Int16Array): number {
  let sine = 0
  let cosine = 0
  for (let i = 200; i < samples.length - 200; i++) {
    sine += samples[i]! * Math.sin((2 * Math.PI * hz * i) / rate)
    cosine += samples[i]! * Math.cos((2 * Math.PI * hz * i) / rate)
  }
  return (2 * Math.hypot(sine, cosine)) / (samples.length - 400)
}

function inPieces(line: Resampler, samples: Int16Array, length: number): Int16Array {
  const out: number[] = []
  for (let at = 0; at < samples.length; at += length) {
    out.push(...line.push(samples.subarray(at, at + length)))
  }
  return Int16Array.from(out)
}

test("every µ-law byte survives a way there and back", () => {
  for (let byte = 0; byte < 256; byte++) {
    const back = encodeMulaw(decodeMulaw(Uint8Array.of(byte)))[0]!
    assert.equal(byte === 0x7f ? SILENCE : byte, back)
  }
})

test("µ-law is loudest at its ends and silent in the middle", () => {
  assert.deepEqual([...decodeMulaw(Uint8Array.of(0x80, 0x00, SILENCE))], [32_124, -32_124, 0])
})

test("a speech tone keeps its energy from 8 to 16 kHz, and no mirror of it appears", () => {
  const up = upsampler(2).push(tone(1_000, 8_000, 4_000))
  assert.equal(up.length, 8_000)
  assert.ok(Math.abs(energyAt(1_000, 16_000, up) - 12_000) < 200)
  assert.ok(energyAt(7_000, 16_000, up) < 30)
})

test("a tone above the telephone's band is removed from 24 to 8 kHz instead of folding down", () => {
  const down = downsampler(3).push(tone(6_000, 24_000, 24_000))
  assert.ok(energyAt(2_000, 8_000, down) < 30)
})

test("a tone inside the telephone's band passes from 24 to 8 kHz", () => {
  const down = downsampler(3).push(tone(2_000, 24_000, 24_000))
  assert.ok(Math.abs(energyAt(2_000, 8_000, down) - 12_000) < 200)
})

test("a stream resampled in odd pieces equals the stream resampled whole", () => {
  const speech = tone(700, 24_000, 9_600)
  assert.deepEqual(inPieces(downsampler(3), speech, 317), downsampler(3).push(speech))
  assert.deepEqual(inPieces(upsampler(2), speech, 101), upsampler(2).push(speech))
})

test("a clip is as long as before in time, and not shifted", () => {
  const clip = tone(500, 8_000, 1_600)
  const up = upsampleClip(clip, 2)
  assert.equal(up.length, 3_200)
  let worst = 0
  for (let i = 200; i < 1_400; i++) worst = Math.max(worst, Math.abs(up[i * 2]! - clip[i]!))
  assert.ok(worst < 2_600, `half a sample at most, was ${worst}`)
})

test("frames are cut at their length whatever the pieces", () => {
  const framer = new Framer(256)
  assert.equal(framer.push(new Int16Array(160)).length, 0)
  assert.equal(framer.push(new Int16Array(160)).length, 1)
  assert.equal(framer.push(new Int16Array(192)).length, 1)
})

test("a tape forgets what is older than its length", () => {
  const tape = new Tape(4)
  tape.push(Int16Array.of(1, 2, 3, 4, 5, 6))
  assert.deepEqual([...tape.cut(0, 6)], [3, 4, 5, 6])
  assert.deepEqual([...tape.cut(4, 5)], [5])
})

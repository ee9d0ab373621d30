/** Sound arithmetic: µ-law there and back, and a resampler that lets nothing fold back. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { decodeMulaw, encodeMulaw, loudness, mix, sampleOf, silence } from "./mulaw.ts"
import { toTelephoneRate } from "./resample.ts"
import { tone } from "./tones.ts"
import { readWav, writeStereoWav } from "./wav.ts"

test("every µ-law code survives being decoded and encoded, except the second zero", () => {
  const codes = Uint8Array.from({ length: 256 }, (_, code) => code).filter((code) => code !== 0x7f)
  assert.deepEqual(encodeMulaw(decodeMulaw(codes)), codes)
  assert.deepEqual([0x00, 0x80, 0xff].map(sampleOf), [-32_124, 32_124, 0])
})

function sine(hertz: number, rate: number): Int16Array {
  const wave = (at: number): number => 10_000 * Math.sin((2 * Math.PI * hertz * at) / rate)
  return Int16Array.from({ length: rate }, (_, at) => wave(at))
}

test("a tone the telephone can carry keeps its loudness, one above it vanishes", () => {
  const loud = (hertz: number): number =>
    loudness(
      encodeMulaw(toTelephoneRate({ samplesPerSecond: 16_000, samples: sine(hertz, 16_000) })),
    )
  const whole = 10_000 / Math.SQRT2
  assert.ok(Math.abs(loud(1_000) - whole) < whole * 0.05)
  assert.ok(loud(5_000) < whole * 0.01)
})

test("voices heard at once are added, and clipped rather than wrapped", () => {
  const high = new Uint8Array(160).fill(0x80)
  assert.ok(sampleOf(mix([high, high])[0]!) > 30_000)
  assert.deepEqual(mix([tone(20), silence(20)]), tone(20))
})

test("a stereo file is read back sample by sample", () => {
  const left = tone(100)
  const { samples, samplesPerSecond } = readWav(writeStereoWav(left, silence(50)))
  assert.equal(samplesPerSecond, 8_000)
  assert.deepEqual(encodeMulaw(samples), left)
})

import assert from "node:assert/strict"
import { test } from "node:test"
import { resample } from "./resample.ts"

test("down-sampling keeps a low tone and removes one that would fold back", () => {
  const tone = (hz: number) =>
    Float32Array.from({ length: 24_000 }, (_, i) => Math.sin((2 * Math.PI * hz * i) / 24_000))
  const loudness = (pcm: Float32Array) =>
    Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length)
  assert.equal(resample(tone(1_000), 24_000, 8_000).length, 8_000)
  assert.ok(Math.abs(loudness(resample(tone(1_000), 24_000, 8_000)) - Math.SQRT1_2) < 0.01)
  assert.ok(loudness(resample(tone(5_000), 24_000, 8_000)) < 0.01)
})

/** Samples as 16-bit numbers, and as numbers from -1 to 1. Plain loops: this runs on every call. */

export function toFloat(samples: Int16Array): Float32Array {
  const out = new Float32Array(samples.length)
  for (let i = 0; i < samples.length; i++) out[i] = samples[i]! / 32_768
  return out
}

/** What is louder than possible is cut off. */
export function toInt16(samples: Float32Array): Int16Array {
  const out = new Int16Array(samples.length)
  for (let i = 0; i < samples.length; i++) {
    out[i] = Math.max(-32_768, Math.min(32_767, samples[i]! * 32_767))
  }
  return out
}

/** µ-law as the telephone network carries it: one byte a sample, 8,000 a second. */

const BIAS = 0x84
const CLIP = 32_635

/** Telephone audio as an answer carries it. */
export function decodeBase64(base64: string): Float32Array<ArrayBuffer> {
  return decode(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))
}

export function encode(samples: Float32Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(samples, (sample) => byteOf(Math.round(sample * 32_767)))
}

export function decode(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(bytes, (byte) => sampleOf(byte) / 32_768)
}

function byteOf(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS
  const exponent = 31 - Math.clz32(magnitude) - 7
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

function sampleOf(byte: number): number {
  const bits = ~byte & 0xff
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 7)) - BIAS
  return bits & 0x80 ? -magnitude : magnitude
}

/** G.711 µ-law, both ways, by table. One byte is 125 µs of telephone audio. */

/** Samples a second on the telephone. */
export const LINE_HZ = 8_000
/** µ-law bytes in one millisecond. */
export const BYTES_PER_MS = 8
/** What a silent line sounds like: µ-law's positive zero. */
export const SILENCE = 0xff

const BIAS = 0x84
const CLIP = 32_635

function expand(byte: number): number {
  const inverted = ~byte & 0xff
  const exponent = (inverted >> 4) & 0x07
  const magnitude = ((((inverted & 0x0f) << 3) + BIAS) << exponent) - BIAS
  return inverted & 0x80 ? -magnitude : magnitude
}

function compress(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7)
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

const toLinear = Int16Array.from({ length: 256 }, (_, byte) => expand(byte))
const toMulaw = Uint8Array.from({ length: 65_536 }, (_, at) => compress(at - 32_768))

/** Telephone bytes as 16-bit samples. */
export function decodeMulaw(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) samples[i] = toLinear[bytes[i]!]!
  return samples
}

/** 16-bit samples as telephone bytes. */
export function encodeMulaw(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.length)
  for (let i = 0; i < samples.length; i++) bytes[i] = toMulaw[samples[i]! + 32_768]!
  return bytes
}

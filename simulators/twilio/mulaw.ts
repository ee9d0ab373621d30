/** G.711 µ-law, the only sound Twilio's media streams carry: 8000 bytes a second, 20 ms a frame. */

export const samplesPerSecond = 8_000
export const frameBytes = 160
export const frameMs = 20

/** The µ-law code of zero. */
export const silentByte = 0xff

const bias = 0x84
const clip = 32_635

function encodeSample(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), clip) + bias
  const exponent = 31 - Math.clz32(magnitude) - 7
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

function decodeByte(code: number): number {
  const bits = ~code & 0xff
  const exponent = (bits >> 4) & 0x07
  const magnitude = (((bits & 0x0f) << 3) + bias) << exponent
  return bits & 0x80 ? bias - magnitude : magnitude - bias
}

const decoded = Int16Array.from({ length: 256 }, (_, code) => decodeByte(code))

/** The 16-bit sample a code stands for. */
export function sampleOf(code: number): number {
  return decoded[code & 0xff]!
}

export function encodeMulaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, encodeSample)
}

export function decodeMulaw(codes: Uint8Array): Int16Array {
  return Int16Array.from(codes, sampleOf)
}

export function silence(durationMs: number): Uint8Array {
  return new Uint8Array(Math.round((durationMs * samplesPerSecond) / 1_000)).fill(silentByte)
}

export const silentFrame: Uint8Array = silence(frameMs)

/** Several frames heard at once. */
export function mix(frames: readonly Uint8Array[]): Uint8Array {
  if (frames.length === 1) return frames[0]!
  const sum = new Int16Array(frameBytes)
  for (const frame of frames)
    for (let at = 0; at < frameBytes; at++)
      sum[at] = clamp(sum[at]! + sampleOf(frame[at] ?? silentByte))
  return encodeMulaw(sum)
}

/** The same sound, louder or softer. */
export function scale(frame: Uint8Array, gain: number): Uint8Array {
  return encodeMulaw(decodeMulaw(frame).map((sample) => clamp(sample * gain)))
}

/** How loud a frame is: the root mean square of its samples, 0 to 32767. */
export function loudness(frame: Uint8Array): number {
  if (frame === silentFrame) return 0
  let sum = 0
  for (const code of frame) sum += decoded[code]! * decoded[code]!
  return frame.length === 0 ? 0 : Math.sqrt(sum / frame.length)
}

export function clamp(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(sample)))
}

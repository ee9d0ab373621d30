/** Brings speech down to telephone rate through a windowed-sinc low-pass: nothing folds back. */
import { clamp, samplesPerSecond } from "./mulaw.ts"
import type { Pcm } from "./wav.ts"

/** Telephone speech ends at 3400 Hz; the filter is down before 4000 Hz. */
const cutoffHertz = 3_500
/** Half the filter's length in milliseconds of sound. */
const halfWidthMs = 4

function blackman(position: number): number {
  return 0.42 + 0.5 * Math.cos(Math.PI * position) + 0.08 * Math.cos(2 * Math.PI * position)
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** The same sound at 8000 samples a second. */
export function toTelephoneRate({ samplesPerSecond: rate, samples }: Pcm): Int16Array {
  if (rate === samplesPerSecond) return samples
  const halfWidth = Math.ceil((rate * halfWidthMs) / 1_000)
  const cycles = (2 * Math.min(cutoffHertz, rate / 2)) / rate
  const length = Math.floor((samples.length * samplesPerSecond) / rate)
  return Int16Array.from({ length }, (_, n) => {
    const center = (n * rate) / samplesPerSecond
    const first = Math.max(0, Math.ceil(center - halfWidth))
    const last = Math.min(samples.length - 1, Math.floor(center + halfWidth))
    let sum = 0
    for (let at = first; at <= last; at++) {
      const distance = at - center
      sum += samples[at]! * cycles * sinc(cycles * distance) * blackman(distance / halfWidth)
    }
    return clamp(sum)
  })
}

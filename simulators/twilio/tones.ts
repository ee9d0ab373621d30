/** Sounds a telephone makes by itself: ringing, a beep, and a noisy room. */
import { clamp, encodeMulaw, samplesPerSecond, silence } from "./mulaw.ts"

function sines(durationMs: number, frequencies: readonly number[]): Uint8Array {
  const length = Math.round((durationMs * samplesPerSecond) / 1_000)
  const wave = (at: number): number =>
    frequencies.reduce(
      (sum, hertz) => sum + 4_000 * Math.sin((2 * Math.PI * hertz * at) / samplesPerSecond),
      0,
    )
  return encodeMulaw(Int16Array.from({ length }, (_, at) => clamp(wave(at))))
}

/** A pure tone; tests use it where the words do not matter. */
export function tone(durationMs: number, hertz = 440): Uint8Array {
  return sines(durationMs, [hertz])
}

/** One period of North American ringing: two seconds on, four off. */
export function ringback(): Uint8Array {
  return Buffer.concat([sines(2_000, [440, 480]), silence(4_000)])
}

/** Hiss of a busy room. The same seed gives the same noise. */
export function noise(durationMs: number, seed = 1): Uint8Array {
  let state = seed
  let previous = 0
  const length = Math.round((durationMs * samplesPerSecond) / 1_000)
  const samples = Int16Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    previous = 0.7 * previous + 0.3 * ((state / 2 ** 32) * 2 - 1) * 6_000
    return clamp(previous)
  })
  return encodeMulaw(samples)
}

/**
 * "Mm-hm" and "uh-huh" as people make them: two notes, the second one higher. A voice that reads
 * spells the letters instead, which nobody would take for listening.
 */
import { encodeMulaw, samplesPerSecond } from "../../../simulators/twilio/mulaw.ts"

/** Centre and width of a resonance in Hz, and how loud it is beside the first. */
type Resonance = readonly [centreHz: number, widthHz: number, level: number]

const closed: readonly Resonance[] = [
  [250, 150, 1],
  [1_100, 200, 0.12],
  [2_200, 300, 0.06],
]
const open: readonly Resonance[] = [
  [600, 250, 1],
  [1_200, 250, 0.5],
]
const mouths: Readonly<Record<string, readonly Resonance[]>> = {
  "mm-hm": closed,
  mhm: closed,
  "uh-huh": open,
}

/** The breath between the notes, and the notes: how long, from which pitch to which, how loud. */
const notes = [
  { ms: 170, from: 1, to: 0.95, level: 0.8 },
  { ms: 70, from: 1, to: 1, level: 0.06 },
  { ms: 260, from: 1.05, to: 1.3, level: 1 },
] as const
const RISE_MS = 30
const FALL_MS = 40
/** A line carries nothing above. */
const LINE_HZ_MAX = 3_400
/** Quieter than speech, as a listener is. */
const PEAK = 14_000

/** The sound in µ-law, or nothing where the text is not a hum. */
export function hummed(text: string, pitchHz: number): Uint8Array | undefined {
  const mouth = mouths[text.toLowerCase()]
  if (!mouth) return undefined
  let phase = 0
  const wave = notes.flatMap(({ ms, from, to, level }) => {
    const length = (ms * samplesPerSecond) / 1_000
    return Array.from({ length }, (_, at) => {
      const hz = pitchHz * (from + ((to - from) * at) / length)
      phase += (2 * Math.PI * hz) / samplesPerSecond
      return level * edge(at, length) * voiced(mouth, hz, phase)
    })
  })
  const peak = Math.max(...wave.map(Math.abs))
  return encodeMulaw(Int16Array.from(wave, (one) => Math.round((one / peak) * PEAK)))
}

function edge(at: number, length: number): number {
  const riseMs = (1_000 * at) / samplesPerSecond / RISE_MS
  const fallMs = (1_000 * (length - at)) / samplesPerSecond / FALL_MS
  return Math.min(1, riseMs, fallMs)
}

/** All harmonics of a voice, as loud as the mouth lets each out. */
function voiced(mouth: readonly Resonance[], hz: number, phase: number): number {
  let sum = 0
  for (let nth = 1; nth * hz < LINE_HZ_MAX; nth += 1) {
    const gain = mouth.map(
      ([centreHz, widthHz, level]) => level * Math.exp(-(((nth * hz - centreHz) / widthHz) ** 2)),
    )
    sum += (gain.reduce((a, b) => a + b) / Math.sqrt(nth)) * Math.sin(nth * phase)
  }
  return sum
}

/**
 * The place somebody calls from. Where people talk behind the caller, a detector of speech hears
 * speech all the time, and no sentence would end: then only what is louder than the place counts.
 */
import { BYTES_PER_MS } from "../audio/mulaw.ts"
import { VoiceBehind } from "./behind.ts"
import { onlyAbove } from "./cut-out.ts"

/** Speech for so long without a breath is not one person's. */
const TALK_MS_MAX = 4_000
/**
 * So much quiet, and nobody talks behind the caller. It is told by loudness: after the caller's own
 * voice, a detector takes softer ones for no speech at all.
 */
const QUIET_MS_MIN = 1_000
const QUIETER = 10 ** (-3 / 10)
const SPEECH_ABOVE = 0.35
/** A telephone is held near the mouth: its speaker is so much louder than who stands behind. */
const MARGIN = 10 ** (9 / 10)
/** Below it, in a line without any noise, everything stands out: 60 dB under full scale. */
const SILENT = 1e-6
/** Loudness over so many frames of 32 ms; a consonant is no pause. */
const SMOOTHED_FRAMES = 5
const PEAK_FRAMES = 3
/** The quietest moment of so many seconds is how loud the place is. */
const SECONDS = 10

export class Backdrop {
  readonly #powers: number[] = []
  readonly #quietest: number[] = []
  readonly #behind = new VoiceBehind()
  #secondMs = 0
  #talkMs = 0
  #quietMs = 0
  /** How soft the talk without a breath was at its softest, once that was a crowd. */
  #softest = Number.POSITIVE_INFINITY
  #isCrowded = false

  /** The probability that a frame is the caller's speech; `samples` from -1 to 1. */
  heard(probability: number, samples: Float32Array, frameMs: number): number {
    const isSpeech = probability >= SPEECH_ABOVE
    const power = this.#listen(samples, frameMs)
    this.#behind.listen(power, isSpeech, frameMs)
    this.#judge(power, isSpeech, frameMs)
    return Math.max(...this.#powers.slice(-PEAK_FRAMES)) >= this.#limit() ? probability : 0
  }

  /** The caller pressed a key, and whoever talks on meanwhile is somebody else. */
  keyPressed(): void {
    this.#behind.keyPressed()
  }

  /** Telephone samples of a stretch, as the ears shall hear it: without who talks behind. */
  withoutIt(samples: Int16Array): Int16Array {
    const limit = this.#limit()
    return limit === 0 ? samples : onlyAbove(limit, samples, BYTES_PER_MS)
  }

  /** How loud it was lately, as mean power. */
  #listen(samples: Float32Array, frameMs: number): number {
    this.#powers.push(samples.reduce((sum, one) => sum + one * one, 0) / samples.length)
    if (this.#powers.length > SMOOTHED_FRAMES) this.#powers.shift()
    const smoothed = mean(this.#powers)
    if (this.#quietest.length === 0 || this.#secondMs >= 1_000) {
      this.#quietest.push(smoothed)
      if (this.#quietest.length > SECONDS) this.#quietest.shift()
      this.#secondMs = 0
    }
    this.#secondMs += frameMs
    const last = this.#quietest.length - 1
    this.#quietest[last] = Math.min(this.#quietest[last] ?? smoothed, smoothed)
    return smoothed
  }

  #judge(power: number, isSpeech: boolean, frameMs: number): void {
    this.#talkMs = isSpeech ? this.#talkMs + frameMs : 0
    if (!this.#isCrowded) {
      const isSmoothed = this.#talkMs > SMOOTHED_FRAMES * frameMs
      this.#softest = isSmoothed ? Math.min(this.#softest, power) : Number.POSITIVE_INFINITY
    }
    this.#quietMs = power < this.#softest * QUIETER ? this.#quietMs + frameMs : 0
    if (this.#talkMs >= TALK_MS_MAX) this.#isCrowded = true
    if (this.#quietMs >= QUIET_MS_MIN) this.#isCrowded = false
  }

  /** Below this power it is not the caller; 0 in a place where everything may be. */
  #limit(): number {
    const place = Math.min(...this.#quietest)
    return Math.max(this.#behind.limit, this.#isCrowded && place >= SILENT ? place * MARGIN : 0)
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length
}

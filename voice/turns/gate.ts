/**
 * Probabilities of speech become onset and pause. Two thresholds, so that a voice near the border
 * does not flicker; a click is too short to be speech. Times are the audio's, not the arrival's.
 */

const STARTS_ABOVE = 0.5
const ENDS_BELOW = 0.35
/** So much speech in a row is an onset: short enough to stop talking within 250 ms of it. */
const SPEECH_MS_MIN = 96
/** So much quiet after speech is a pause. */
const QUIET_MS_MIN = 192
/** Taken before the onset, because words begin quieter than the threshold. */
export const LEAD_MS = 250

export type GateEvent =
  | { readonly kind: "onset"; readonly atMs: number }
  /** `atMs` is when the voice stopped; `speechMs` how much of the stretch was voice. */
  | { readonly kind: "pause"; readonly atMs: number; readonly speechMs: number }

export class SpeechGate {
  #isOpen = false
  #runStartMs = 0
  #runMs = 0
  #quietMs = 0
  #speechMs = 0

  /** Takes one frame's probability; `startMs` is where the frame begins in the audio. */
  push(probability: number, startMs: number, frameMs: number): GateEvent | undefined {
    return this.#isOpen
      ? this.#whileOpen(probability, startMs, frameMs)
      : this.#whileShut(probability, startMs, frameMs)
  }

  #whileShut(probability: number, startMs: number, frameMs: number): GateEvent | undefined {
    if (probability < STARTS_ABOVE) {
      this.#runMs = 0
      return undefined
    }
    if (this.#runMs === 0) this.#runStartMs = startMs
    this.#runMs += frameMs
    if (this.#runMs < SPEECH_MS_MIN) return undefined
    this.#isOpen = true
    this.#speechMs = this.#runMs
    this.#quietMs = 0
    return { kind: "onset", atMs: this.#runStartMs }
  }

  #whileOpen(probability: number, startMs: number, frameMs: number): GateEvent | undefined {
    if (probability >= ENDS_BELOW) {
      this.#quietMs = 0
      this.#speechMs += frameMs
      return undefined
    }
    this.#quietMs += frameMs
    if (this.#quietMs < QUIET_MS_MIN) return undefined
    this.#isOpen = false
    this.#runMs = 0
    return { kind: "pause", atMs: startMs + frameMs - this.#quietMs, speechMs: this.#speechMs }
  }
}

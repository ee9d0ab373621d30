/** Tells by loudness alone when someone starts and stops talking, frame by frame. */
import { frameMs, loudness } from "./mulaw.ts"

/** About -40 dB of full scale: above line hiss, below quiet speech. */
const speakingLoudness = 300
/** A click is shorter than this. */
const onsetFrames = 2
/** A pause between words is shorter than this. */
const endingMs = 300

export class SpeechMeter {
  isSpeaking = false
  /** When speech last began. */
  lastOnsetMs = Number.NEGATIVE_INFINITY
  onOnset: (atMs: number) => void = () => {}
  onEnd: (atMs: number) => void = () => {}
  #loudFrames = 0
  #firstLoudMs = 0
  #lastLoudMs = Number.NEGATIVE_INFINITY

  /** Takes one frame that began at this moment. Onset and end are dated back to where they were. */
  hear(frame: Uint8Array, atMs: number): void {
    if (loudness(frame) >= speakingLoudness) this.#loud(atMs)
    else this.#quiet(atMs)
  }

  /** How long it has been quiet. Infinite when nothing was ever said. */
  quietForMs(nowMs: number): number {
    return this.isSpeaking ? 0 : nowMs - this.#lastLoudMs
  }

  #loud(atMs: number): void {
    if (this.#loudFrames === 0) this.#firstLoudMs = atMs
    this.#loudFrames++
    this.#lastLoudMs = atMs + frameMs
    if (this.isSpeaking || this.#loudFrames < onsetFrames) return
    this.isSpeaking = true
    this.lastOnsetMs = this.#firstLoudMs
    this.onOnset(this.#firstLoudMs)
  }

  #quiet(atMs: number): void {
    this.#loudFrames = 0
    if (!this.isSpeaking || atMs + frameMs - this.#lastLoudMs < endingMs) return
    this.isSpeaking = false
    this.onEnd(this.#lastLoudMs)
  }
}

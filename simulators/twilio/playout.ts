/** The buffer between what was sent to a caller and what has been heard, played in real time. */
import { frameBytes, samplesPerSecond, silentByte, silentFrame } from "./mulaw.ts"

/** Ten minutes. Twilio states no limit; a run-away sender should not fill this machine's memory. */
const bufferedBytesMax = 10 * 60 * samplesPerSecond

interface Mark {
  readonly atByte: number
  readonly reached: (how: "played" | "cleared") => void
}

export class Playout {
  onDry: () => void = () => {}
  #pieces: Uint8Array[] = []
  #offset = 0
  #pushedBytes = 0
  #playedBytes = 0
  #marks: Mark[] = []

  get bufferedMs(): number {
    return ((this.#pushedBytes - this.#playedBytes) * 1_000) / samplesPerSecond
  }

  /** Adds sound to the end. False when the buffer is full and the sound was dropped. */
  push(sound: Uint8Array): boolean {
    if (this.#pushedBytes - this.#playedBytes + sound.length > bufferedBytesMax) return false
    if (sound.length > 0) this.#pieces.push(sound)
    this.#pushedBytes += sound.length
    return true
  }

  /** Calls back when everything pushed before has been played, or has been cleared. */
  mark(reached: Mark["reached"]): void {
    this.#marks.push({ atByte: this.#pushedBytes, reached })
    this.#returnReached()
  }

  /** Drops what is not yet played and returns every mark at once. */
  clear(): void {
    this.#pieces = []
    this.#offset = 0
    this.#playedBytes = this.#pushedBytes
    const marks = this.#marks
    this.#marks = []
    for (const mark of marks) mark.reached("cleared")
  }

  /** Plays the next 20 ms, silence when there is nothing else. By now the frame before is heard. */
  nextFrame(): Uint8Array {
    this.#returnReached()
    if (this.#pieces.length === 0) return silentFrame
    const frame = new Uint8Array(frameBytes).fill(silentByte)
    let filled = 0
    while (filled < frameBytes && this.#pieces.length > 0) {
      const piece = this.#pieces[0]!
      const part = piece.subarray(this.#offset, this.#offset + frameBytes - filled)
      frame.set(part, filled)
      filled += part.length
      this.#offset += part.length
      if (this.#offset < piece.length) continue
      this.#pieces.shift()
      this.#offset = 0
    }
    this.#playedBytes += filled
    if (this.#pieces.length === 0) this.onDry()
    return frame
  }

  #returnReached(): void {
    while (this.#marks.length > 0 && this.#marks[0]!.atByte <= this.#playedBytes)
      this.#marks.shift()?.reached("played")
  }
}

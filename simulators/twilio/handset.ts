/**
 * The telephone in a hand: what is said into it, frame by frame, and what is heard from it. A
 * script, a microphone or a scripted pharmacist speaks through it; the line asks it for sound.
 */
import type { Clock } from "./clock.ts"
import { frameBytes, frameMs, mix, scale, silentByte, silentFrame } from "./mulaw.ts"
import { SpeechMeter } from "./speech-meter.ts"

/** What the handset is plugged into. */
export interface Line {
  press(digit: string): void
  hangUp(): void
}

export interface Utterance {
  /** Resolves with the moment the first frame left the handset. */
  readonly began: Promise<number>
  /** Resolves with the moment the last frame had been said, also when it was cut short. */
  readonly ended: Promise<number>
  /** Stops in mid-word. */
  cut(): void
}

interface Speaking {
  readonly sound: Uint8Array
  readonly isSpeech: boolean
  offset: number
  began: (atMs: number) => void
  ended: (atMs: number) => void
}

/** 300 ms of microphone sound; more than that means it came faster than time passes. */
const microphoneFramesMax = 15
/** 60 ms in hand before it is passed on, so that an uneven network leaves no holes. */
const microphoneFramesHeld = 3

export class Handset {
  /** What the other side is heard to do. */
  readonly ear = new SpeechMeter()
  onHeard: (frame: Uint8Array) => void = () => {}
  onHungUp: () => void = () => {}
  onSpeech: (moment: "began" | "ended", atMs: number) => void = () => {}
  readonly #clock: Clock
  #line: Line | undefined
  #queue: Speaking[] = []
  #microphone: Uint8Array[] = []
  #isMicrophoneOpen = false
  #echoFrames: Uint8Array[] = []
  #echoGain = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  plugIn(line: Line): void {
    this.#line = line
  }

  /** Says this sound as soon as what was said before is over. */
  speak(sound: Uint8Array, isSpeech = true): Utterance {
    const began = Promise.withResolvers<number>()
    const ended = Promise.withResolvers<number>()
    const speaking: Speaking = {
      sound,
      isSpeech,
      offset: 0,
      began: began.resolve,
      ended: ended.resolve,
    }
    this.#queue.push(speaking)
    return { began: began.promise, ended: ended.promise, cut: () => this.#finish(speaking) }
  }

  /** Sound from a real microphone, a frame at a time. What comes too fast drops the oldest. */
  feedMicrophone(frame: Uint8Array): void {
    this.#microphone.push(frame)
    if (this.#microphone.length > microphoneFramesMax) this.#microphone.shift()
  }

  press(digit: string): void {
    this.#line?.press(digit)
  }

  hangUp(): void {
    for (const speaking of [...this.#queue]) this.#finish(speaking)
    this.#line?.hangUp()
  }

  /** From now on what is heard comes back into the microphone, as on a loud telephone. */
  echo(delayMs: number, gain: number): void {
    this.#echoFrames = Array.from({ length: Math.round(delayMs / frameMs) }, () => silentFrame)
    this.#echoGain = gain
  }

  /** The line asks for the next 20 ms. */
  nextFrame(): Uint8Array {
    const spoken = this.#spokenFrame()
    const echoed = this.#echoGain === 0 ? undefined : this.#echoFrames.shift()
    return echoed ? mix([spoken, scale(echoed, this.#echoGain)]) : spoken
  }

  #spokenFrame(): Uint8Array {
    const speaking = this.#queue[0]
    if (!speaking) return this.#microphoneFrame()
    if (speaking.offset === 0) this.#begin(speaking)
    const part = speaking.sound.subarray(speaking.offset, speaking.offset + frameBytes)
    speaking.offset += frameBytes
    if (speaking.offset >= speaking.sound.length) this.#finish(speaking)
    if (part.length === frameBytes) return part
    const frame = new Uint8Array(frameBytes).fill(silentByte)
    frame.set(part)
    return frame
  }

  /** The line delivers the next 20 ms. */
  hear(frame: Uint8Array): void {
    this.ear.hear(frame, this.#clock.nowMs())
    if (this.#echoGain > 0) this.#echoFrames.push(frame)
    this.onHeard(frame)
  }

  /** The line is gone. */
  lineEnded(): void {
    this.#line = undefined
    for (const speaking of [...this.#queue]) this.#finish(speaking)
    this.onHungUp()
  }

  #microphoneFrame(): Uint8Array {
    if (this.#microphone.length >= microphoneFramesHeld) this.#isMicrophoneOpen = true
    if (this.#microphone.length === 0) this.#isMicrophoneOpen = false
    return (this.#isMicrophoneOpen && this.#microphone.shift()) || silentFrame
  }

  #begin(speaking: Speaking): void {
    const nowMs = this.#clock.nowMs()
    speaking.began(nowMs)
    if (speaking.isSpeech) this.onSpeech("began", nowMs)
  }

  #finish(speaking: Speaking): void {
    if (!this.#queue.includes(speaking)) return
    this.#queue = this.#queue.filter((queued) => queued !== speaking)
    const nowMs = this.#clock.nowMs()
    speaking.began(nowMs)
    speaking.ended(nowMs)
    if (speaking.isSpeech && speaking.offset > 0) this.onSpeech("ended", nowMs)
  }
}

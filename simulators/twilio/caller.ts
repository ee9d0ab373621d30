/**
 * Someone on the telephone: speaks in turn or out of turn, says "mm-hm", keys digits, keeps silent,
 * makes noise, and hangs up. Knows only what a person knows: what is heard in the handset.
 */
import { type Clock, pause } from "./clock.ts"
import type { Handset, Utterance } from "./handset.ts"
import { noise } from "./tones.ts"

export interface CallerOptions {
  readonly handset: Handset
  readonly clock: Clock
  readonly speak: (text: string) => Promise<Uint8Array>
}

/** A pause this long means the other side has finished. */
const turnGapMs = 700
/** A caller waits this long for an answer before speaking again. */
const patienceMs = 12_000
/** How far into the agent's speech an interruption begins, unless told. */
const interruptAfterMs = 600
const betweenKeysMs = 200
const listenEveryMs = 20

export class Caller {
  readonly #handset: Handset
  readonly #clock: Clock
  readonly #speak: CallerOptions["speak"]
  #lastSaidMs = Number.NEGATIVE_INFINITY
  #isOver = false

  constructor({ handset, clock, speak }: CallerOptions) {
    this.#handset = handset
    this.#clock = clock
    this.#speak = speak
    const onHungUp = handset.onHungUp
    handset.onHungUp = () => {
      this.#isOver = true
      onHungUp()
    }
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Waits for its turn, then says this to its end. */
  async say(text: string): Promise<void> {
    const sound = await this.#speak(text)
    await this.myTurn()
    await this.#sayNow(sound).ended
  }

  /** Says this at once, whoever is speaking. */
  async sayAtOnce(text: string): Promise<void> {
    await this.#sayNow(await this.#speak(text)).ended
  }

  /** Begins to speak when the agent has been speaking for a moment, and does not stop. */
  async interrupt(text: string, afterMs = interruptAfterMs): Promise<void> {
    const sound = await this.#speak(text)
    await this.#duringAgentSpeech(afterMs)
    await this.#sayNow(sound).ended
  }

  /** A short sign of listening, while the agent speaks. It does not claim the turn. */
  async backchannel(text: string, afterMs = interruptAfterMs): Promise<void> {
    const sound = await this.#speak(text)
    await this.#duringAgentSpeech(afterMs)
    if (!this.#isOver) await this.#handset.speak(sound).ended
  }

  /** Presses keys one after another, whether or not it is the caller's turn. */
  async keys(digits: string): Promise<void> {
    for (const digit of digits) {
      if (this.#isOver) return
      this.#handset.press(digit)
      await pause(this.#clock, betweenKeysMs)
    }
    this.#lastSaidMs = this.#clock.nowMs()
  }

  async silence(durationMs: number): Promise<void> {
    await pause(this.#clock, durationMs)
  }

  /** A noisy room, with nobody speaking in it. */
  async noise(durationMs: number): Promise<void> {
    if (!this.#isOver) await this.#handset.speak(noise(durationMs), false).ended
  }

  hangUp(): void {
    this.#handset.hangUp()
  }

  /** Hangs up in the middle of saying this. */
  async hangUpWhileSaying(text: string): Promise<void> {
    const sound = await this.#speak(text)
    await this.myTurn()
    await this.#sayNow(sound.subarray(0, Math.round(sound.length * 0.6))).ended
    this.hangUp()
  }

  /** Hangs up in the middle of what the agent says. */
  async hangUpOnAgent(): Promise<void> {
    await this.#duringAgentSpeech(interruptAfterMs)
    this.hangUp()
  }

  /** Resolves when the agent has answered and fallen silent, or patience has run out. */
  async myTurn(): Promise<void> {
    await this.#until(() => this.isAnswered(turnGapMs))
  }

  /** The agent has spoken since, and has been silent for so long. */
  isAnswered(quietMs: number): boolean {
    const { ear } = this.#handset
    return ear.lastOnsetMs > this.#lastSaidMs && ear.quietForMs(this.#clock.nowMs()) >= quietMs
  }

  #sayNow(sound: Uint8Array): Utterance {
    const utterance = this.#handset.speak(sound)
    if (this.#isOver) utterance.cut()
    void utterance.ended.then((atMs) => {
      this.#lastSaidMs = atMs
    })
    return utterance
  }

  async #duringAgentSpeech(afterMs: number): Promise<void> {
    const { ear } = this.#handset
    await this.#until(() => ear.isSpeaking && this.#clock.nowMs() - ear.lastOnsetMs >= afterMs)
  }

  #until(isSo: () => boolean): Promise<void> {
    const startedMs = this.#clock.nowMs()
    return new Promise((resolve) => {
      const listen = this.#clock.every(listenEveryMs, () => {
        const hasWaited = this.#clock.nowMs() - startedMs >= patienceMs
        if (!isSo() && !hasWaited && !this.#isOver) return
        listen.cancel()
        resolve()
      })
    })
  }
}

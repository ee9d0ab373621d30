/** What the agent said, as its own transcript has it: the simulator hears only sound. */
import { type Clock, pause } from "./clock.ts"

export interface SaidLine {
  readonly who: string
  readonly text: string
}

/** Reads the transcript of a call so far. */
export type TranscriptOf = (callSid: string) => Promise<readonly SaidLine[]>

const lookEveryMs = 250

export class Dialogue {
  lines: readonly SaidLine[] = []
  readonly #callSid: string
  readonly #transcriptOf: TranscriptOf
  readonly #clock: Clock
  readonly #onLine: (line: SaidLine) => void
  readonly #stop = new AbortController()
  #mark = 0

  constructor(options: {
    readonly callSid: string
    readonly transcriptOf: TranscriptOf
    readonly clock: Clock
    readonly onLine: (line: SaidLine) => void
  }) {
    this.#callSid = options.callSid
    this.#transcriptOf = options.transcriptOf
    this.#clock = options.clock
    this.#onLine = options.onLine
  }

  /** Everything the agent has said, one line each. */
  get agentSaid(): readonly string[] {
    return this.lines.filter(({ who }) => who === "agent").map(({ text }) => text)
  }

  /** Looks again and again, until stopped. */
  async follow(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.look()
      await pause(this.#clock, lookEveryMs, this.#stop.signal).catch(() => {})
    }
  }

  stop(): void {
    this.#stop.abort()
  }

  /** Reads the transcript once. What can't be read now is read the next time. */
  async look(): Promise<void> {
    const lines = await this.#transcriptOf(this.#callSid).catch(() => this.lines)
    const fresh = lines.slice(this.lines.length)
    this.lines = lines
    for (const line of fresh) this.#onLine(line)
  }

  /** The caller acts: from here on, `hears` looks only at what is said later. */
  beginAct(): void {
    this.#mark = this.agentSaid.length
  }

  /** Waits until the agent has said something that matches since the caller last acted. */
  async hears(pattern: RegExp, limitMs: number, isOver: () => boolean): Promise<boolean> {
    const untilMs = this.#clock.nowMs() + limitMs
    for (let isLast = false; ; ) {
      await this.look()
      if (pattern.test(this.agentSaid.slice(this.#mark).join(" "))) return true
      if (isLast) return false
      isLast = isOver() || this.#clock.nowMs() >= untilMs
      await pause(this.#clock, lookEveryMs)
    }
  }
}

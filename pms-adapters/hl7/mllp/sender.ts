/**
 * Sends messages that must arrive. What was posted is kept until it is answered, is sent in order,
 * and again under the same control id when an answer was lost; the receiver knows it by that.
 */
import type { Clock, Timer } from "#core/clock.ts"
import { isAccepted, readAck } from "../ack.ts"
import { requiredValue } from "../header.ts"
import type { Message } from "../message.ts"
import { readMessage, requiredSegment, writeMessage } from "../message.ts"
import { Hl7Error } from "../trouble.ts"
import type { Exchanged, MllpLink } from "./link.ts"

export interface Posted {
  readonly controlId: string
  readonly bytes: Uint8Array
}

export type Settlement = "accepted" | "refused"

/** Where messages wait. What it kept must be there after a restart. */
export interface Outbox {
  keep(posted: Posted): Promise<void>
  /** What was kept and not settled, oldest first; at most `limit`. */
  waiting(limit: number): Promise<readonly Posted[]>
  settle(controlId: string, how: Settlement): Promise<void>
}

export interface SenderOptions {
  readonly link: MllpLink
  readonly outbox: Outbox
  readonly clock: Clock
  /** The pause after the first failure; it doubles up to the most. */
  readonly pauseMs?: number
  readonly pauseMostMs?: number
}

const BATCH = 100
/** A receiver that answers "later" so often has a message it will never take. */
const ERRORS_MAX = 10

export class MllpSender {
  readonly #options: Required<SenderOptions>
  readonly #ends = new AbortController()
  #wake: (() => void) | undefined
  #running: Promise<void>

  constructor(options: SenderOptions) {
    this.#options = { pauseMs: 250, pauseMostMs: 30_000, ...options }
    this.#running = this.#run()
  }

  /** Resolves when the message is kept; it will be sent however long that takes. */
  async post(message: Message): Promise<void> {
    const controlId = requiredValue(requiredSegment(message, "MSH"), 10)
    await this.#options.outbox.keep({ controlId, bytes: writeMessage(message) })
    this.#wake?.()
  }

  /** Sends no more. What waits is sent when another sender opens the same outbox. */
  async close(): Promise<void> {
    this.#ends.abort()
    this.#wake?.()
    await this.#running
    this.#options.link.close()
  }

  async #run(): Promise<void> {
    const { outbox } = this.#options
    while (!this.#ends.signal.aborted) {
      const word = this.#word()
      const waiting = await outbox.waiting(BATCH)
      for (const posted of waiting) await this.#deliver(posted)
      if (waiting.length === 0) await word
    }
  }

  /** Resolves at the next `post`, or when it is over. Asked for before looking, to miss none. */
  #word(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
      if (this.#ends.signal.aborted) resolve()
    })
  }

  async #deliver({ controlId, bytes }: Posted): Promise<void> {
    const { link, outbox, pauseMs, pauseMostMs } = this.#options
    const message = readMessage(bytes)
    let errors = 0
    for (
      let pause = pauseMs;
      !this.#ends.signal.aborted;
      pause = Math.min(2 * pause, pauseMostMs)
    ) {
      const word = wordOf(await link.exchange(message, this.#ends.signal))
      if (word === "later") errors++
      const isHopeless = errors >= ERRORS_MAX
      if (word === "accepted" || word === "refused" || isHopeless) {
        return outbox.settle(controlId, word === "accepted" ? "accepted" : "refused")
      }
      await this.#pause(pause)
    }
  }

  async #pause(pauseMs: number): Promise<void> {
    const { signal } = this.#ends
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      let timer: Timer | undefined
      const over = () => {
        timer?.cancel()
        signal.removeEventListener("abort", over)
        resolve()
      }
      signal.addEventListener("abort", over)
      timer = this.#options.clock.after(pauseMs, over)
    })
  }
}

/** `lost`: nothing usable was heard. `later`: the receiver could not take it now. */
function wordOf(exchanged: Exchanged): Settlement | "lost" | "later" {
  if (!exchanged.ok) return "lost"
  try {
    const ack = readAck(exchanged.answer)
    if (isAccepted(ack)) return "accepted"
    return ack.code === "AE" || ack.code === "CE" ? "later" : "refused"
  } catch (trouble) {
    if (trouble instanceof Hl7Error) return "lost"
    throw trouble
  }
}

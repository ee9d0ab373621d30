/** An inbox and an outbox that forget with their process. For tests, examples and measurements. */
import type { Message } from "../message.ts"
import type { Outbox, Posted, Settlement } from "./sender.ts"
import type { Inbox, Received } from "./server.ts"

export class MemoryInbox implements Inbox {
  /** What was delivered, in order. */
  readonly taken: Message[] = []
  readonly #answers = new Map<string, Buffer>()

  async answered(name: string): Promise<Uint8Array | undefined> {
    return this.#answers.get(name)
  }

  async take({ name, message, answer }: Received): Promise<void> {
    this.taken.push(message)
    this.#answers.set(name, answer)
  }
}

export class MemoryOutbox implements Outbox {
  readonly settled = new Map<string, Settlement>()
  readonly #waiting = new Map<string, Posted>()
  #onSettled: (() => void) | undefined

  async keep(posted: Posted): Promise<void> {
    this.#waiting.set(posted.controlId, posted)
  }

  async waiting(limit: number): Promise<readonly Posted[]> {
    return [...this.#waiting.values()].slice(0, limit)
  }

  async settle(controlId: string, how: Settlement): Promise<void> {
    this.#waiting.delete(controlId)
    this.settled.set(controlId, how)
    this.#onSettled?.()
  }

  /** Resolves when so many were settled. */
  async reached(count: number): Promise<void> {
    while (this.settled.size < count) {
      await new Promise<void>((resolve) => {
        this.#onSettled = resolve
      })
    }
  }
}

/** One speech process, kept alive: a side process that hears, detects or speaks. */
import type { Clock } from "#core/clock.ts"
import type { Log } from "#core/log.ts"
import { SideProcess, type SideRequest } from "#core/side-process.ts"
import { type Asks, type Clause, type Done, type Role, readFromSpeech } from "./wire.ts"

export type Request = SideRequest<Done>

export interface SpeechProcessParts {
  readonly entry: string | undefined
  readonly role: Role
  /** Which models of the manifest; the embedded ones unless told. */
  readonly profile?: "embedded" | "appliance"
  readonly clock: Clock
  readonly log: Log
}

export class SpeechProcess {
  readonly #process: SideProcess<Clause, Done>

  constructor({ profile = "embedded", ...parts }: SpeechProcessParts) {
    const environment = { MORTAR_PROFILE: profile }
    const down = "speech_down"
    this.#process = new SideProcess({ ...parts, environment, read: readFromSpeech, down })
  }

  standing() {
    return this.#process.standing()
  }

  get isReady(): boolean {
    return this.#process.isReady
  }

  whenReady(): Promise<void> {
    return this.#process.whenReady()
  }

  get waiting(): number {
    return this.#process.waiting
  }

  request(asks: Asks, deadlineMs: number, onClause?: (clause: Clause) => void): Request {
    return this.#process.request(asks, deadlineMs, onClause)
  }

  /** The voice detector may forget a stream. */
  end(stream: string): void {
    this.#process.tell({ op: "end", stream })
  }

  close(): void {
    this.#process.close()
  }
}

/**
 * The only door to the outside: a `fetch` that writes every byte of a question into the audit log
 * before it leaves. What can't be written down does not leave.
 */
import { assert } from "#core/fault.ts"
import {
  DEPARTURE_BYTES_MAX,
  type Departure,
  type DeparturesPort,
  type Settled,
} from "#core/ports.ts"

export type About = Omit<Departure, "text">

export class Door {
  readonly #port: DeparturesPort
  readonly #about: About
  #left: { readonly act: string; readonly departure: Departure } | undefined
  #why: unknown

  constructor(port: DeparturesPort, about: About) {
    this.#port = port
    this.#about = about
  }

  readonly fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    try {
      await this.#write(init?.body)
    } catch (why) {
      this.#why = why
      throw why
    }
    // A redirect would carry the question to somebody whom nobody agreed with.
    return await fetch(url, { ...init, redirect: "error" })
  }

  /** Throws what kept it from leaving, if anything did: then no provider is to blame. */
  assertWritten(): void {
    if (this.#why !== undefined) throw this.#why
  }

  async settle(settled: Settled): Promise<void> {
    if (this.#left) await this.#port.settled(this.#left.act, this.#left.departure, settled)
  }

  async #write(body: unknown): Promise<void> {
    assert(typeof body === "string" && !this.#left)
    assert(Buffer.byteLength(JSON.stringify(body)) <= DEPARTURE_BYTES_MAX)
    const departure = { ...this.#about, text: body }
    this.#left = { act: await this.#port.leaving(departure), departure }
  }
}

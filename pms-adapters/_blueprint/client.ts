/** Transport: credentials, questions, and requests that are carried out once. No words of ours. */
import type { TSchema } from "typebox"
import type { AdapterHost } from "../define.ts"
import { type Exchanged, type Http, openHttp, read } from "../http.ts"
import { submitOnce } from "../once.ts"
import { RefillWire } from "./wire.ts"

export interface Account {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly token: string
}

export class Client {
  readonly #http: Http

  constructor({ baseUrl, timeoutMs, token }: Account, { fetch, clock }: AdapterHost) {
    const headers = { authorization: `Bearer ${token}` }
    this.#http = openHttp({ fetch, clock, baseUrl, headers, timeoutMs })
  }

  ask<T extends TSchema>(path: string, body: object, answer: T, signal: AbortSignal) {
    return read(this.#http, { method: "POST", path, body, answer, signal })
  }

  submitRefill(rx: string, key: string, signal: AbortSignal): Promise<RefillWire> {
    return submitOnce({
      send: () => this.#refill("/refill", { rx, key }, signal),
      ask: () => this.#refill("/refill-outcome", { key }, signal),
    })
  }

  async #refill(
    path: string,
    body: object,
    signal: AbortSignal,
  ): Promise<Exchanged<RefillWire | undefined>> {
    const told = await this.#http({ method: "POST", path, body, answer: RefillWire, signal })
    return told.ok && told.value.outcome === "none" ? { ok: true, value: undefined } : told
  }
}

/**
 * Transport to the demo vendor: credentials, questions, and requests that are carried out once. No
 * word of the pharmacy's own is decided here.
 */
import type { TSchema } from "typebox"
import type { AdapterHost } from "../define.ts"
import { type Exchanged, type Http, openHttp, read, unreadable } from "../http.ts"
import { submitOnce } from "../once.ts"
import { type ItemWire, KnownAnswer, SubmitAnswer } from "./wire.ts"

export interface Account {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly user: string
  readonly password: string
  readonly npi: string
  readonly customerKey: string
}

export interface Request {
  readonly path: string
  readonly body: object
  readonly key: string
  /** The prescription that the request is about; empty when it has no number here yet. */
  readonly scriptNumber: string
  readonly signal: AbortSignal
}

export class DemoClient {
  readonly #http: Http

  constructor({ baseUrl, timeoutMs, ...account }: Account, { fetch, clock }: AdapterHost) {
    const headers = {
      authorization: `Basic ${base64(`${account.user}:${account.password}`)}`,
      customer: base64(`${account.npi}:${account.customerKey}`),
    }
    this.#http = openHttp({ fetch, clock, baseUrl, headers, timeoutMs })
  }

  /** Reads with a question in the body, where identifying values belong. */
  post<T extends TSchema>(path: string, body: object, answer: T, signal: AbortSignal) {
    return read(this.#http, { method: "POST", path, body, answer, signal })
  }

  /** Reads what needs no identifying value. */
  get<T extends TSchema>(path: string, answer: T, signal: AbortSignal) {
    return read(this.#http, { method: "GET", path, answer, signal })
  }

  /** What the vendor made of one request. */
  submit(request: Request): Promise<ItemWire> {
    return submitOnce({ send: () => this.#send(request), ask: () => this.#ask(request) })
  }

  async #send(request: Request): Promise<Exchanged<ItemWire | undefined>> {
    const { path, body, key, signal, scriptNumber } = request
    const headers = { "idempotency-key": key }
    const answer = SubmitAnswer
    const sent = await this.#http({ method: "POST", path, body, headers, answer, signal })
    if (!sent.ok) return sent
    const items = "Scripts" in sent.value ? sent.value.Scripts : [sent.value]
    return { ok: true, value: itemOf(scriptNumber, items) }
  }

  async #ask({ key, signal, scriptNumber }: Request): Promise<Exchanged<ItemWire | undefined>> {
    const path = `/api/requests?key=${encodeURIComponent(key)}`
    const asked = await this.#http({ method: "GET", path, answer: KnownAnswer, signal })
    if (!asked.ok) return asked
    const item = itemOf(scriptNumber, asked.value.Scripts)
    // A key under which only some other prescription is known tells nothing about this one.
    const isAmbiguous = !item && asked.value.Known === "Y"
    return isAmbiguous
      ? { ok: false, outage: unreadable(), mayBeDone: true }
      : { ok: true, value: item }
  }
}

function itemOf(scriptNumber: string, items: readonly ItemWire[]): ItemWire | undefined {
  return items.find((item) => item.ScriptNumber === scriptNumber)
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64")
}

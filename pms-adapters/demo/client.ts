/**
 * Transport to the demo vendor: credentials, repeated reads, and writes that act once. A write
 * whose answer was lost is asked for by its key; it is never sent again on a guess.
 */
import type { Static, TSchema } from "typebox"
import { Outage } from "#core/fault.ts"
import type { AdapterHost } from "../define.ts"
import { type Exchange, type Http, openHttp } from "../http.ts"
import { type ItemWire, KnownAnswer, SubmitAnswer } from "./wire.ts"

/** A connection that the server closed while it was idle is noticed only when it is used. */
const READ_TRIES_MAX = 2
/** The second only when the vendor said that it does not know the first. */
const SENDS_MAX = 2

export interface Account {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly user: string
  readonly password: string
  readonly npi: string
  readonly customerKey: string
}

export interface Submission {
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
    return this.#read({ method: "POST", path, body, answer, signal })
  }

  /** Reads what needs no identifying value. */
  get<T extends TSchema>(path: string, answer: T, signal: AbortSignal) {
    return this.#read({ method: "GET", path, answer, signal })
  }

  /** The vendor's word on this request. An outage that is not retryable: it may have been done. */
  async submit(submission: Submission): Promise<ItemWire> {
    for (let sends = 0; sends < SENDS_MAX; sends++) {
      const sent = await this.#send(submission)
      const item = sent.ok && itemFor(submission, sent.value)
      if (item) return item
      if (!sent.ok && !sent.mayBeDone && sends === 0) throw sent.outage
      const asked = await this.#ask(submission)
      const known = asked.ok && itemFor(submission, asked.value)
      if (known) return known
      // A key under which the vendor knows only some other prescription tells nothing.
      if (!asked.ok || asked.value.Known === "Y") break
    }
    throw new Outage("deadline", { retryable: false })
  }

  async #read<T extends TSchema>(exchange: Exchange<T>): Promise<Static<T>> {
    for (let tries = 1; ; tries++) {
      const read = await this.#http(exchange)
      if (read.ok) return read.value
      const isWorthMore = read.outage.retryable && !exchange.signal.aborted
      if (!isWorthMore || tries === READ_TRIES_MAX) throw read.outage
    }
  }

  #send({ path, body, key, signal }: Submission) {
    const headers = { "idempotency-key": key }
    return this.#http({ method: "POST", path, body, headers, answer: SubmitAnswer, signal })
  }

  #ask({ key, signal }: Submission) {
    const path = `/api/requests?key=${encodeURIComponent(key)}`
    return this.#http({ method: "GET", path, answer: KnownAnswer, signal })
  }
}

/** The vendor answers one request as an item, and a batch as a list of them. */
function itemFor(
  { scriptNumber }: Submission,
  answer: SubmitAnswer | KnownAnswer,
): ItemWire | undefined {
  const items = "Scripts" in answer ? answer.Scripts : [answer]
  return items.find(({ ScriptNumber }) => ScriptNumber === scriptNumber)
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64")
}

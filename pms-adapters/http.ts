/**
 * HTTP to a pharmacy system, for every adapter. The only place where trouble on the wire becomes an
 * outage, so that no address, body or value of it can travel further.
 */
import type { Static, TSchema } from "typebox"
import { Value } from "typebox/value"
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { JsonError, parseJson } from "#core/json.ts"

/** How bodies are written and read, for a vendor that does not speak JSON. */
export interface Wire {
  readonly contentType: string
  /** Statuses that come with an answer, beside 200: SOAP tells its faults with 500. */
  readonly answersWith: readonly number[]
  write(body: object): string
  /** The answer as its schema has it. Throws `Unreadable`, and nothing else. */
  read(bytes: Uint8Array, answer: TSchema): unknown
}

/** Thrown by a wire. It has no room for what could not be read. */
export class Unreadable extends Error {}

export interface HttpOptions {
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly baseUrl: string
  /** Sent with every request: credentials, as a rule. */
  readonly headers: Readonly<Record<string, string>>
  /** For one exchange, from the first byte sent to the last one read. */
  readonly timeoutMs: number
  /** JSON where it is left out. */
  readonly wire?: Wire
}

export interface Exchange<T extends TSchema> {
  readonly method: "GET" | "POST"
  /** Holds a value of a patient only where the vendor has no other place: addresses end in logs. */
  readonly path: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly answer: T
  /** What a 404 means, where the vendor says so of a record that it does not have. */
  readonly absent?: Static<T>
  readonly signal: AbortSignal
}

/** `mayBeDone`: the request may have been carried out although we heard nothing usable. */
export type Exchanged<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly outage: Outage; readonly mayBeDone: boolean }

export type Http = <T extends TSchema>(exchange: Exchange<T>) => Promise<Exchanged<Static<T>>>

/** Opens nothing yet: the pharmacy system may be off when we start. */
export function openHttp(options: HttpOptions): Http {
  return async (exchange) => {
    if (exchange.signal.aborted) return failed(new Outage("deadline"), false)
    const expiry = new AbortController()
    const timer = options.clock.after(options.timeoutMs, () => expiry.abort())
    try {
      return await send(options, exchange, AbortSignal.any([exchange.signal, expiry.signal]))
    } catch (error) {
      if (exchange.signal.aborted || expiry.signal.aborted) {
        return failed(new Outage("deadline"), true)
      }
      return lost(error)
    } finally {
      timer.cancel()
    }
  }
}

async function send<T extends TSchema>(
  { fetch, baseUrl, headers, wire }: HttpOptions,
  exchange: Exchange<T>,
  signal: AbortSignal,
): Promise<Exchanged<Static<T>>> {
  const response = await fetch(new URL(exchange.path, baseUrl), {
    method: exchange.method,
    headers: {
      "content-type": wire?.contentType ?? "application/json",
      ...headers,
      ...exchange.headers,
    },
    ...(exchange.body && { body: wire?.write(exchange.body) ?? JSON.stringify(exchange.body) }),
    // A redirect would carry the credentials to an address nobody configured.
    redirect: "manual",
    signal,
  })
  if (response.status === 404 && exchange.absent !== undefined) {
    await response.body?.cancel()
    return { ok: true, value: exchange.absent }
  }
  const isAnswer = response.status === 200 || wire?.answersWith.includes(response.status)
  if (!isAnswer) return refusedWith(response)
  if (!wire) return { ok: true, value: parseJson(await response.text(), exchange.answer) }
  const value = wire.read(new Uint8Array(await response.arrayBuffer()), exchange.answer)
  if (!Value.Check(exchange.answer, value)) throw new Unreadable()
  return { ok: true, value }
}

async function refusedWith(response: Response): Promise<Exchanged<never>> {
  await response.body?.cancel()
  const { status } = response
  if (status === 401 || status === 403) {
    return failed(new Outage("pms_refused", { retryable: false }), false)
  }
  const isPassing = status >= 500 || status === 429 || status === 408
  return failed(isPassing ? new Outage("pms_down") : unreadable(), true)
}

/** Fetch reports every broken connection as a TypeError. Anything else is a mistake of ours. */
function lost(error: unknown): Exchanged<never> {
  const isUnreadable = error instanceof JsonError || error instanceof Unreadable
  if (isUnreadable) return failed(unreadable(), true)
  if (error instanceof TypeError) return failed(new Outage("pms_down"), !wasNeverSent(error))
  throw error
}

const beforeSending = ["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH"]

function wasNeverSent({ cause }: Error): boolean {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : ""
  return beforeSending.includes(code)
}

/** An answer in a form the adapter does not know; asking again would bring the same. */
export function unreadable(): Outage {
  return new Outage("pms_unreadable", { retryable: false })
}

function failed(outage: Outage, mayBeDone: boolean): Exchanged<never> {
  return { ok: false, outage, mayBeDone }
}

/** A connection that the server closed while it was idle is noticed only when it is used. */
const READ_TRIES_MAX = 2

/** Reads, and once more when the trouble may pass. For questions only: an act may be done twice. */
export async function read<T extends TSchema>(
  http: Http,
  exchange: Exchange<T>,
): Promise<Static<T>> {
  for (let tries = 1; ; tries++) {
    const answered = await http(exchange)
    if (answered.ok) return answered.value
    const isWorthMore = answered.outage.retryable && !exchange.signal.aborted
    if (!isWorthMore || tries === READ_TRIES_MAX) throw answered.outage
  }
}

/**
 * The line to the switch: one transmission there, one back. Sends nothing twice by itself: whether
 * a lost answer hides a claim that stands is for whoever asked to find out.
 */
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { type TelecomRequest, writeRequest } from "./request.ts"
import { readResponse, type TelecomResponse } from "./response.ts"
import { TelecomError } from "./trouble.ts"

const ANSWER_BYTES_MAX = 65_536

export interface SwitchOptions {
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly url: string
  readonly token: string
  readonly timeoutMs: number
}

/** `mayStand`: the payer may have decided although we heard nothing usable. */
export type Exchanged =
  | { readonly ok: true; readonly response: TelecomResponse }
  | { readonly ok: false; readonly outage: Outage; readonly mayStand: boolean }

export type Switch = (request: TelecomRequest, signal: AbortSignal) => Promise<Exchanged>

export function openSwitch(options: SwitchOptions): Switch {
  return async (request, signal) => {
    const body = Uint8Array.from(writeRequest(request))
    const expiry = new AbortController()
    const timer = options.clock.after(options.timeoutMs, () => expiry.abort())
    try {
      return await exchange(options, {
        request,
        body,
        signal: AbortSignal.any([signal, expiry.signal]),
      })
    } catch (trouble) {
      if (signal.aborted || expiry.signal.aborted) return lost("deadline")
      if (trouble instanceof TelecomError) return lost("payer_unreadable")
      // Fetch reports every broken connection as a TypeError. Anything else is a mistake of ours.
      if (!(trouble instanceof TypeError)) throw trouble
      return lost("payer_down")
    } finally {
      timer.cancel()
    }
  }
}

interface Sent {
  readonly request: TelecomRequest
  readonly body: Uint8Array<ArrayBuffer>
  readonly signal: AbortSignal
}

async function exchange(
  { fetch, url, token }: SwitchOptions,
  { request, body, signal }: Sent,
): Promise<Exchanged> {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/octet-stream",
    },
    body,
    // A redirect would carry the card to an address nobody configured.
    redirect: "manual",
    signal,
  })
  if (answer.status !== 200) {
    await answer.body?.cancel()
    if (answer.status === 401 || answer.status === 403) return refused()
    return lost("payer_down")
  }
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (bytes.length > ANSWER_BYTES_MAX) return lost("payer_unreadable")
  const { response } = readResponse(bytes)
  return answers(request, response) ? { ok: true, response } : lost("payer_unreadable")
}

/** An answer to something else, or to fewer claims than were sent, is none. */
function answers(request: TelecomRequest, response: TelecomResponse): boolean {
  const isWhole = response.transactions.length >= request.transactions.length
  return response.code === request.code && (isWhole || response.header.status === "R")
}

function refused(): Exchanged {
  const outage = new Outage("payer_refused", { retryable: false })
  return { ok: false, outage, mayStand: false }
}

function lost(code: "deadline" | "payer_down" | "payer_unreadable"): Exchanged {
  return { ok: false, outage: new Outage(code), mayStand: true }
}

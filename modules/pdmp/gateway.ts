/**
 * The line to PMP Gateway: one message there, one back. What came is returned and never logged; an
 * address that leads to a record is followed only where the gateway itself lives.
 */
import { systemClock } from "#core/clock.ts"
import {
  type GatewayMessage,
  readGateway,
  writeGateway,
} from "../../pms-adapters/ncpdp/asap/gateway.ts"
import { XmlError } from "../../pms-adapters/ncpdp/xml/trouble.ts"

const ANSWER_BYTES_MAX = 1_048_576

export interface Line {
  readonly url: string
  readonly token: string
  readonly timeoutMs: number
}

export type Exchanged =
  | { readonly ok: true; readonly message: GatewayMessage }
  | { readonly ok: false; readonly why: "no_answer" | "refused" }

/** Only for addresses of the gateway's own origin. */
export async function exchange(
  { url: home, token, timeoutMs }: Line,
  { url, message, signal }: { url: string; message: GatewayMessage; signal: AbortSignal },
): Promise<Exchanged> {
  if (!URL.canParse(url) || new URL(url).origin !== new URL(home).origin) return lost
  const expiry = new AbortController()
  const timer = systemClock.after(timeoutMs, () => expiry.abort())
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/xml" },
      body: Uint8Array.from(writeGateway(message)),
      redirect: "manual",
      signal: AbortSignal.any([signal, expiry.signal]),
    })
    if (answer.status === 401 || answer.status === 403) return { ok: false, why: "refused" }
    if (answer.status !== 200) return lost
    const bytes = new Uint8Array(await answer.arrayBuffer())
    if (bytes.length > ANSWER_BYTES_MAX) return lost
    return { ok: true, message: readGateway(bytes).message }
  } catch (trouble) {
    const isLost = expiry.signal.aborted || trouble instanceof TypeError
    if (isLost || trouble instanceof XmlError) return lost
    throw trouble
  } finally {
    timer.cancel()
  }
}

const lost = { ok: false, why: "no_answer" } as const

/**
 * Fetches from a server whose certificate nobody but itself vouches for. Nothing is sent before the
 * server has shown the one certificate that the site wrote down.
 */
import { once } from "node:events"
import type { ClientRequest, IncomingMessage } from "node:http"
import { Agent, type RequestOptions, request } from "node:https"
import type { Duplex } from "node:stream"
import { connect, type TLSSocket } from "node:tls"
import { Outage } from "#core/fault.ts"

const BODY_BYTES_MAX = 8_000_000
const SOCKETS_MAX = 8
const HANDSHAKE_MS_MAX = 60_000

export interface Pinned {
  readonly fetch: typeof fetch
  close(): void
}

/** `fingerprint` is the certificate's SHA-256, in hexadecimal, with or without colons. */
export function pinnedTo(fingerprint: string): Pinned {
  const agent = new PinnedAgent(plain(fingerprint))
  return {
    fetch: (input, init) => fetchOver(agent, new Request(input, init)),
    close: () => agent.destroy(),
  }
}

class PinnedAgent extends Agent {
  readonly #fingerprint: string

  constructor(fingerprint: string) {
    super({ keepAlive: true, maxSockets: SOCKETS_MAX })
    this.#fingerprint = fingerprint
  }

  override createConnection(
    options: RequestOptions,
    answer?: (trouble: Error | null, stream: Duplex) => void,
  ): undefined {
    const socket = connect({
      host: String(options.host ?? ""),
      port: Number(options.port),
      // No authority signed it and its name is not the server's address: the pin is the trust.
      rejectUnauthorized: false,
      minVersion: "TLSv1.2",
    })
    const fail = (error: Error) => answer?.(error, socket)
    socket.setTimeout(HANDSHAKE_MS_MAX, () => socket.destroy(new Error("no handshake")))
    socket.once("error", fail)
    socket.once("secureConnect", () => {
      socket.setTimeout(0)
      socket.removeListener("error", fail)
      if (this.#isPinned(socket)) return answer?.(null, socket)
      fail(new Outage("pms_untrusted", { retryable: false }))
      socket.destroy()
    })
    return undefined
  }

  #isPinned(socket: TLSSocket): boolean {
    return plain(socket.getPeerX509Certificate()?.fingerprint256 ?? "") === this.#fingerprint
  }
}

function plain(fingerprint: string): string {
  return fingerprint.replaceAll(":", "").toUpperCase()
}

/** As `fetch` does it: a broken connection is a TypeError, and nothing of it is in the words. */
async function fetchOver(agent: Agent, asked: Request): Promise<Response> {
  const { method, signal } = asked
  const headers = Object.fromEntries(asked.headers)
  const body = Buffer.from(await asked.arrayBuffer())
  const sent = request(asked.url, { agent, method, signal, headers })
  try {
    sent.end(body.length > 0 ? body : undefined)
    return await answerOf(sent)
  } catch (trouble) {
    sent.destroy()
    if (trouble instanceof Outage) throw trouble
    throw new TypeError("fetch failed", { cause: trouble })
  }
}

async function answerOf(sent: ClientRequest): Promise<Response> {
  const [message]: IncomingMessage[] = await once(sent, "response")
  if (!message) throw new Error("no answer")
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > BODY_BYTES_MAX) throw new Error("too much")
    chunks.push(piece)
  }
  if (!message.complete) throw new Error("cut")
  const { date = "" } = message.headers
  const { statusCode: status = 500 } = message
  const body = status === 204 || status === 304 ? null : Buffer.concat(chunks)
  return new Response(body, { status, headers: { date } })
}

/**
 * What the simulators of HTTP vendors have in common: credentials, trouble on demand, and controls
 * for tests beside the vendor's own routes. The controls are never troubled.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createServer as createSecureServer } from "node:https"
import { listenHere } from "../../life.ts"
import type { FaultMode } from "../demo/faults.ts"
import type { Pharmacy } from "../demo/records.ts"
import { type Answer, Controls } from "./controls.ts"
import type { Queue } from "./queue.ts"

const BODY_BYTES_MAX = 65_536

export interface Asked {
  readonly queue: Queue
  readonly query: URLSearchParams
  /** What the route's pattern found in the path. */
  readonly found: readonly string[]
  readonly body: unknown
  readonly headers: IncomingMessage["headers"]
  /** The last item of a batch stays undone. */
  readonly isPartial: boolean
  /** Whether records are written in the odd ways that the vendor is known for. */
  readonly isOdd: boolean
}

export interface Route {
  readonly method: "GET" | "POST"
  readonly path: RegExp
  readonly answer: (asked: Asked) => Answer
}

/** How a vendor that does not speak JSON writes its bodies. The controls are JSON everywhere. */
export interface Format {
  readonly type: string
  read(text: string): unknown
  write(body: unknown): string
}

const json: Format = {
  type: "application/json",
  read: (text) => (text === "" ? undefined : JSON.parse(text)),
  write: (body) => JSON.stringify(body),
}

export interface Vendor {
  readonly format?: Format
  readonly routes: readonly Route[]
  /** `nowMs` is the vendor's clock, which may be wrong. */
  readonly isKnown: (headers: IncomingMessage["headers"], nowMs: number) => boolean
  /** How far the vendor's clock is ahead of the machine's, in a rehearsal of another day. */
  readonly aheadMs?: (headers: IncomingMessage["headers"]) => number
  /** Controls that only this vendor has, by their names. */
  readonly controls?: Readonly<Record<string, (body: unknown, queue: Queue) => Promise<Answer>>>
  readonly refusal: Answer
  /** What this vendor has beside the cast. */
  readonly withMore?: (cast: Pharmacy) => Pharmacy
}

export class RestPharmacy {
  readonly #vendor: Vendor
  readonly #controls: Controls
  readonly #server: Server
  readonly #listener: (request: IncomingMessage, response: ServerResponse) => void

  constructor(make: () => Pharmacy, vendor: Vendor) {
    this.#vendor = vendor
    this.#controls = new Controls(make)
    this.#listener = (request, response) => {
      this.#serve(request, response).catch(() => response.destroy())
    }
    this.#server = createServer(this.#listener)
  }

  /** The same over TLS, on a port of its own, which is answered. */
  listenSecurely(identity: { readonly key: string; readonly cert: string }): Promise<number> {
    return listenHere(createSecureServer(identity, this.#listener), 0)
  }

  /** Listens on loopback and answers the address. */
  async listen(port: number): Promise<string> {
    return `http://127.0.0.1:${await listenHere(this.#server, port)}`
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://vendor")
    const text = await readBody(request)
    if (url.pathname.startsWith("/control/")) {
      const control = `${request.method} ${url.pathname.slice(8)}`
      const own = this.#vendor.controls?.[control]
      const answer = own
        ? await own(json.read(text), this.#controls.queue)
        : this.#controls.turn(control, json.read(text))
      return send(response, answer, json)
    }
    const controls = this.#controls
    const { format = json } = this.#vendor
    const nowMs = controls.nowMs() + (this.#vendor.aheadMs?.(request.headers) ?? 0)
    response.setHeader("date", new Date(nowMs).toUTCString())
    const isKnown = this.#vendor.isKnown(request.headers, nowMs)
    const mode = isKnown ? controls.trouble(url.pathname) : "unauthorized"
    if (mode === "slow") await pause(controls.delayMs)
    if (mode === "down") return void response.destroy()
    if (mode === "unauthorized") return send(response, this.#vendor.refusal, format)
    const route = this.#vendor.routes.find(
      ({ method, path }) => method === request.method && path.test(url.pathname),
    )
    if (!route) return send(response, { status: 404, body: { Message: "No such resource" } }, json)
    const asked: Asked = {
      queue: controls.queue,
      query: url.searchParams,
      found: route.path.exec(url.pathname)?.slice(1) ?? [],
      body: format.read(text),
      headers: request.headers,
      isPartial: mode === "partial",
      isOdd: controls.isOdd,
    }
    const { taken } = controls.queue
    const before = taken.length
    const answer = route.answer(asked)
    const ending = controls.ending(mode, taken.length > before)
    const told = mode === "duplicate" ? route.answer(asked) : answer
    finish(response, { mode: ending, answer: told, format })
  }
}

interface Finish {
  readonly mode: FaultMode
  readonly answer: Answer
  readonly format: Format
}

function finish(response: ServerResponse, { mode, answer, format }: Finish): void {
  if (mode === "garbage") response.end("<html>Server Error in '/' Application.")
  else if (mode === "drop_after_accept") cut(response, answer, format)
  else if (mode !== "timeout_after_accept") send(response, answer, format)
}

/** Half of the answer, and then nothing: the connection is gone in the middle of a word. */
function cut(response: ServerResponse, { status, body }: Answer, format: Format): void {
  const text = format.write(body)
  response.writeHead(status, {
    "content-type": format.type,
    "content-length": Buffer.byteLength(text),
  })
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.destroy())
}

function send(response: ServerResponse, { status, body }: Answer, format: Format): void {
  response.writeHead(status, { "content-type": format.type })
  response.end(format.write(body))
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs).unref())
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > BODY_BYTES_MAX) throw new Error("too much")
    chunks.push(piece)
  }
  return Buffer.concat(chunks).toString("utf8")
}

/**
 * The public server: Twilio's webhooks and its media streams, and the page for a card's photo.
 * Whatever else is not signed by Twilio is refused before it is understood; whatever is slow or
 * large is cut off.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { Socket } from "node:net"
import type { Timer } from "#core/clock.ts"
import { answerCardPage, isCardPage } from "../card-page.ts"
import type { Desk } from "./desk.ts"
import { readForm } from "./form.ts"
import { answerWebhook, isWebhook } from "./routes.ts"
import { isSignedWebhook } from "./signature.ts"
import { Streams } from "./streams.ts"

/** Connections at one time, silent ones included; the next one is dropped. */
const CONNECTIONS_MAX = 1_024
/** A connection that has not made a request by then is dropped. */
const REQUEST_MS_MAX = 5_000
const QUIET_MS_MAX = 15_000

/** A server that can listen by itself, or take connections through its "connection" event. */
export function createPublicServer(desk: Desk): Server {
  const streams = new Streams(desk)
  const silent = new WeakMap<Socket, Timer>()
  const settle = (socket: Socket) => silent.get(socket)?.cancel()
  let connections = 0
  const server = createServer((request, response) => {
    settle(request.socket)
    void answer(desk, request, response)
  })
  server.setTimeout(QUIET_MS_MAX)
  server.prependListener("connection", (socket: Socket) => {
    connections++
    socket.on("close", () => {
      connections--
      settle(socket)
    })
    if (connections > CONNECTIONS_MAX) {
      socket.destroy()
      return
    }
    silent.set(
      socket,
      desk.clock.after(REQUEST_MS_MAX, () => socket.destroy()),
    )
  })
  server.on("upgrade", (request, socket, head) => {
    settle(request.socket)
    streams.upgrade(request, socket, head)
  })
  server.on("clientError", (_error, socket) => socket.destroy())
  server.on("close", () => streams.close())
  return server
}

async function answer(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost")
  if (isCardPage(url.pathname)) return answerCardPage(desk.backstage, request, response)
  if (request.method !== "POST" || !isWebhook(url.pathname)) return finish(response, 404)
  const form = await readForm(request)
  if (!form) return finish(response, 413)
  const signature = request.headers["x-twilio-signature"]
  const given = typeof signature === "string" ? signature : undefined
  if (!isSignedWebhook(desk.signers, request.url ?? "/", form, given)) {
    desk.watch.refused()
    desk.log.warn("a webhook without a valid signature was refused")
    return finish(response, 403)
  }
  desk.watch.signed()
  if (desk.switchboard.isDraining) response.setHeader("connection", "close")
  const twiml = await answerWebhook(desk, url.pathname, form, url.searchParams)
  finish(response, 200, twiml)
}

function finish(response: ServerResponse, status: number, twiml = ""): void {
  if (status === 413) response.setHeader("connection", "close")
  response.writeHead(status, {
    "content-type": twiml ? "text/xml; charset=utf-8" : "text/plain",
    "content-length": Buffer.byteLength(twiml),
  })
  response.end(twiml)
}

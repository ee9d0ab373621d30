/** The peer's telephone: a webhook that answers with a stream, and the websocket of that stream. */
import { createServer } from "node:http"
import { text } from "node:stream/consumers"
import { initializeLogger } from "@livekit/agents"
import localInference from "@livekit/local-inference"
import { type WebSocket, WebSocketServer } from "ws"
import type { House } from "../../../test/house.ts"
import { readInbound } from "../../../voice/twilio/wire.ts"
import { PeerCall } from "./call.ts"
import { closeWeights, openWeights, type Weights } from "./speech.ts"

export interface PeerLine {
  /** Where it is rung up. */
  readonly voiceUrl: string
  close(): Promise<void>
}

export async function openPeerLine(house: House): Promise<PeerLine> {
  initializeLogger({ pretty: false, level: process.env.PEER_LOG ?? "silent" })
  localInference.initEot()
  const weights = openWeights()
  const server = createServer(async (request, response) => {
    const from = new URLSearchParams(await text(request)).get("From") ?? ""
    const stream = `<Stream url="ws://${request.headers.host ?? ""}/media">`
    const parameter = `<Parameter name="from" value="${from.replaceAll(/[^+\d]/g, "")}"/>`
    response.setHeader("content-type", "text/xml")
    response.end(`<Response><Connect>${stream}${parameter}</Stream></Connect><Hangup/></Response>`)
  })
  const sockets = new WebSocketServer({ server, path: "/media" })
  sockets.on("connection", (socket) => hold(socket, house, weights))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return {
    voiceUrl: `http://127.0.0.1:${port}/voice`,
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      await new Promise((resolve) => server.close(resolve))
      await closeWeights(weights)
    },
  }
}

function hold(socket: WebSocket, house: House, weights: Weights): void {
  let call: PeerCall | undefined
  socket.on("message", (raw) => {
    const message = readInbound(String(raw))
    switch (message?.event) {
      case "start": {
        const { streamSid, start } = message
        const from = start.customParameters?.from ?? "+15125550150"
        call = new PeerCall({ call: start.callSid, streamSid, from, house, socket, weights })
        void call.start()
        break
      }
      case "media":
        call?.lineIn.push(Buffer.from(message.media.payload, "base64"))
        break
      case "mark":
        call?.lineOut.marked(message.mark.name)
        break
    }
  })
  socket.on("close", () => void call?.close())
}

/**
 * The media websocket: signed upgrades only, few strangers at a time, nothing large, nothing slow.
 * A stream is nobody's until its first message shows a token that belongs to its call.
 */
import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import { type RawData, type WebSocket, WebSocketServer } from "ws"
import type { Timer } from "#core/clock.ts"
import { Session, type TransferWay } from "../session.ts"
import type { Transfer } from "../switchboard.ts"
import type { Desk } from "./desk.ts"
import { numberFor } from "./routes.ts"
import { isSignedUpgrade } from "./signature.ts"
import { transferTwiml } from "./twiml.ts"
import {
  clearMessage,
  countOf,
  type Inbound,
  markMessage,
  mediaMessage,
  readInbound,
  type Start,
  saidMessage,
} from "./wire.ts"

const MEDIA_PATH = /^\/twilio\/media\/?(\?|$)/
const MESSAGE_BYTES_MAX = 65_536
const START_MS_MAX = 5_000
/** Unsent audio at one stream; Twilio has stopped reading. */
const BUFFERED_BYTES_MAX = 1_048_576
/** Messages in a row that make no sense; Twilio sends none. */
const NONSENSE_MAX = 10

const POLICY_VIOLATION = 1008
const TRY_AGAIN_LATER = 1013
const NORMAL = 1000

export class Streams {
  readonly #desk: Desk
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
    clientTracking: true,
  })
  readonly #pending = new Map<WebSocket, string>()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = request.url ?? ""
    const signature = request.headers["x-twilio-signature"]
    const given = typeof signature === "string" ? signature : undefined
    if (!MEDIA_PATH.test(path)) return void refuse(socket, "404 Not Found")
    if (!isSignedUpgrade(this.#desk.signers, path, given)) {
      this.#desk.watch.refused()
      return void refuse(socket, "403 Forbidden")
    }
    const from = request.socket.remoteAddress ?? ""
    if (this.#isFull(from)) return void refuse(socket, "503 Service Unavailable")
    this.#server.handleUpgrade(request, socket, head, (stream) => {
      this.#pending.set(stream, from)
      new MediaStream(this.#desk, stream, () => this.#pending.delete(stream))
    })
  }

  close(): void {
    for (const stream of this.#server.clients) stream.terminate()
    this.#server.close()
  }

  #isFull(from: string): boolean {
    const { limits } = this.#desk
    if (this.#server.clients.size >= limits.streamsMax) return true
    if (this.#pending.size >= limits.pendingMax) return true
    // This machine's own address is the tunnel, which stands for everybody.
    if (/^(::ffff:)?127\.|^::1$|^$/.test(from)) return false
    const same = [...this.#pending.values()].filter((address) => address === from)
    return same.length >= limits.pendingPerAddressMax
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.on("error", () => undefined)
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

class MediaStream {
  readonly #desk: Desk
  readonly #socket: WebSocket
  readonly #onSettled: () => void
  readonly #patience: Timer
  #session: Session | undefined
  #nonsense = 0
  #isTyped = false

  constructor(desk: Desk, socket: WebSocket, onSettled: () => void) {
    this.#desk = desk
    this.#socket = socket
    this.#onSettled = onSettled
    this.#patience = desk.clock.after(START_MS_MAX, () => this.#reject())
    socket.on("message", (message, isBinary) => this.#receive(message, isBinary))
    socket.on("error", () => desk.log.warn("a media stream broke the protocol"))
    socket.on("close", () => this.#closed("lost"))
  }

  #receive(message: RawData, isBinary: boolean): void {
    const known = isBinary ? undefined : readInbound(message.toString())
    if (!known) {
      this.#nonsense++
      if (!this.#session || this.#nonsense > NONSENSE_MAX) this.#reject()
      return
    }
    if (known.event === "start") this.#start(known)
    else if (this.#session) this.#pass(known, this.#session)
    else if (known.event !== "connected") this.#reject()
  }

  #start(message: Start): void {
    const { callSid, customParameters: parameters } = message.start
    const admission = this.#desk.switchboard.admit(parameters?.token ?? "", callSid)
    if (!admission || this.#session) return void this.#reject()
    this.#patience.cancel()
    this.#onSettled()
    this.#isTyped = parameters?.typed === "true"
    const { clock, backstage, switchboard, speech } = this.#desk
    this.#session = new Session(
      {
        clock,
        backstage,
        switchboard,
        speech,
        transfer: (call, transfer) => this.#transfer(call, transfer),
        outlet: this.#outlet(message.streamSid),
        endStream: () => this.#socket.close(NORMAL),
      },
      admission,
    )
    this.#session.begin()
  }

  #pass(message: Exclude<Inbound, Start>, session: Session): void {
    switch (message.event) {
      case "media":
        session.media(
          Buffer.from(message.media.payload, "base64"),
          countOf(message.media.timestamp),
        )
        break
      case "dtmf":
        session.key(message.dtmf.digit)
        break
      case "mark":
        session.marked(message.mark.name)
        break
      case "text":
        if (this.#isTyped) session.typed(message.text)
        break
      case "stop":
        this.#closed("caller_left")
        this.#socket.close(NORMAL)
        break
      case "connected":
        break
    }
  }

  #outlet(streamSid: string) {
    return {
      media: (bytes: Uint8Array) => this.#send(mediaMessage(streamSid, bytes)),
      mark: (name: string) => this.#send(markMessage(streamSid, name)),
      clear: () => this.#send(clearMessage(streamSid)),
      said: (text: string) => {
        if (this.#isTyped) this.#send(saidMessage(streamSid, text))
      },
    }
  }

  #send(message: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    if (this.#socket.bufferedAmount > BUFFERED_BYTES_MAX) {
      this.#desk.log.warn("a media stream no longer takes what is sent")
      this.#socket.close(TRY_AGAIN_LATER)
      return
    }
    this.#socket.send(message)
  }

  async #transfer(call: string, transfer: Transfer): Promise<TransferWay> {
    const number = numberFor(this.#desk, transfer)
    if (!number) return "nobody"
    try {
      await this.#desk.rest.updateCall(call, transferTwiml(this.#desk.address, call, number))
      return "rung"
    } catch {
      this.#desk.log.warn("a transfer is left to what follows the stream")
      return "by_answer"
    }
  }

  #reject(): void {
    this.#desk.log.warn("a media stream was refused")
    this.#socket.close(POLICY_VIOLATION)
    this.#closed("lost")
  }

  #closed(reason: "lost" | "caller_left"): void {
    this.#patience.cancel()
    this.#onSettled()
    this.#session?.gone(reason)
    this.#session = undefined
  }
}

/**
 * A telephone for a web page: a websocket that dials, speaks, types, keys and hangs up, and hears
 * the call as it is played. Pages from elsewhere than this machine or the dashboard are refused.
 */
import { createServer, type IncomingMessage } from "node:http"
import { type RawData, type WebSocket, WebSocketServer } from "ws"
import { Caller } from "./caller.ts"
import type { Call, TwilioCloud } from "./cloud.ts"
import { Handset } from "./handset.ts"
import { frameBytes } from "./mulaw.ts"
import { personWho } from "./person.ts"
import { type FromPhone, readFromPhone, type ToPhone } from "./phone-messages.ts"
import { portOf } from "./rest.ts"
import { endingOf } from "./run-script.ts"
import type { SyntheticVoice } from "./synthetic-voice.ts"

export interface PhoneServerOptions {
  readonly cloud: TwilioCloud
  readonly voice: SyntheticVoice
  readonly voiceUrl: string
  readonly voiceFallbackUrl?: string
  readonly statusCallback?: string
  readonly smsUrl?: string
  /** The dashboard's origin, when its pages are not served from this machine. */
  readonly dashboardOrigin?: string
  readonly port?: number
}

export interface PhoneServer {
  readonly url: string
  close(): Promise<void>
}

const phonesMax = 16
const messageBytesMax = 16 * 1024
/** A page may send several frames of 20 ms in one message. */
const framesMax = 10
/** The number a page rings from unless it says another. */
const defaultFrom = "+15125550199"

/** Listens on 127.0.0.1; port 0 takes a free one. */
export async function startPhoneServer(options: PhoneServerOptions): Promise<PhoneServer> {
  const server = createServer((_, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({ noServer: true, maxPayload: messageBytesMax })
  const phones = new Set<PagePhone>()
  options.cloud.messages.onMessage = ({ to, from, body, direction }) => {
    if (direction === "inbound") return
    for (const phone of phones) if (phone.number === to) phone.tell({ type: "text", from, body })
  }
  server.on("upgrade", (request, socket, head) => {
    const refusal = whyRefused(request, options, phones.size)
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (page) => {
      const phone = new PagePhone(page, options)
      phones.add(phone)
      page.once("close", () => phones.delete(phone))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(options.port ?? 0, "127.0.0.1", resolve)
  })
  return {
    url: `ws://127.0.0.1:${portOf(server.address())}/phone`,
    close: () =>
      new Promise((resolve) => {
        for (const page of sockets.clients) page.terminate()
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function whyRefused(
  request: IncomingMessage,
  { dashboardOrigin }: PhoneServerOptions,
  open: number,
): string | undefined {
  if (request.url?.split("?")[0] !== "/phone") return "404 Not Found"
  if (open >= phonesMax) return "503 Service Unavailable"
  return isWelcome(request.headers.origin, dashboardOrigin) ? undefined : "403 Forbidden"
}

/** A program sends no origin; a browser always does, and can't lie about it. */
function isWelcome(origin: string | undefined, dashboardOrigin: string | undefined): boolean {
  if (origin === undefined || origin === dashboardOrigin) return true
  const local = ["localhost", "127.0.0.1", "[::1]"]
  return URL.canParse(origin) && local.includes(new URL(origin).hostname)
}

class PagePhone {
  number = defaultFrom
  readonly #page: WebSocket
  readonly #options: PhoneServerOptions
  #call: Call | undefined
  #caller: Caller | undefined

  constructor(page: WebSocket, options: PhoneServerOptions) {
    this.#page = page
    this.#options = options
    page.on("message", (raw, isBinary) => this.#receive(raw, isBinary))
    page.on("error", () => page.terminate())
    page.once("close", () => this.#call?.handset.hangUp())
  }

  tell(message: ToPhone): void {
    if (this.#page.readyState === this.#page.OPEN) this.#page.send(JSON.stringify(message))
  }

  #receive(raw: RawData, isBinary: boolean): void {
    if (isBinary) {
      if (Buffer.isBuffer(raw)) this.#hearMicrophone(raw)
      return
    }
    const message = readFromPhone(String(raw))
    if (!message) {
      this.tell({ type: "error", problem: "That is not a message a phone sends." })
      return
    }
    this.#obey(message).catch(() => this.tell({ type: "error", problem: "That did not work." }))
  }

  #hearMicrophone(sound: Buffer): void {
    for (let frame = 0; frame < framesMax; frame++) {
      const part = sound.subarray(frame * frameBytes, (frame + 1) * frameBytes)
      if (part.length === frameBytes) this.#call?.handset.feedMicrophone(part)
    }
  }

  async #obey(message: FromPhone): Promise<void> {
    switch (message.type) {
      case "dial":
        return this.#dial(message)
      case "say": {
        const sound = await this.#options.voice(message.text, message.voice ?? "slt")
        this.#call?.handset.speak(sound)
        return
      }
      case "keys":
        return this.#caller?.keys(message.digits)
      case "hangUp":
        this.#call?.handset.hangUp()
        return
      case "text":
        return this.#text(message)
    }
  }

  #dial({ to, from, pharmacist }: Extract<FromPhone, { type: "dial" }>): void {
    if (this.#call && !this.#call.leg.isOver) {
      this.tell({ type: "error", problem: "This phone is already in a call." })
      return
    }
    const { cloud, voiceUrl, voiceFallbackUrl, statusCallback } = this.#options
    if (pharmacist) cloud.anyoneElse = personWho(pharmacist)
    this.number = from ?? this.number
    const handset = new Handset(cloud.clock)
    handset.onHeard = (frame) => {
      if (this.#page.readyState === this.#page.OPEN) this.#page.send(frame, { binary: true })
    }
    const call = cloud.placeCall({
      ...{ from: this.number, to, voiceUrl, handset },
      ...(voiceFallbackUrl === undefined ? {} : { voiceFallbackUrl }),
      ...(statusCallback === undefined ? {} : { statusCallback }),
    })
    this.#call = call
    const speak = (text: string): Promise<Uint8Array> => this.#options.voice(text, "slt")
    this.#caller = new Caller({ handset, clock: cloud.clock, speak })
    this.tell({ type: "state", state: "ringing", callSid: call.sid })
    void call.leg.timeline
      .first("answered")
      .then(() => this.tell({ type: "state", state: "inCall", callSid: call.sid }))
    const tellEnd = (): void =>
      this.tell({ type: "state", state: "ended", callSid: call.sid, by: endingOf(call) })
    call.ended.then(tellEnd, tellEnd)
  }

  async #text({ to, from, body }: Extract<FromPhone, { type: "text" }>): Promise<void> {
    const { cloud, smsUrl } = this.#options
    this.number = from ?? this.number
    if (smsUrl !== undefined) await cloud.sendSms({ from: this.number, to, body, smsUrl })
  }
}

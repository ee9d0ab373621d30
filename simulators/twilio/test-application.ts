/** For tests: the smallest application on the other side, an HTTP server and a media websocket. */
import { createServer } from "node:http"
import { type WebSocket, WebSocketServer } from "ws"
import { type CloudOptions, TwilioCloud } from "./cloud.ts"
import { portOf } from "./rest.ts"
import { tone } from "./tones.ts"
import { VirtualClock } from "./virtual-clock.ts"

export interface SeenRequest {
  readonly path: string
  readonly method: string
  readonly params: Readonly<Record<string, string>>
  readonly headers: NodeJS.Dict<string | string[]>
}

/** A message of the stream, with every field any of them may carry. */
interface StreamMessage {
  readonly event: string
  readonly sequenceNumber?: string
  readonly streamSid?: string
  readonly start?: { readonly customParameters: Readonly<Record<string, string>> }
  readonly media?: { readonly chunk: string; readonly timestamp: string; readonly payload: string }
  readonly mark?: { readonly name: string }
  readonly dtmf?: { readonly digit: string }
}

/** One media socket as the application sees it. */
export class SeenStream {
  readonly messages: StreamMessage[] = []
  readonly headers: NodeJS.Dict<string | string[]>
  readonly socket: WebSocket
  readonly closed: Promise<number>
  #waiting: { count: number; event: string; resolve: () => void }[] = []

  constructor(socket: WebSocket, headers: NodeJS.Dict<string | string[]>) {
    this.socket = socket
    this.headers = headers
    this.closed = new Promise((resolve) => socket.once("close", resolve))
    socket.on("message", (raw) => {
      this.messages.push(JSON.parse(String(raw)))
      for (const { count, event, resolve } of this.#waiting)
        if (this.of(event).length >= count) resolve()
    })
  }

  get sid(): string {
    return this.of("start")[0]?.streamSid ?? ""
  }

  of(event: string): StreamMessage[] {
    return this.messages.filter((message) => message.event === event)
  }

  /** Resolves when so many messages of this kind have arrived. */
  until(event: string, count = 1): Promise<void> {
    if (this.of(event).length >= count) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ count, event, resolve }))
  }

  send(event: string, body: object = {}): void {
    this.socket.send(JSON.stringify({ event, streamSid: this.sid, ...body }))
  }

  sendSound(sound: Uint8Array): void {
    this.send("media", { media: { payload: Buffer.from(sound).toString("base64") } })
  }
}

export const accountSid = `AC${"0123456789abcdef".repeat(2)}`
export const authToken = "a-token-for-tests"
export const publicUrl = "https://rx.example"

/** Answers by path with TwiML; a number answers with that status. */
export type Answers = Record<string, string | number | ((request: SeenRequest) => string | number)>

export async function startApplication(answers: Answers, options: Partial<CloudOptions> = {}) {
  const requests: SeenRequest[] = []
  const streams: SeenStream[] = []
  let streamOpened: (stream: SeenStream) => void = () => {}
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const url = new URL(request.url ?? "/", publicUrl)
    const params = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
    const { method = "", headers } = request
    const seen = { path: url.pathname + url.search, method, params, headers }
    requests.push(seen)
    const found = answers[url.pathname] ?? "<Response/>"
    const answer = typeof found === "function" ? found(seen) : found
    if (typeof answer === "number") return response.writeHead(answer).end()
    response.writeHead(200, { "content-type": "text/xml" }).end(answer)
  })
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  sockets.on("connection", (socket, request) => {
    const stream = new SeenStream(socket, { ...request.headers, path: request.url })
    streams.push(stream)
    streamOpened(stream)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const clock = new VirtualClock()
  const cloud = new TwilioCloud({
    accountSid,
    authToken,
    clock,
    publicUrl,
    reachableAt: `http://127.0.0.1:${portOf(server.address())}`,
    speak: (text) => Promise.resolve(tone(text.length * 20)),
    ...options,
  })
  return {
    clock,
    cloud,
    requests,
    streams,
    /** Lets time pass until done, but not while the application owes an answer. */
    until: <T>(done: Promise<T>) => clock.runUntil(done, () => cloud.requestsUnderWay > 0),
    nextStream: () => new Promise<SeenStream>((resolve) => (streamOpened = resolve)),
    call: (more = {}) =>
      cloud.placeCall({
        from: "+15125550123",
        to: "+15125550100",
        voiceUrl: `${publicUrl}/voice`,
        ...more,
      }),
    async close() {
      await cloud.close()
      for (const { socket } of streams) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/**
 * The switch before the payer, over HTTP: a transmission is the body, and so is its answer. What
 * goes wrong with such lines goes wrong here on request, so many times.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { listenHere } from "../life.ts"
import { Payer } from "./adjudicate.ts"
import { type Asked, readAsked, writeSaid } from "./wire.ts"

/** Silent: taken in, and never answered. Cut: half an answer. Garbage: bytes of no meaning. */
export type LineFault = "silent" | "cut" | "garbage" | "refused"

const BODY_BYTES_MAX = 65_536

export class PayerServer {
  readonly #server: Server
  readonly #token: string
  #payer = new Payer()
  #faults: LineFault[] = []
  #codes: string[] = []

  constructor(token: string) {
    this.#token = token
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  async listen(port: number): Promise<string> {
    return `http://127.0.0.1:${await listenHere(this.#server, port)}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    if (body === undefined) return void response.writeHead(413).end()
    if (request.url === "/faults" && request.method === "POST") return this.#fault(body, response)
    if (request.url === "/seen") {
      const seen = { codes: this.#codes, paid: this.#payer.paidCount }
      return void response.end(JSON.stringify(seen))
    }
    if (request.url !== "/telecom" || request.method !== "POST") {
      return void response.writeHead(404).end()
    }
    if (request.headers.authorization !== `Bearer ${this.#token}`) {
      return void response.writeHead(401).end()
    }
    const asked = readAsked(body)
    if (!asked) return void response.writeHead(400).end()
    this.#answer(asked, response)
  }

  #answer(asked: Asked, response: ServerResponse): void {
    this.#codes.push(asked.code)
    const fault = this.#faults.shift()
    if (fault === "refused") return void response.writeHead(503).end()
    // The payer has decided whatever becomes of its answer.
    const answer = writeSaid(asked, this.#payer.answer(asked))
    if (fault === "silent") return
    if (fault === "garbage")
      return void response.end(Buffer.from("\x00\x1c\x1e\xffnonsense", "latin1"))
    response.setHeader("content-type", "application/octet-stream")
    response.setHeader("content-length", answer.length)
    if (fault !== "cut") return void response.end(answer)
    response.write(answer.subarray(0, answer.length / 2), () => response.destroy())
  }

  /** `{"fault": "cut", "times": 2}`, or `{}` to begin anew. */
  #fault(body: Buffer, response: ServerResponse): void {
    const { fault, times = 1 }: { fault?: LineFault; times?: number } = JSON.parse(body.toString())
    if (fault) this.#faults.push(...Array.from({ length: times }, () => fault))
    else {
      this.#payer = new Payer()
      this.#faults = []
      this.#codes = []
    }
    response.end()
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length > BODY_BYTES_MAX) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * The vendor's two doors: orders over MLLP with trouble on demand, and controls for tests and
 * demonstrations over HTTP, which are never troubled.
 */
import {
  createServer as createHttp,
  type Server as HttpServer,
  type IncomingMessage,
} from "node:http"
import { createServer, type Server, type Socket } from "node:net"
import { listenHere } from "../../life.ts"
import { type FaultMode, Faults, readPlan } from "../demo/faults.ts"
import { fillCodes, type Pharmacy } from "../demo/records.ts"
import { State } from "../demo/state.ts"
import { Feed } from "./feed.ts"
import { framed, Unframer } from "./frames.ts"
import { type Asked, Orders, readAsked } from "./orders.ts"

const BODY_CHARACTERS_MAX = 65_536

type Body = Readonly<Record<string, unknown>>

export class Hl7Pharmacy {
  readonly #make: () => Pharmacy
  readonly #word: string
  readonly #faults = new Faults()
  readonly #feed = new Feed()
  readonly #door: Server
  readonly #control: HttpServer
  #state: State
  #orders: Orders

  /** `word` is what MSH-8 must hold. */
  constructor(make: () => Pharmacy, word: string) {
    this.#make = make
    this.#word = word
    this.#state = new State(make())
    this.#orders = new Orders(this.#state)
    this.#door = createServer((socket) => this.#serve(socket))
    this.#control = createHttp((request, response) => {
      this.#controlled(request)
        .then(({ status, answer }) => {
          response.writeHead(status, { "content-type": "application/json" })
          response.end(JSON.stringify(answer))
        })
        .catch(() => response.destroy())
    })
  }

  /** Listens on loopback and answers the MLLP port and the address of the controls. */
  async listen(port: number): Promise<{ readonly port: number; readonly url: string }> {
    const door = await listenHere(this.#door, port)
    const control = await listenHere(this.#control, 0)
    return { port: door, url: `http://127.0.0.1:${control}` }
  }

  #serve(socket: Socket): void {
    const unframer = new Unframer()
    socket.on("error", () => undefined)
    socket.on("data", (chunk) => {
      for (const message of unframer.add(chunk)) this.#answer(socket, readAsked(message))
    })
  }

  #answer(socket: Socket, asked: Asked): void {
    const mode = asked.security === this.#word ? this.#faults.next(asked.type) : "unauthorized"
    if (mode === "down") {
      socket.destroy()
    } else if (mode === "unauthorized") {
      socket.write(framed(this.#orders.deny(asked)))
    } else if (mode === "slow") {
      setTimeout(() => this.#act(asked, "ok", socket), this.#faults.delayMs).unref()
    } else {
      this.#act(asked, mode, socket)
    }
  }

  #act(asked: Asked, mode: FaultMode, socket: Socket): void {
    const before = this.#submissions().length
    const answer = this.#orders.answer(asked, mode === "partial")
    const ending = this.#faults.ending(mode, this.#submissions().length > before)
    const again = mode === "duplicate" ? this.#orders.answer(asked, false) : undefined
    if (ending === "drop_after_accept") socket.destroy()
    else if (ending === "garbage") socket.write(framed("<html>Server Error in '/' Application."))
    else if (ending !== "timeout_after_accept") socket.write(framed(answer))
    if (again) socket.write(framed(again))
    this.#feed.tellChanges(this.#state)
  }

  async #controlled(request: IncomingMessage): Promise<{ status: number; answer: object }> {
    const body = await readBody(request)
    switch (`${request.method} ${request.url}`) {
      case "POST /feed":
        return {
          status: 200,
          answer: { taken: await this.#feed.open(Number(body.port), this.#state) },
        }
      case "GET /submissions":
        return { status: 200, answer: { submissions: this.#submissions() } }
      case "POST /faults": {
        const plan = readPlan(body)
        if (plan) this.#faults.plan(plan)
        return { status: plan ? 200 : 400, answer: { isPlanned: plan !== undefined } }
      }
      case "POST /fills": {
        const code = fillCodes.find((known) => known === body.code)
        const isMoved = code !== undefined && this.#state.setFill(String(body.rx), code)
        this.#feed.tellChanges(this.#state)
        return { status: isMoved ? 200 : 400, answer: { isMoved } }
      }
      case "POST /reset":
        this.#reset()
        return { status: 200, answer: { isReset: true } }
      default:
        return { status: 404, answer: { error: "no such control" } }
    }
  }

  #reset(): void {
    this.#faults.plan({})
    this.#feed.close()
    this.#state = new State(this.#make())
    this.#orders = new Orders(this.#state)
  }

  #submissions(): readonly object[] {
    return this.#state
      .accepted()
      .map(({ number, key, deliveries }) => ({ rx: number, key, deliveries }))
  }
}

async function readBody(request: IncomingMessage): Promise<Body> {
  let text = ""
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > BODY_CHARACTERS_MAX) throw new Error("too much")
  }
  const parsed: unknown = text === "" ? {} : JSON.parse(text)
  return typeof parsed === "object" && parsed !== null ? { ...parsed } : {}
}

/**
 * The demo pharmacy's server: credentials, trouble on demand, and two sets of routes: the vendor's
 * under /api, and controls for tests and demonstrations beside it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { listenHere } from "../../life.ts"
import { castTable } from "./cast.ts"
import { type FaultMode, Faults, readPlan } from "./faults.ts"
import { fillCodes, type Pharmacy } from "./records.ts"
import { type Incoming, routes } from "./routes.ts"
import { State } from "./state.ts"

const BODY_BYTES_MAX = 65_536

export interface Credentials {
  readonly user: string
  readonly password: string
  readonly npi: string
  readonly customerKey: string
}

type Body = Readonly<Record<string, unknown>>
type Run = (done: (items: number) => number) => object

interface Answer {
  readonly status: number
  readonly answer: object
}

interface Request {
  readonly name: string
  readonly mode: FaultMode
  readonly incoming: Incoming
}

export class DemoServer {
  readonly #make: () => Pharmacy
  readonly #expects: { readonly authorization: string; readonly customer: string }
  readonly #faults = new Faults()
  readonly #server: Server
  #state: State

  constructor(make: () => Pharmacy, { user, password, npi, customerKey }: Credentials) {
    this.#make = make
    this.#state = new State(make())
    this.#expects = {
      authorization: `Basic ${base64(`${user}:${password}`)}`,
      customer: base64(`${npi}:${customerKey}`),
    }
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy())
    })
  }

  /** Listens on loopback and answers the address. */
  async listen(port: number): Promise<string> {
    return `http://127.0.0.1:${await listenHere(this.#server, port)}`
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://demo")
    const name = `${request.method} ${pathname}`
    const body = await readBody(request)
    if (!body) {
      send(response, { status: 400, answer: { Message: "Unreadable request" } })
    } else if (pathname.startsWith("/api/")) {
      const key = String(request.headers["idempotency-key"] ?? "")
      const mode = this.#isKnown(request) ? this.#faults.next(pathname) : "unauthorized"
      if (mode === "slow") await pause(this.#faults.delayMs)
      this.#answer(response, { name, mode, incoming: { body, key, query } })
    } else {
      send(response, this.#control(name, body))
    }
  }

  #isKnown({ headers }: IncomingMessage): boolean {
    const { authorization, customer } = this.#expects
    return headers.authorization === authorization && headers.customer === customer
  }

  #answer(response: ServerResponse, { name, mode, incoming }: Request): void {
    const route = routes[name]
    if (mode === "down") {
      response.destroy()
    } else if (mode === "unauthorized") {
      send(response, { status: 401, answer: { Message: "Access denied" } })
    } else if (!route) {
      send(response, { status: 404, answer: { Message: "No such method" } })
    } else {
      this.#act(response, mode, (done) => route(this.#state, incoming, done))
    }
  }

  #act(response: ServerResponse, mode: FaultMode, run: Run): void {
    const before = this.#refills().length
    const answer = run((items) => (mode === "partial" ? items - 1 : items))
    const ending = this.#faults.ending(mode, this.#refills().length > before)
    if (ending === "drop_after_accept") {
      response.destroy()
    } else if (ending === "garbage") {
      response.end("<html>Server Error in '/' Application.")
    } else if (ending === "duplicate") {
      send(response, { status: 200, answer: run((items) => items) })
    } else if (ending !== "timeout_after_accept") {
      send(response, { status: 200, answer })
    }
  }

  #control(name: string, body: Body): Answer {
    switch (name) {
      case "GET /cast":
        return { status: 200, answer: { cast: castTable() } }
      case "GET /submissions":
        return { status: 200, answer: { submissions: this.#refills() } }
      case "GET /requests":
        return { status: 200, answer: { requests: this.#state.accepted() } }
      case "POST /faults":
        return this.#planFaults(body)
      case "POST /fills":
        return this.#moveFill(body)
      case "POST /claims":
        return this.#refuseClaim(body)
      case "POST /stock":
        return this.#setStock(body)
      case "POST /reset":
        this.#faults.plan({})
        this.#state = new State(this.#make())
        return { status: 200, answer: { reset: true } }
      default:
        return { status: 404, answer: { error: "no such control" } }
    }
  }

  #refills(): readonly object[] {
    return this.#state
      .accepted()
      .filter(({ kind }) => kind === "refill")
      .map(({ number, key, confirmation, at, deliveries }) => ({
        rx: number,
        key,
        confirmation,
        at,
        deliveries,
      }))
  }

  #setStock({ ndc, onHand }: Body): Answer {
    const isSet = typeof onHand === "number" && this.#state.setOnHand(String(ndc), onHand)
    return isSet
      ? { status: 200, answer: { ndc, onHand } }
      : { status: 400, answer: { error: "not a shelf" } }
  }

  #planFaults(body: Body): Answer {
    const plan = readPlan(body)
    if (!plan) return { status: 400, answer: { error: "not a fault plan" } }
    this.#faults.plan(plan)
    return { status: 200, answer: plan }
  }

  #moveFill({ rx, code }: Body): Answer {
    const fill = fillCodes.find((known) => known === code)
    const isMoved = fill !== undefined && this.#state.setFill(String(rx), fill)
    return { status: isMoved ? 200 : 400, answer: { moved: isMoved } }
  }

  #refuseClaim({ rx, codes }: Body): Answer {
    const given: readonly unknown[] = Array.isArray(codes) ? codes : []
    const rejects = given.filter((code) => typeof code === "string" || typeof code === "number")
    const isRefused = this.#state.refuse(String(rx), rejects)
    return { status: isRefused ? 200 : 400, answer: { refused: isRefused } }
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64")
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs).unref())
}

function send(response: ServerResponse, { status, answer }: Answer): void {
  response.writeHead(status, { "content-type": "application/json" })
  response.end(JSON.stringify(answer))
}

/** The JSON object that was sent, an empty one when nothing was, undefined when it is neither. */
async function readBody(request: IncomingMessage): Promise<Body | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > BODY_BYTES_MAX) return undefined
    chunks.push(piece)
  }
  if (bytes === 0) return {}
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"))
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}

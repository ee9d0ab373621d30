/**
 * Takes the events that PioneerRx pushes. One is acknowledged when it is written down for good, and
 * taken once however often it comes. It says which prescription to look at again, and why a payer
 * refused its claim, which nothing else tells.
 */
import { timingSafeEqual } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { type Static, Type as t } from "typebox"
import { Value } from "typebox/value"
import type { Clock, Timer } from "#core/clock.ts"
import type { Write } from "#core/documents.ts"
import { Outage } from "#core/fault.ts"
import { JsonError, parseJson } from "#core/json.ts"
import { type KeptStore, Shelf } from "../kept.ts"
import { textOf } from "../loose.ts"
import { rejectsIn } from "./claims.ts"
import { evened } from "./even.ts"
import { RxEvent } from "./wire.ts"

const BODY_BYTES_MAX = 2_000_000
const CONNECTIONS_MAX = 16
const LISTEN_AGAIN_MS = 1_000
/** Longer than the vendor goes on sending what was acknowledged. */
const REMEMBERED_MS = 14 * 24 * 3_600_000
const MOVED_MAX = 100
const RX_NUMBER = /^[0-9]{6,9}$/

const Message = t.Object({})
const Moved = t.Object({ rxNumber: t.String() })
const Refused = t.Object({ codes: t.Array(t.String()) })

export interface Door {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
}

export class RxEvents {
  readonly #messages: Shelf<typeof Message>
  readonly #moved: Shelf<typeof Moved>
  /** By the prescription's number, as its last event told. */
  readonly #refused: Shelf<typeof Refused>
  readonly #store: KeptStore
  readonly #clock: Clock
  readonly #door: Door | undefined
  readonly #server: Server
  #isClosing = false
  #again: Timer | undefined
  /** One after the other, so that the same message can't be new twice. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(store: KeptStore, clock: Clock, door: Door | undefined) {
    this.#store = store
    this.#clock = clock
    this.#door = door
    this.#messages = new Shelf(store, "message", Message)
    this.#moved = new Shelf(store, "moved", Moved)
    this.#refused = new Shelf(store, "refused", Refused)
    this.#server = createServer((request, response) => void this.#serve(request, response))
    this.#server.maxConnections = CONNECTIONS_MAX
    // What goes wrong while it begins to listen is awaited there; later there is nothing to do.
    this.#server.on("error", () => undefined)
  }

  /** Listens where there is a door, or goes on trying to: another version may hold the port. */
  static async open(store: KeptStore, clock: Clock, door: Door | undefined): Promise<RxEvents> {
    const events = new RxEvents(store, clock, door)
    if (door) await events.#listen(door)
    return events
  }

  async close(): Promise<void> {
    this.#isClosing = true
    this.#again?.cancel()
    await this.#last
    this.#server.closeAllConnections()
    if (!this.#server.listening) return
    this.#server.close()
    await once(this.#server, "close")
  }

  /** What moved after that place in the list, and the place where it ends now. */
  async movedSince(since: string | undefined) {
    const last = await this.#moved.lastOrder()
    if (since === undefined) return { next: String(last), rxNumbers: [] }
    const found = await this.#moved.after(Number(since), MOVED_MAX)
    // Who asks on from here was told all before it.
    await this.#moved.prune(Number(since) / 1_000)
    const forgottenMs = this.#clock.nowMs() - REMEMBERED_MS
    await this.#messages.prune(forgottenMs)
    await this.#refused.prune(forgottenMs)
    const rxNumbers = [...new Set(found.map(({ value }) => value.rxNumber))]
    return { next: String(found.at(-1)?.order ?? since), rxNumbers }
  }

  /** Why its claim was refused, as the last event told; undefined when that told of no refusal. */
  async rejectsOf(rxNumber: string): Promise<string[] | undefined> {
    return (await this.#refused.get(rxNumber))?.value.codes
  }

  async #listen({ host, port }: Pick<Door, "host" | "port">): Promise<void> {
    if (this.#isClosing) return
    try {
      this.#server.listen(port, host)
      await once(this.#server, "listening")
    } catch {
      this.#again = this.#clock.after(LISTEN_AGAIN_MS, () => void this.#listen({ host, port }))
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#isAdmitted(request)) {
      response.writeHead(401, { "www-authenticate": "Basic", connection: "close" }).end()
      return
    }
    const text = await bodyOf(request)
    if (text === undefined) return void request.destroy()
    const answer = this.#last.then(() => this.#answerTo(text))
    this.#last = answer
    response.writeHead(200, { "content-type": "application/json" })
    response.end(JSON.stringify({ Message_Header: await answer }))
  }

  #isAdmitted({ headers, method }: IncomingMessage): boolean {
    if (!this.#door || this.#isClosing || method !== "POST") return false
    const { user, password } = this.#door
    const wanted = Buffer.from(`Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`)
    const shown = Buffer.from(headers.authorization ?? "")
    return shown.length === wanted.length && timingSafeEqual(shown, wanted)
  }

  async #answerTo(text: string): Promise<object> {
    const event = eventIn(text)
    if (event === "no_json") return nak("", "Malformed Json")
    if (event === "no_id") return nak("", "UnknownID or missing id")
    const { messageID } = event.messageHeader
    try {
      if (!(await this.#messages.get(messageID))) await this.#take(event)
      return { Message_ID: messageID, Message_Type: "ACK" }
    } catch (trouble) {
      if (!(trouble instanceof Outage)) throw trouble
      return nak(messageID, "Not written down. Send it again.")
    }
  }

  async #take({ messageHeader, body }: Static<typeof RxEvent>): Promise<void> {
    const label = { name: messageHeader.messageID, nowMs: this.#clock.nowMs() }
    const rxNumber = textOf(body?.rx?.rxNumber) ?? ""
    const taken = this.#messages.putting({}, label)
    // Events about stock, and old paper numbers, have nothing to look at.
    if (!RX_NUMBER.test(rxNumber)) return await this.#store.batch([taken])
    const moved = this.#moved.putting({ rxNumber }, label)
    const refused = await this.#noting(rxNumber, rejectsIn(body?.claims))
    await this.#store.batch([taken, moved, ...refused])
  }

  /** An event that tells of no refusal is about another fill, or about a claim that was paid. */
  async #noting(rxNumber: string, codes: string[]): Promise<Write[]> {
    const before = await this.#refused.get(rxNumber)
    if (codes.length === 0) return before ? [this.#refused.removing(before)] : []
    const label = { name: rxNumber, nowMs: this.#clock.nowMs() }
    return [this.#refused.putting({ codes }, label, before)]
  }
}

function nak(Message_ID: string, why: string): object {
  return { Message_ID, Message_Type: "NAK", Error: why }
}

function eventIn(text: string): Static<typeof RxEvent> | "no_json" | "no_id" {
  try {
    const event = evened(parseJson(text, t.Unknown()))
    return Value.Check(RxEvent, event) ? event : "no_id"
  } catch (trouble) {
    if (trouble instanceof JsonError) return "no_json"
    throw trouble
  }
}

/** Undefined when it is too long or breaks off. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request) {
      const piece = Buffer.from(chunk)
      bytes += piece.length
      if (bytes > BODY_BYTES_MAX) return undefined
      chunks.push(piece)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString("utf8")
}

/**
 * Receives messages over MLLP. Each is given to the inbox, and answered when the inbox has it for
 * good; one that comes again is answered again and given to nobody.
 */
import { createHash } from "node:crypto"
import { once } from "node:events"
import { createServer, type Server, type Socket } from "node:net"
import type { Clock, Timer } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { newId } from "#core/id.ts"
import { type AckCode, errorCodes, isEnhanced, makeAck, wantsNoAnswer } from "../ack.ts"
import { requiredValue } from "../header.ts"
import {
  MESSAGE_BYTES_MAX,
  type Message,
  readMessage,
  requiredSegment,
  writeMessage,
} from "../message.ts"
import { Hl7Error, type Hl7Trouble } from "../trouble.ts"
import { valueAt } from "../value.ts"
import { type Frame, FrameReader, framed } from "./frame.ts"

export interface Received {
  /** The same for the same message, however often it is sent. */
  readonly name: string
  readonly message: Message
  /** What it will be answered with. */
  readonly answer: Buffer
}

/** Where accepted messages go. What it kept must be there after a restart. */
export interface Inbox {
  /** The answer that was kept with a message, or undefined when it is new. */
  answered(name: string): Promise<Uint8Array | undefined>
  /**
   * Takes a message. What it means, its name and its answer become durable together or not at all.
   * An `Hl7Error` refuses it; an `Outage` asks for it again later.
   */
  take(received: Received): Promise<void>
}

export interface MllpServerOptions {
  readonly host: string
  readonly port: number
  readonly inbox: Inbox
  readonly clock: Clock
  readonly timeZone: string
  readonly bytesMax?: number
  /** Whether that address may send at all. */
  readonly admits?: (address: string) => boolean
  /** Told of each trouble by its code, for a log. */
  readonly onTrouble?: (code: ServerTrouble) => void
}

export type ServerTrouble = Hl7Trouble | "broken_frame" | "port_taken" | "not_admitted" | "outage"

const CONNECTIONS_MAX = 16
/** Frames that may wait for the inbox before the sender is made to wait. */
const WAITING_MAX = 32
const LISTEN_AGAIN_MS = 1_000
const ATTACHED = "\r"

export class MllpServer {
  readonly #options: MllpServerOptions
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #listening = false
  #closing = false
  #again: Timer | undefined
  /** Messages are taken one after the other, over all connections: their order is their meaning. */
  #last: Promise<void> = Promise.resolve()

  private constructor(options: MllpServerOptions) {
    this.#options = options
    this.#server = createServer((socket) => this.#serve(socket))
    this.#server.maxConnections = CONNECTIONS_MAX
    // What goes wrong while it begins to listen is awaited there; later there is nothing to do.
    this.#server.on("error", () => undefined)
  }

  /** Listens, or goes on trying to: another version may still hold the port. */
  static async open(options: MllpServerOptions): Promise<MllpServer> {
    const server = new MllpServer(options)
    await server.#listen()
    return server
  }

  /** The port it listens on; undefined while another program holds it. */
  get port(): number | undefined {
    const address = this.#listening ? this.#server.address() : undefined
    return typeof address === "object" ? address?.port : undefined
  }

  /** Takes no more. What the inbox is taking is finished first. */
  async close(): Promise<void> {
    this.#closing = true
    this.#again?.cancel()
    const isOpen = this.#listening
    if (isOpen) this.#server.close()
    await this.#last
    for (const socket of this.#sockets) socket.destroy()
    if (isOpen) await once(this.#server, "close")
  }

  async #listen(): Promise<void> {
    const { host, port, clock } = this.#options
    if (this.#closing) return
    try {
      this.#server.listen(port, host)
      await once(this.#server, "listening")
      this.#listening = true
    } catch {
      this.#tell("port_taken")
      this.#again = clock.after(LISTEN_AGAIN_MS, () => void this.#listen())
    }
  }

  #tell(code: ServerTrouble): void {
    this.#options.onTrouble?.(code)
  }

  #serve(socket: Socket): void {
    const { admits, bytesMax = MESSAGE_BYTES_MAX } = this.#options
    if (this.#closing || admits?.(addressOf(socket)) === false) {
      this.#tell("not_admitted")
      socket.destroy()
      return
    }
    const reader = new FrameReader(bytesMax)
    let waiting = 0
    this.#sockets.add(socket)
    // A connection that breaks is the sender's to open again.
    socket.on("error", () => socket.destroy())
    socket.on("close", () => this.#sockets.delete(socket))
    socket.on("data", (chunk) => {
      for (const frame of reader.read(chunk)) {
        if (++waiting >= WAITING_MAX) socket.pause()
        this.#last = this.#last.then(async () => {
          await this.#answer(frame, socket)
          if (--waiting < WAITING_MAX) socket.resume()
        })
      }
    })
  }

  async #answer(frame: Frame, socket: Socket): Promise<void> {
    if (this.#closing) return
    const answer = frame.kind === "message" ? await this.#take(frame.bytes) : this.#refuse(frame)
    if (answer && !socket.destroyed) socket.write(framed(answer))
  }

  async #take(bytes: Buffer): Promise<Uint8Array | undefined> {
    const { inbox, bytesMax = MESSAGE_BYTES_MAX } = this.#options
    let message: Message | undefined
    try {
      message = readMessage(bytes, { bytesMax })
      const name = nameOf(message)
      const answer = this.#ack(message, isEnhanced(message) ? "CA" : "AA")
      const before = await inbox.answered(name)
      if (before === undefined) await inbox.take({ name, message, answer })
      return wantsNoAnswer(message) ? undefined : (before ?? answer)
    } catch (trouble) {
      return this.#refusal(trouble, message ?? headOf(bytes))
    }
  }

  /** An answer that says what is wrong; nothing was taken. */
  #refusal(trouble: unknown, message: Message | undefined): Buffer | undefined {
    const isOurs = trouble instanceof Hl7Error || trouble instanceof Outage
    if (!isOurs) throw trouble
    const code = trouble instanceof Hl7Error ? trouble.code : "outage"
    this.#tell(code)
    if (message === undefined) return undefined
    const at = trouble instanceof Hl7Error ? trouble.at : undefined
    const isPassing = code === "outage"
    const isEnvelope = code === "other_type" || code === "unknown_charset" || code === "too_large"
    const ack = isEnvelope ? "AR" : "AE"
    return this.#ack(message, isEnhanced(message) ? enhanced(ack) : ack, {
      error: isPassing ? errorCodes.internal : errorCodeOf(code),
      ...(at && { at }),
    })
  }

  #refuse({ kind, head }: Exclude<Frame, { kind: "message" }>): Buffer | undefined {
    this.#tell(kind === "oversize" ? "too_large" : "broken_frame")
    const message = headOf(head)
    // A frame that broke off will come again; one that is too large never fits.
    if (message === undefined || kind === "broken") return undefined
    return this.#ack(message, isEnhanced(message) ? "CR" : "AR", { error: errorCodes.segment })
  }

  #ack(
    message: Message,
    code: AckCode,
    more: Pick<Parameters<typeof makeAck>[1], "error" | "at"> = {},
  ): Buffer {
    const { clock, timeZone } = this.#options
    const nowMs = clock.nowMs()
    const controlId = newId(nowMs).slice(-20)
    return writeMessage(makeAck(message, { code, controlId, atMs: nowMs, timeZone, ...more }))
  }
}

const enhanced = (code: "AE" | "AR"): AckCode => (code === "AE" ? "CE" : "CR")

const addressOf = (socket: Socket): string =>
  (socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/, "")

function errorCodeOf(code: Hl7Trouble | "outage"): string {
  if (code === "other_type") return errorCodes.unsupportedType
  if (code === "missing_field") return errorCodes.missingField
  return code === "bad_value" ? errorCodes.value : errorCodes.segment
}

/**
 * A control id alone is no name: counters start anew. The same content under the same id is the
 * same message, also when it was stamped again as it was sent again.
 */
function nameOf(message: Message): string {
  const header = requiredSegment(message, "MSH")
  const sender = [valueAt(header, 3), valueAt(header, 4), requiredValue(header, 10)]
  const content = message.segments.slice(1).map(({ line }) => line)
  const hash = createHash("sha256").update(JSON.stringify([sender, content]))
  return hash.digest("base64url")
}

/** The first segment of something that could not be read, if it is whole. */
function headOf(bytes: Buffer): Message | undefined {
  const [first = ""] = bytes.toString("latin1").split(/[\r\n]/, 1)
  const isWhole = first.length < bytes.length
  try {
    const message = isWhole ? readMessage(Buffer.from(first + ATTACHED, "latin1")) : undefined
    return message && valueAt(message.segments[0], 10) ? message : undefined
  } catch {
    return undefined
  }
}

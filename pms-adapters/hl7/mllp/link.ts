/**
 * One connection to a receiver: a message out, its answer back, one at a time. It tries nothing
 * twice; whoever sends decides that, and is told whether the message may have arrived.
 */
import { connect, type Socket } from "node:net"
import type { Clock } from "#core/clock.ts"
import {
  MESSAGE_BYTES_MAX,
  type Message,
  readMessage,
  segmentOfKind,
  writeMessage,
} from "../message.ts"
import { Hl7Error } from "../trouble.ts"
import { valueAt } from "../value.ts"
import { type Frame, FrameReader, framed } from "./frame.ts"

export interface LinkOptions {
  readonly host: string
  readonly port: number
  readonly clock: Clock
  /** For one exchange: connecting, sending and waiting for the answer. */
  readonly timeoutMs: number
  readonly bytesMax?: number
}

/** `cut`: the connection could not be made, or broke. */
export type LinkTrouble = "cut" | "deadline" | "unreadable"

/** `mayBeDone`: the message may have arrived although we heard nothing usable. */
export type Exchanged =
  | { readonly ok: true; readonly answer: Message }
  | { readonly ok: false; readonly trouble: LinkTrouble; readonly mayBeDone: boolean }

export class MllpLink {
  readonly #options: LinkOptions
  #socket: Socket | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: LinkOptions) {
    this.#options = options
  }

  /** Sends, and answers what was answered under the message's control id. Waits its turn. */
  exchange(message: Message, signal: AbortSignal): Promise<Exchanged> {
    const turn = this.#last.then(() => this.#run(message, signal))
    this.#last = turn.catch(() => undefined)
    return turn
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  async #run(message: Message, signal: AbortSignal): Promise<Exchanged> {
    const { clock, timeoutMs } = this.#options
    if (signal.aborted) return { ok: false, trouble: "deadline", mayBeDone: false }
    const controlId = valueAt(segmentOfKind(message, "MSH"), 10) ?? ""
    const bytes = framed(writeMessage(message))
    const expiry = new AbortController()
    const timer = clock.after(timeoutMs, () => expiry.abort())
    const ends = AbortSignal.any([signal, expiry.signal])
    try {
      const socket = this.#socket ?? this.#connect()
      const answered = await new Conversation(socket, this.#options).hold(bytes, controlId, ends)
      // What may still come over this connection answers nothing that is asked later.
      if (!answered.ok) this.close()
      return answered
    } finally {
      timer.cancel()
    }
  }

  #connect(): Socket {
    const { host, port } = this.#options
    const socket = connect({ host, port, noDelay: true })
    const forget = () => {
      if (this.#socket === socket) this.#socket = undefined
    }
    socket.on("error", forget)
    socket.on("close", forget)
    // A receiver that closes its side reads nothing any more.
    socket.on("end", () => socket.destroy())
    this.#socket = socket
    return socket
  }
}

/** One exchange over a socket, from the first byte out to the answer or the trouble. */
class Conversation {
  readonly #socket: Socket
  readonly #reader: FrameReader

  constructor(socket: Socket, { bytesMax = MESSAGE_BYTES_MAX }: LinkOptions) {
    this.#socket = socket
    this.#reader = new FrameReader(bytesMax)
  }

  hold(bytes: Buffer, controlId: string, ends: AbortSignal): Promise<Exchanged> {
    const socket = this.#socket
    return new Promise((resolve) => {
      let isSent = false
      const send = () => {
        isSent = true
        socket.write(bytes)
      }
      const onData = (chunk: Buffer) => {
        for (const frame of this.#reader.read(chunk)) {
          const meant = answerIn(frame, controlId)
          if (meant === undefined) continue
          if (meant === "unreadable") return fail("unreadable")
          return finish({ ok: true, answer: meant })
        }
      }
      const fail = (trouble: LinkTrouble) => finish({ ok: false, trouble, mayBeDone: isSent })
      const onCut = () => fail("cut")
      const onEnd = () => fail("deadline")
      const finish = (outcome: Exchanged) => {
        socket.off("data", onData).off("close", onCut).off("connect", send)
        ends.removeEventListener("abort", onEnd)
        resolve(outcome)
      }
      socket.on("data", onData).on("close", onCut)
      ends.addEventListener("abort", onEnd)
      if (socket.destroyed) return onCut()
      if (socket.connecting) socket.on("connect", send)
      else send()
      return undefined
    })
  }
}

/** The answer, undefined when it answers something else, or word that nobody can read it. */
function answerIn(frame: Frame, controlId: string): Message | "unreadable" | undefined {
  if (frame.kind !== "message") return "unreadable"
  try {
    const message = readMessage(frame.bytes)
    const answers = valueAt(segmentOfKind(message, "MSA"), 2)
    if (answers === undefined) return "unreadable"
    return answers === controlId ? message : undefined
  } catch (trouble) {
    if (trouble instanceof Hl7Error) return "unreadable"
    throw trouble
  }
}

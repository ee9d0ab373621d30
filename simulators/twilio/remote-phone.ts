/** Rings through the phone server of a simulated cloud elsewhere, in place of a web page. */
import { WebSocket } from "ws"
import { type Clock, realClock, type Timer } from "./clock.ts"
import { Handset } from "./handset.ts"
import { frameMs, silentFrame } from "./mulaw.ts"
import { type FromPhone, readToPhone, type ToPhone } from "./phone-messages.ts"
import { Recording } from "./recording.ts"
import type { Telephone } from "./run-script.ts"
import type { Ended } from "./script.ts"

export interface RemoteCall extends Telephone {
  readonly recording: Recording
  /** Forgets the call and the socket. */
  close(): void
}

type Dial = Omit<Extract<FromPhone, { type: "dial" }>, "type">

/** Dials, and resolves when it rings. Rejects when the phone server can't be reached. */
export async function ringThrough(
  phoneUrl: string,
  dial: Dial,
  onText: (from: string, body: string) => void = () => {},
): Promise<RemoteCall> {
  const socket = new WebSocket(phoneUrl, { perMessageDeflate: false })
  const phone = new RemotePhone(socket, onText)
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve)
    socket.once("error", () => reject(new Error(`no phone server answers at ${phoneUrl}`)))
  })
  phone.send({ type: "dial", ...dial })
  return phone.ringing
}

class RemotePhone {
  readonly #socket: WebSocket
  readonly #clock: Clock = realClock
  readonly #handset = new Handset(realClock)
  readonly #recording = new Recording()
  readonly #ringing = Promise.withResolvers<RemoteCall>()
  readonly #ended = Promise.withResolvers<Ended>()
  readonly #onText: (from: string, body: string) => void
  #heard: Uint8Array[] = []
  #ticker: Timer | undefined

  constructor(socket: WebSocket, onText: (from: string, body: string) => void) {
    this.#socket = socket
    this.#onText = onText
    socket.on("message", (raw, isBinary) => {
      if (isBinary && Buffer.isBuffer(raw)) this.#hear(raw)
      else this.#obey(readToPhone(String(raw)))
    })
    socket.once("close", () => this.#end("agent"))
    this.#handset.plugIn({
      press: (digits) => this.send({ type: "keys", digits }),
      hangUp: () => this.send({ type: "hangUp" }),
    })
  }

  get ringing(): Promise<RemoteCall> {
    return this.#ringing.promise
  }

  send(message: FromPhone): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  #hear(frame: Uint8Array): void {
    this.#handset.hear(frame)
    this.#heard.push(frame)
  }

  #obey(message: ToPhone | undefined): void {
    if (message?.type === "text") this.#onText(message.from, message.body)
    if (message?.type === "error") this.#ringing.reject(new Error(message.problem))
    if (message?.type !== "state") return
    if (message.state === "ringing") this.#rings(message.callSid)
    if (message.state === "inCall") this.#ticker = this.#clock.every(frameMs, () => this.#tick())
    if (message.state === "ended") this.#end(message.by ?? "agent")
  }

  #rings(callSid: string): void {
    this.#ringing.resolve({
      callSid,
      handset: this.#handset,
      clock: this.#clock,
      ended: this.#ended.promise,
      recording: this.#recording,
      close: () => this.#socket.terminate(),
    })
  }

  #tick(): void {
    const spoken = this.#handset.nextFrame()
    this.#socket.send(spoken, { binary: true })
    this.#recording.add(spoken, this.#heard.shift() ?? silentFrame)
  }

  #end(by: Ended): void {
    this.#ticker?.cancel()
    this.#handset.lineEnded()
    this.#ended.resolve(by)
    this.#ringing.reject(new Error("the call ended before it rang"))
  }
}

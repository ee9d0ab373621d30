/** One telephone: a websocket to the simulated network, in its own words. */

export type PhoneState = "idle" | "ringing" | "inCall" | "ended"

export interface PhoneNews {
  readonly state?: PhoneState
  readonly callSid?: string
  readonly by?: string
  readonly problem?: string
}

export interface Dialled {
  readonly to: string
  readonly from?: string
  readonly pharmacist?: string
}

interface LineListener {
  readonly news: (news: PhoneNews) => void
  readonly frame: (frame: ArrayBuffer) => void
}

export class PhoneLine {
  readonly #socket: WebSocket

  constructor(url: string, dialled: Dialled, listener: LineListener) {
    this.#socket = new WebSocket(url)
    this.#socket.binaryType = "arraybuffer"
    this.#socket.onopen = () => this.#send({ type: "dial", ...dialled })
    this.#socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (data instanceof ArrayBuffer) listener.frame(data)
      else listener.news(JSON.parse(data))
    }
    this.#socket.onerror = () => listener.news({ problem: "The telephone cannot be reached." })
    this.#socket.onclose = () => listener.news({ state: "ended" })
  }

  say(text: string): void {
    this.#send({ type: "say", text })
  }

  press(digits: string): void {
    this.#send({ type: "keys", digits })
  }

  hear(frame: Uint8Array<ArrayBuffer>): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame)
  }

  hangUp(): void {
    this.#send({ type: "hangUp" })
  }

  close(): void {
    this.#socket.close()
  }

  #send(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }
}

/**
 * The ports the appliance listens on. The host accepts a connection and hands the socket to the
 * module that serves it, so a new version takes new connections while the old one ends its own.
 */

import { createServer, type Server, type Socket } from "node:net"
import { OutageAt } from "./fault.ts"

export type ListenerName = "public" | "staff"

export class Listeners {
  readonly #servers = new Map<ListenerName, Server>()
  readonly #hand: (listener: ListenerName, socket: Socket) => void

  constructor(hand: (listener: ListenerName, socket: Socket) => void) {
    this.#hand = hand
  }

  /** Starts listening and answers the port, which the system chooses when given 0. */
  async open(listener: ListenerName, port: number, address: string): Promise<number> {
    // Paused, so that the first byte is read by the module and by nobody before it.
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      socket.on("error", () => socket.destroy())
      this.#hand(listener, socket)
    })
    this.#servers.set(listener, server)
    await new Promise<void>((resolve, reject) => {
      server.once("error", () => reject(new OutageAt("port_in_use", `${listener} ${port}`)))
      server.listen(port, address, () => resolve())
    })
    const bound = server.address()
    return typeof bound === "object" && bound ? bound.port : port
  }

  /** Takes no more connections. Those that were handed over are their module's to end. */
  close(): void {
    for (const server of this.#servers.values()) server.close()
    this.#servers.clear()
  }
}

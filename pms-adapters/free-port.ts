/** A port for an adapter that listens where its vendor was told to send. For tests only. */
import { randomInt } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:net"

/** Below what systems hand out by themselves, so that nobody is given it while we are between. */
const PORTS = [18_000, 30_000] as const

/** One that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS)
    const server = createServer().listen(port, "127.0.0.1")
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    )
    server.close()
    if (isFree) return port
  }
}

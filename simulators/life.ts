/**
 * The life of a simulator's process: it says on one line where it listens, and ends when whoever
 * started it goes away, so that no test leaves one behind.
 */
import { once } from "node:events"
import { fstatSync } from "node:fs"
import type { Server } from "node:net"

/** Listens on this machine alone and answers the port. One that is taken is an error. */
export async function listenHere(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  return typeof address === "object" && address ? address.port : port
}

/** `doors`: addresses and ports, as the one who starts it expects them. */
export function announce(doors: object): void {
  endWithParent()
  const ready = { ready: true, ...doors }
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  process.send?.(ready)
}

/** A pipe or a channel means a parent that will be missed; a terminal or /dev/null does not. */
function endWithParent(): void {
  if (process.connected) process.once("disconnect", () => process.exit(0))
  const input = fstatSync(0)
  if (!input.isFIFO() && !input.isSocket()) return
  process.stdin.resume()
  process.stdin.once("close", () => process.exit(0))
}

/**
 * The life of a simulator's process: it says on one line where it listens, and ends when whoever
 * started it goes away, so that no test leaves one behind.
 */
import { fstatSync } from "node:fs"

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

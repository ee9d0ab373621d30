/**
 * A payer to send claims to: an invented plan behind a switch. It ends when whoever started it goes
 * away, so that no test leaves one behind.
 */
import { fstatSync } from "node:fs"
import { parseArgs } from "node:util"
import { PayerServer } from "./server.ts"

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } })

/** A pipe or a channel means a parent that will be missed; a terminal or /dev/null does not. */
function endWithParent(): void {
  if (process.connected) process.once("disconnect", () => process.exit(0))
  const input = fstatSync(0)
  if (!input.isFIFO() && !input.isSocket()) return
  process.stdin.resume()
  process.stdin.once("close", () => process.exit(0))
}

const server = new PayerServer(process.env.PAYER_TOKEN ?? "demo")
const url = await server.listen(Number(values.port))
endWithParent()
const ready = { ready: true, url }
process.stdout.write(`${JSON.stringify(ready)}\n`)
process.send?.(ready)

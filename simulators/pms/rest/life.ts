/**
 * The life of a vendor's process: it says on one line where it listens, and ends when whoever
 * started it goes away, so that no test leaves one behind.
 */
import { fstatSync } from "node:fs"
import { parseArgs } from "node:util"
import { castPharmacy } from "../demo/cast.ts"
import { todayIn } from "../demo/days.ts"
import { RestPharmacy, type Vendor } from "./server.ts"

/** Runs the vendor over the people and prescriptions of the demo's cast. */
export async function runVendor(vendor: Vendor): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      today: { type: "string" },
      "time-zone": { type: "string", default: "America/Chicago" },
    },
  })
  const today = values.today ?? todayIn(values["time-zone"])
  const { withMore = (cast) => cast } = vendor
  const pharmacy = new RestPharmacy(() => withMore(castPharmacy(today)), vendor)
  const url = await pharmacy.listen(Number(values.port))
  endWithParent()
  const ready = { ready: true, url }
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

export function base64(text: string): string {
  return Buffer.from(text).toString("base64")
}

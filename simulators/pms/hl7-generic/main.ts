/**
 * A pharmacy system that speaks HL7 2.5.1 over MLLP: it takes refill orders, tells what changes,
 * and ends when whoever started it goes away.
 */
import { fstatSync } from "node:fs"
import { parseArgs } from "node:util"
import { castPharmacy } from "../demo/cast.ts"
import { todayIn } from "../demo/days.ts"
import { Hl7Pharmacy } from "./server.ts"

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    today: { type: "string" },
    "time-zone": { type: "string", default: "America/Chicago" },
  },
})

/** A pipe or a channel means a parent that will be missed; a terminal or /dev/null does not. */
function endWithParent(): void {
  if (process.connected) process.once("disconnect", () => process.exit(0))
  const input = fstatSync(0)
  if (!input.isFIFO() && !input.isSocket()) return
  process.stdin.resume()
  process.stdin.once("close", () => process.exit(0))
}

const today = values.today ?? todayIn(values["time-zone"])
const pharmacy = new Hl7Pharmacy(() => castPharmacy(today), process.env.HL7_PMS_WORD ?? "demo-word")
const doors = await pharmacy.listen(Number(values.port))
endWithParent()
const ready = { ready: true, ...doors }
process.stdout.write(`${JSON.stringify(ready)}\n`)
process.send?.(ready)

/**
 * A pharmacy system that speaks HL7 2.5.1 over MLLP: it takes refill orders, tells what changes,
 * and ends when whoever started it goes away.
 */
import { parseArgs } from "node:util"
import { announce } from "../../life.ts"
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

const today = values.today ?? todayIn(values["time-zone"])
const pharmacy = new Hl7Pharmacy(() => castPharmacy(today), process.env.HL7_PMS_WORD ?? "demo-word")
const doors = await pharmacy.listen(Number(values.port))
announce(doors)

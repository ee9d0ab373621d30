/**
 * A pharmacy system to ring against: synthetic patients behind a vendor-like wire. It ends when
 * whoever started it goes away, so that no test leaves one behind.
 */
import { parseArgs } from "node:util"
import { announce } from "../../life.ts"
import { todayIn } from "./days.ts"
import { makePharmacy } from "./generate.ts"
import { DemoServer } from "./server.ts"

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    seed: { type: "string", default: "7" },
    today: { type: "string" },
    "time-zone": { type: "string", default: "America/Chicago" },
  },
})

const { DEMO_PMS_USER, DEMO_PMS_PASSWORD, DEMO_PMS_NPI, DEMO_PMS_CUSTOMER_KEY } = process.env

const seed = Number(values.seed)
const make = () => makePharmacy({ seed, today: values.today ?? todayIn(values["time-zone"]) })
const server = new DemoServer(make, {
  user: DEMO_PMS_USER ?? "mortar",
  password: DEMO_PMS_PASSWORD ?? "demo",
  npi: DEMO_PMS_NPI ?? "1234567893",
  customerKey: DEMO_PMS_CUSTOMER_KEY ?? "demo-key",
})
const url = await server.listen(Number(values.port))
announce({ url })

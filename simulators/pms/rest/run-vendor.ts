/** Runs a REST vendor's routes over the people and prescriptions of the demo's cast. */
import { parseArgs } from "node:util"
import { announce } from "../../life.ts"
import { castPharmacy } from "../demo/cast.ts"
import { todayIn } from "../demo/days.ts"
import { RestPharmacy, type Vendor } from "./server.ts"

/** A vendor that shows a certificate of its own on a second port. */
interface Identity {
  readonly key: string
  readonly cert: string
  readonly fingerprint: string
}

export async function runVendor(vendor: Vendor, identity?: Identity): Promise<void> {
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
  if (!identity) return announce({ url })
  const port = await pharmacy.listenSecurely(identity)
  announce({ url, port, fingerprint: identity.fingerprint })
}

export function base64(text: string): string {
  return Buffer.from(text).toString("base64")
}

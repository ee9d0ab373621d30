/** The house the golden calls are rung in: every module, the demo's people, and somewhere to text. */
import type { TestContext } from "node:test"
import { TwilioCloud } from "../../simulators/twilio/cloud.ts"
import { startRest } from "../../simulators/twilio/rest.ts"
import { type House, openHouse } from "../house.ts"
import type { Moment } from "./scenario.ts"

/** All that a conversation can lead to; the telephone is made of text. */
const typedModules = [
  "calls",
  "callbacks",
  "complaints",
  "consents",
  "conversations",
  "drugs",
  "emergencies",
  "intent",
  "messaging",
  "patients",
  "pms",
  "prescriptions",
  "recordings",
  "refills",
  "store-info",
  "transcripts",
  "transfers",
  "verification",
  "work-queue",
]

export interface Pharmacy {
  readonly house: House
  readonly cloud: TwilioCloud
}

/** Peter Lane cares for Rose, Amy Bennett for her daughter Lily. */
const caregivers = [
  { patient: "1013", caregiver: "1014" },
  { patient: "1012", caregiver: "1011" },
]

const account = { accountSid: `AC${"5".repeat(32)}`, authToken: "a token of the test" }

export async function openPharmacy(t: TestContext, moment: Moment): Promise<Pharmacy> {
  const cloud = new TwilioCloud({ ...account, speak: async () => new Uint8Array() })
  const rest = await startRest(cloud)
  t.after(() => rest.close())
  const house = await openHouse(t, {
    ...moment,
    only: typedModules,
    environment: {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_API_BASE: rest.url,
    },
    settings: { consents: { demo: caregivers } },
  })
  return { house, cloud }
}

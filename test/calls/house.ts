/** The house the golden calls are rung in: every module, the demo's people, and a carrier. */
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sentencesFolder } from "../../models/cache.ts"
import { speechProgram } from "../../models/programs.ts"
import { pacedClock } from "../../simulators/twilio/clock.ts"
import { TwilioCloud } from "../../simulators/twilio/cloud.ts"
import { startRest } from "../../simulators/twilio/rest.ts"
import { createVoice, type SyntheticVoice } from "../../simulators/twilio/synthetic-voice.ts"
import { type Cleanup, type House, openHouse, type PharmacySystem } from "../house.ts"
import type { Moment } from "./scenario.ts"
import { withSpanishCaller } from "./spanish-caller.ts"

/** What a call needs, but for the telephone. */
export const modules: readonly string[] = [
  "calls",
  "callbacks",
  "complaints",
  "consents",
  "controlled-substances",
  "conversations",
  "drugs",
  "emergencies",
  "insurance",
  "intent",
  "inventory",
  "messaging",
  "patients",
  "pms",
  "prior-auth",
  "prescriptions",
  "recordings",
  "refills",
  "notifications",
  "outreach-policy",
  "renewals",
  "prescribers",
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

/** A pharmacy that can be rung up: real speech, real sockets. */
export interface RingingPharmacy extends Pharmacy {
  readonly voice: SyntheticVoice
  readonly voiceUrl: string
  readonly statusCallback: string
}

/** Peter Lane cares for Rose, Amy Bennett for her daughter Lily. */
const caregivers = [
  { patient: "1013", caregiver: "1014" },
  { patient: "1012", caregiver: "1011" },
]

/** What is ordered there usually comes the next business day. */
const ordering = { inventory: { usuallyNextDay: true } }

/** Walter Stone's rosuvastatin waits for his plan. */
const sent = [{ patient: "1005", rxNumber: "7001273" }]

const account = { accountSid: `AC${"5".repeat(32)}`, authToken: "a token of the test" }

/** When a pharmacy is rung up, and the pharmacy system it has when that is not the demo's. */
interface Setting extends Moment {
  readonly pharmacySystem?: PharmacySystem
}

/** The pharmacy without a telephone: calls are typed. */
export async function openPharmacy(
  t: Cleanup,
  moment: Setting,
  settings: Settings = {},
): Promise<Pharmacy> {
  const cloud = new TwilioCloud({ ...account, speak: async () => new Uint8Array() })
  const house = await openAt(t, moment, { cloud, only: modules, settings })
  return { house, cloud }
}

/** What Twilio believes the address to be; where it really is, is known once the port is open. */
const publicUrl = "http://pharmacy.test"

export async function openRingingPharmacy(
  t: Cleanup,
  moment: Setting,
  more: Settings = {},
  pace = 1,
): Promise<RingingPharmacy> {
  const voices = join(tmpdir(), "mortar-simulated-voices")
  const voice = withSpanishCaller(createVoice(voices), voices, t)
  const place = { reachableAt: publicUrl }
  const cloud = new TwilioCloud({
    ...account,
    publicUrl,
    clock: pacedClock(pace),
    get reachableAt() {
      return place.reachableAt
    },
    speak: (text) => voice(text, "slt"),
  })
  const speech = { entry: speechProgram, sentencesFolder: sentencesFolder() }
  const settings = { ...more, voice: { publicUrl, speech } }
  const house = await openAt(t, moment, { cloud, only: [...modules, "voice"], settings, pace })
  t.after(() => cloud.close())
  const port = await house.host.listeners.open("public", 0, "127.0.0.1")
  place.reachableAt = `http://127.0.0.1:${port}`
  const voiceUrl = `${publicUrl}/twilio/voice`
  return { house, cloud, voice, voiceUrl, statusCallback: `${publicUrl}/twilio/status` }
}

/** What modules are told, by module. */
type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>

interface Opening {
  readonly cloud: TwilioCloud
  readonly only: readonly string[]
  readonly settings: Settings
  readonly pace?: number
}

async function openAt(t: Cleanup, moment: Setting, { cloud, only, settings, pace = 1 }: Opening) {
  const rest = await startRest(cloud)
  t.after(() => rest.close())
  return openHouse(t, {
    ...moment,
    ...{ only, pace },
    environment: {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_API_BASE: rest.url,
    },
    settings: {
      ...settings,
      consents: { demo: caregivers },
      "prior-auth": { demo: sent },
      ...ordering,
    },
  })
}

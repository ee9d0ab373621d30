/**
 * A house with its telephone, and a Twilio that rings it over real sockets. The speech processes
 * are stand-ins that answer at once, unless others are asked for.
 */
import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { type Call, type CloudOptions, TwilioCloud } from "../simulators/twilio/cloud.ts"
import { startRest } from "../simulators/twilio/rest.ts"
import { tone } from "../simulators/twilio/tones.ts"
import { modules } from "./calls/house.ts"
import { momentOf } from "./calls/scenario.ts"
import { type Phrase, soundOf } from "./fixtures/phrases.ts"
import { type Cleanup, type House, openHouse } from "./house.ts"

export const PUBLIC_URL = "http://willow-street.example"
export const account = {
  accountSid: `AC${"5".repeat(32)}`,
  authToken: "a token of the test",
} as const
export const OWN_NUMBER = "+15125550197"
/** A Friday forenoon, when the pharmacy is open. */
const MOMENT = "2026-11-20T10:30:00"

export interface TelephoneOptions {
  readonly more?: readonly string[]
  /** Keeps this folder, as openHouse does. */
  readonly folder?: string
  /** The program of the speech processes. */
  readonly speech?: string
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly cloud?: Partial<CloudOptions>
}

export interface Telephone {
  readonly house: House
  readonly cloud: TwilioCloud
  readonly publicPort: number
  /** A caller dials; the call goes on until somebody ends it. */
  ring(from?: string): Call
}

export async function openTelephone(
  t: Cleanup,
  options: TelephoneOptions = {},
): Promise<Telephone> {
  let publicPort = 0
  const cloud = new TwilioCloud({
    ...account,
    publicUrl: PUBLIC_URL,
    get reachableAt() {
      return `http://127.0.0.1:${publicPort}`
    },
    speak: async () => tone(300),
    ...options.cloud,
  })
  const rest = await startRest(cloud)
  t.after(() => rest.close())
  const entry = options.speech ?? fileURLToPath(new URL("./fixtures/speech.ts", import.meta.url))
  const house = await openHouse(t, {
    ...momentOf(MOMENT),
    ...(options.folder === undefined ? {} : { folder: options.folder }),
    only: [...modules, "voice", ...(options.more ?? [])],
    environment: {
      TWILIO_ACCOUNT_SID: account.accountSid,
      TWILIO_AUTH_TOKEN: account.authToken,
      TWILIO_API_BASE: rest.url,
    },
    settings: {
      ...options.settings,
      voice: { publicUrl: PUBLIC_URL, speech: { entry }, ...options.settings?.voice },
    },
  })
  publicPort = await house.host.listeners.open("public", 0, "127.0.0.1")
  t.after(() => cloud.close())
  const ring = (from = "+15125550100") =>
    cloud.placeCall({
      from,
      to: OWN_NUMBER,
      voiceUrl: `${PUBLIC_URL}/twilio/voice`,
      statusCallback: `${PUBLIC_URL}/twilio/status`,
    })
  return { house, cloud, publicPort, ring }
}

const TURN_MS_MAX = 20_000
const IS_RIGHT = /refill of atorvastatin.*right/is
const LOOK_EVERY_MS = 50

/** Waits for something that a caller or a person would see. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; waitedMs < TURN_MS_MAX; waitedMs += LOOK_EVERY_MS) {
    if (await isSo()) return
    await pause(LOOK_EVERY_MS)
  }
  assert.fail(`it never came to this: ${what}`)
}

/** Says a phrase once the agent has spoken and is silent. */
export async function say(call: Call, phrase: Phrase): Promise<void> {
  await agentSpoke(call)
  await call.handset.speak(soundOf(phrase)).ended
}

/** Resolves when the agent has answered whatever was said last, and has finished. */
export async function agentSpoke(call: Call, sinceMs?: number): Promise<void> {
  const { timeline } = call.leg
  const lastSaidMs = sinceMs ?? timeline.all("callerSpeechEnd").at(-1)?.atMs ?? 0
  await until("the agent has spoken", () => {
    const { ear } = call.handset
    const isAnswered = ear.lastOnsetMs > lastSaidMs && ear.quietForMs(Date.now()) > 500
    return isAnswered || call.leg.isOver
  })
}

/** The words of the agent that the caller heard, from the transcript. */
export async function heardBy({ house }: Telephone, call: Call): Promise<string> {
  const reply = await house.ask<{ lines: readonly { who: string; text: string }[] }>(
    "transcripts.get",
    { conversation: call.sid },
  )
  const lines = reply.kind === "done" ? reply.value.lines : []
  return lines.flatMap(({ who, text }) => (who === "agent" ? [text] : [])).join(" ")
}

/** Answers a question, not a sound: on a busy machine the agent says first that it is looking. */
async function answer(
  here: Telephone,
  call: Call,
  question: RegExp,
  phrase: Phrase,
): Promise<void> {
  await until(
    `the agent has said ${question.source}`,
    async () => call.leg.isOver || question.test(await heardBy(here, call)),
  )
  await say(call, phrase)
}

/** The caller has asked and said who they are; the agent asks whether it is right. */
export async function ringForRefill(here: Telephone): Promise<Call> {
  const call = here.ring()
  await say(call, "I want to refill prescription number 7 0 0 1 2 3 4")
  await answer(here, call, /date of birth/i, "It's James Carter, born March 14th 1958")
  await until("the agent asks whether it is right", async () =>
    IS_RIGHT.test(await heardBy(here, call)),
  )
  await agentSpoke(call)
  return call
}

/** The rest of the call goes as if nothing had happened, and the refill is asked for once. */
export async function assertRefilled(here: Telephone, call: Call): Promise<void> {
  await answer(here, call, IS_RIGHT, "yes please")
  await answer(here, call, /is in/i, "no thank you")
  await call.ended
  const refills = await here.house.submissions()
  assert.deepEqual(
    refills.map(({ rx }) => rx),
    ["7001234"],
  )
  assert.match(await heardBy(here, call), /is in.*goodbye/is)
  await until("no call is open", async () => {
    const open = await here.house.ask<{ calls: readonly unknown[] }>("calls.open")
    return open.value.calls.length === 0
  })
}

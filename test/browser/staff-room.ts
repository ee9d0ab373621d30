/** A real browser at the staff's door, and a morning's work for it: items, calls, words said. */
import { EventEmitter, once } from "node:events"
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core"
import { WebSocketServer } from "ws"
import { systemClock } from "#core/clock.ts"
import { newId } from "#core/id.ts"
import { type Door, demoPassword } from "../../dashboard/fixtures/door.ts"

export type Theme = "light" | "dark"

const CHROMIUM = "/usr/bin/chromium"
const PAGE_MS_MAX = 60_000
const SAMPLES_A_SECOND = 8_000

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  })
}

export interface Seat {
  readonly theme?: Theme
  readonly width?: number
  readonly height?: number
}

/** A browser of one person: its own cookies, its own colours. */
export async function sitDown(browser: Browser, url: string, seat: Seat = {}) {
  const { theme = "light", width = 1280, height = 800 } = seat
  const context: BrowserContext = await browser.newContext({
    baseURL: url,
    colorScheme: theme,
    reducedMotion: "reduce",
    viewport: { width, height },
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PAGE_MS_MAX)
  return page
}

export async function signIn(page: Page, user: string): Promise<void> {
  await page.goto("/")
  await page.getByLabel("User name").fill(user)
  await page.getByLabel("Password", { exact: true }).fill(demoPassword)
  await page.getByRole("button", { name: "Sign in" }).click()
  await page.getByRole("navigation", { name: "Pages" }).waitFor()
}

export interface Request {
  readonly patient: string
  readonly name: string
  readonly input: object
  readonly context: Readonly<Record<string, unknown>>
}

/** A verified caller asks for something that a person has to decide; answers the work item. */
export async function ask({ house }: Door, { patient, name, input, context }: Request) {
  const conversation = newId(systemClock.nowMs())
  const { host } = house
  await host.identities.openConversation(conversation, "phone")
  await host.identities.establish(conversation, { identity: "verified", patient })
  const actor = host.identities.actor({ conversation })
  if (!actor) throw new Error("nobody asks")
  const reply = await host.desk.proposeAs(actor, { name, input, options: { context } })
  if (reply.kind !== "asked") throw new Error(`not asked but ${reply.kind}`)
  return reply.item
}

export const oxycodone: Request = {
  patient: "1002",
  name: "refills.request",
  input: { rxNumber: "7001241" },
  context: {
    words: "I need my oxycodone filled, the one Doctor Bell wrote, please.",
    patient: "1002",
    patientName: "Grace Kim",
    drugName: "oxycodone 5 mg tablet",
    phone: "+15125550101",
    verifiedBy: ["name", "date_of_birth", "rx_number"],
    willHappen: "A refill of prescription 7001241 is submitted to the pharmacy system.",
  },
}

export const zolpidem: Request = {
  ...oxycodone,
  input: { rxNumber: "7001242" },
  context: {
    ...oxycodone.context,
    words: "And the zolpidem, I am out on Friday.",
    drugName: "zolpidem 10 mg tablet",
    willHappen: "A refill of prescription 7001242 is submitted to the pharmacy system.",
  },
}

export const coverage: Request = {
  patient: "1001",
  name: "work-queue.askInsurance",
  input: { about: "Does the new plan cover the lisinopril?" },
  context: {
    words: "I changed my insurance. Does the new plan cover the lisinopril?",
    patientName: "James Carter",
    phone: "+15125550100",
    verifiedBy: ["name", "date_of_birth", "zip"],
  },
}

export const complaint: Request = {
  patient: "1001",
  name: "work-queue.askRefund",
  input: { about: "Charged twice for the metformin." },
  context: {
    words: "You charged my card twice for the metformin last week.",
    patientName: "James Carter",
    phone: "+15125550100",
    verifiedBy: ["name", "date_of_birth", "zip"],
  },
}

const said = [
  ["agent", "Willow Street Pharmacy. This call is recorded. How can I help you?", 400],
  ["caller", "Hi, I need my oxycodone filled, the one Doctor Bell wrote, please.", 6_100],
  ["agent", "I can ask the pharmacist. What is your full name and date of birth?", 11_300],
  ["caller", "Grace Kim, July twenty-second, nineteen seventy-one.", 17_800],
  ["agent", "And the prescription number, or the ZIP code of your address?", 23_400],
  ["caller", "7001241", 28_900],
  ["agent", "Thank you, Grace. The pharmacist looks at it before it is filled.", 33_200],
] as const

/** A call in progress with what was said so far, and one that has ended. */
export async function ring({ house }: Door, call: string): Promise<void> {
  await house.ask("calls.begin", { call, from: "+15125550101" })
  const opened = { conversation: call, channel: "phone" }
  let { turn } = (await house.ask<{ turn: number }>("conversations.open", opened)).value
  for (const text of ["I need a refill", "Grace Kim, July 22, 1971", "7001241"]) {
    const heard = { conversation: call, turn, source: "typed", text, confidence: 1 }
    turn = (await house.ask<{ turn: number }>("conversations.hear", heard)).value.turn
  }
  await house.ask("calls.update", { call, state: "in_progress" })
  for (const [who, text, atMs] of said) {
    const source = who === "agent" ? "agent" : /^\d+$/.test(text) ? "keys" : "speech"
    await say(house, call, { who, text, atMs, source })
  }
}

export function say(house: Door["house"], conversation: string, line: object) {
  return house.ask("transcripts.append", { conversation, line })
}

/** One second of silence on both channels, sealed as every recording is. */
export async function record({ house }: Door, call: string): Promise<string> {
  const { value } = await house.ask<{ recording: string }>("recordings.begin", { call })
  const { recording } = value
  const audio = Buffer.alloc(2 * SAMPLES_A_SECOND, 0xff).toString("base64")
  await house.ask("recordings.append", { recording, audio })
  await house.ask("recordings.end", { recording })
  return recording
}

/** A telephone network of two sentences: it rings, and it answers as the given call. */
export async function startNetwork(callSid: string) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, path: "/phone" })
  await once(server, "listening")
  const heard: unknown[] = []
  const frames = new EventEmitter()
  server.on("connection", (socket) => {
    const tell = (state: string) => socket.send(JSON.stringify({ type: "state", state, callSid }))
    socket.on("message", (data, isFrame) => {
      if (isFrame) return void frames.emit("frame", data)
      const message = JSON.parse(String(data))
      heard.push(message)
      if (message.type === "dial") for (const state of ["ringing", "inCall"]) tell(state)
      if (message.type === "hangUp") tell("ended")
    })
  })
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return { url: `ws://127.0.0.1:${port}/phone`, heard, frames, close: () => server.close() }
}

/**
 * The outside world of the demo, each part its own process: a pharmacy system, a telephone network
 * and a state's monitoring programme.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/**
 * Peter Lane cares for Rose, Amy Bennett for her daughter Lily: see the cast of the pharmacy
 * system.
 */
const caregivers = [
  { patient: "1013", caregiver: "1014" },
  { patient: "1012", caregiver: "1011" },
]

/** Walter Stone's rosuvastatin waits for his plan. */
const sent = [
  {
    ...{ patient: "1005", patientName: "Walter Stone" },
    ...{ rxNumber: "7001273", drugName: "rosuvastatin 10 mg tablet" },
  },
]

/** What went in the weeks before, on average a day, so that there is something to reckon with. */
const dispensed = [
  ...["099999101701", "099999102001", "099999103601", "099999103701", "099999103901"],
  ...["099999104501", "099999105001", "099999100201"],
].map((ndc, at) => ({ ndc, daily: 4 + 3 * at }))

const wholesalers = [
  { name: "Big River Wholesale", leadDays: 2 },
  { name: "Small Creek Supply", leadDays: 4 },
]

const READY_MS_MAX = 20_000

export interface DemoOptions {
  /** Where the appliance's public listener can be reached. */
  readonly publicUrl: string
  readonly staffPort: number
  /** Where the password is kept that is made at the first start. */
  readonly dataFolder: string
  readonly demoPassword?: string
}

export interface Demo {
  /** Variables that the appliance reads its accounts from. */
  readonly environment: Readonly<Record<string, string>>
  /** What modules must be told of this world, by module. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Says where everything is and what to try first. */
  welcome(): void
  close(): void
}

/** Starts all of them. They end when this process does, however it ends. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { publicUrl, staffPort, dataFolder } = options
  const staffUrl = `http://localhost:${staffPort}`
  const password = options.demoPassword ?? keptPassword(dataFolder)
  const environment = {
    TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString("hex")}`,
    TWILIO_AUTH_TOKEN: randomBytes(16).toString("hex"),
    DEMO_PMS_PASSWORD: randomBytes(12).toString("hex"),
    DEMO_PMS_CUSTOMER_KEY: randomBytes(12).toString("hex"),
    PDMP_TOKEN: randomBytes(12).toString("hex"),
  }
  const pms = start("./pms/demo/main.ts", [], environment)
  const origins = ["--public-url", publicUrl, "--dashboard-origin", staffUrl]
  const twilio = start("./twilio/main.ts", origins, environment)
  const pdmp = start("./pdmp/main.ts", [], environment)
  const [{ url: baseUrl = "" }, { restUrl = "", phoneUrl = "" }, { url: pdmpUrl = "" }] =
    await Promise.all([readyLine(pms), readyLine(twilio), readyLine(pdmp)])
  return {
    environment: { ...environment, TWILIO_API_BASE: restUrl },
    settings: {
      pms: { baseUrl },
      dashboard: { phoneUrl },
      "staff-accounts": { demoPassword: password },
      consents: { demo: caregivers },
      "prior-auth": { demo: sent },
      inventory: { demo: dispensed, usuallyNextDay: true },
      reordering: { wholesalers },
      pdmp: {
        gateway: {
          url: `${pdmpUrl}/patient`,
          token: "env:PDMP_TOKEN",
          pharmacistLastName: "Okafor",
        },
      },
    },
    welcome: () => void process.stdout.write(welcomeText({ publicUrl, staffUrl, password })),
    close() {
      pms.stdin?.end()
      twilio.stdin?.end()
      pdmp.stdin?.end()
    },
  }
}

function start(file: string, args: readonly string[], added: Readonly<Record<string, string>>) {
  const path = fileURLToPath(new URL(file, import.meta.url))
  return spawn(process.execPath, [path, ...args], {
    env: { ...process.env, ...added },
    // Ctrl-C reaches the whole group of a terminal; these end when their input does.
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  })
}

/** The one line of JSON a simulator prints when it can be used. */
type Ready = Readonly<Record<string, string>>

async function readyLine(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("a simulator did not start")), READY_MS_MAX)
    let printed = ""
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString()
      const [line, rest] = printed.split("\n", 2)
      if (rest === undefined || line === undefined) return
      clearTimeout(timer)
      const ready: Ready = JSON.parse(line)
      resolve(ready)
    })
    child.once("exit", () => {
      clearTimeout(timer)
      reject(new Error("a simulator ended before it was ready"))
    })
  })
}

const PASSWORD_FILE = "demo-password"

/** Made at the first start and kept, so that the next start prints the same. */
function keptPassword(folder: string): string {
  const file = join(folder, PASSWORD_FILE)
  if (existsSync(file)) return readFileSync(file, "utf8").trim()
  const password = randomBytes(9).toString("base64url")
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}

interface Welcome {
  readonly publicUrl: string
  readonly staffUrl: string
  readonly password: string
}

function welcomeText({ publicUrl, staffUrl, password }: Welcome): string {
  return `
Mortar runs on a pharmacy of invented patients.

  Staff       ${staffUrl}
  Telephone   ${publicUrl}  (for Twilio; the browser phone is on the staff page)
  Sign in as  tech, pharmacist, manager or operator
  Password    ${password}

Try it: open the staff page, choose Phone, dial, and say
  "I need a refill of my atorvastatin."
You are James Carter, born March 14, 1958, ZIP code 77101.
Or be Grace Kim, born July 22, 1971, ZIP code 77102, and ask for oxycodone:
the request then waits in the queue for the pharmacist.

Ctrl-C ends it.
`
}

/** PioneerRx's Enterprise API over the demo's cast, as a process. README.md has its methods. */
import { createHash } from "node:crypto"
import type { IncomingMessage } from "node:http"
import type { Patient } from "../demo/records.ts"
import type { Answer } from "../rest/controls.ts"
import type { Queue } from "../rest/queue.ts"
import { base64, runVendor } from "../rest/run-vendor.ts"
import type { Asked } from "../rest/server.ts"
import { selfIssued } from "./certificate.ts"
import {
  addressRow,
  answerOf,
  eventOf,
  numberOfGuid,
  patientRow,
  personGuid,
  phoneRow,
  rxGuid,
  rxRow,
} from "./wire.ts"

const { PIONEERRX_API_KEY, PIONEERRX_SECRET, PIONEERRX_EVENTS } = process.env
const apiKey = PIONEERRX_API_KEY ?? "demo-key"
const secret = PIONEERRX_SECRET ?? "demo-secret"
const eventsLogin = PIONEERRX_EVENTS ?? "pioneer:demo"

const WINDOW_MS = 300_000
/** On another day than today's, the clock is that of whoever asks. */
const isRehearsal = process.argv.includes("--today")

type Headers = IncomingMessage["headers"]

function stampOf(headers: Headers): string {
  return String(headers["prx-timestamp"] ?? "")
}

function isKnown(headers: Headers, nowMs: number): boolean {
  const stamp = stampOf(headers)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(stamp)) return false
  const salted = Buffer.from(stamp + secret, "utf16le")
  const signature = createHash("sha512").update(salted).digest("base64")
  const isSigned = headers["prx-api-key"] === apiKey && headers["prx-signature"] === signature
  return isSigned && Math.abs(Date.parse(stamp) - nowMs) < WINDOW_MS
}

function aheadMs(headers: Headers): number {
  const stampMs = Date.parse(stampOf(headers))
  return isRehearsal && !Number.isNaN(stampMs) ? stampMs - Date.now() : 0
}

type Read = (asked: Asked, parameter: (name: string) => string) => readonly object[]

const patientIn = ({ queue }: Asked, guid: string): readonly Patient[] =>
  queue.patient(numberOfGuid(guid)) ? queue.pharmacy.patients.filter(isOf(guid)) : []
const isOf = (guid: string) => (patient: Patient) => personGuid(patient.id) === guid

/** Each method with its name for what it answers. */
const methods: Readonly<Record<string, readonly [name: string, read: Read]>> = {
  RxIDSearch: [
    "rxID",
    ({ queue }, parameter) => {
      const script = queue.script(parameter("RxNumber"))
      return script ? [{ rxID: rxGuid(script.number) }] : []
    },
  ],
  GetRx: [
    "rx",
    ({ queue, isOdd }, parameter) => {
      const script = queue.script(numberOfGuid(parameter("RxID")))
      return script ? [rxRow(script, isOdd)] : []
    },
  ],
  GetPatientProfile: [
    "patientProfile",
    (asked, parameter) =>
      patientIn(asked, parameter("PersonID"))
        .flatMap(({ id }) => asked.queue.scriptsOf(id))
        .map(({ number }) => ({ rxID: rxGuid(number), lastPayMethod: "Cash" })),
  ],
  GetPatient: ["patient", ofPatient(patientRow)],
  GetPatientPhone: ["patientPhone", ofPatient(phoneRow)],
  GetPatientAddress: ["patientAddress", ofPatient(addressRow)],
  SearchPatient: [
    "patientSearchResults",
    ({ queue }, parameter) => {
      const [name, phone] = [parameter("LastName").toLowerCase(), parameter("PhoneNumber")]
      const found = queue.pharmacy.patients.filter(({ lastName, phones }) =>
        phone === "" ? lastName.toLowerCase().startsWith(name) : phones.includes(phone),
      )
      return found.map(({ id }) => ({ personID: personGuid(id) }))
    },
  ],
}

function ofPatient(row: (patient: Patient, isOdd: boolean) => object): Read {
  return (asked, parameter) =>
    patientIn(asked, parameter("PersonID")).map((one) => row(one, asked.isOdd))
}

interface Call {
  readonly MethodName?: string
  readonly ParameterCollection?: readonly { readonly Name: string; readonly Value: string }[]
}

function processed(asked: Asked): Answer {
  const call: Call = typeof asked.body === "object" && asked.body ? asked.body : {}
  const method = methods[call.MethodName ?? ""]
  if (!method) return { status: 400, body: { errors: [{ message: "Unknown method" }] } }
  const given = call.ParameterCollection ?? []
  const [name, read] = method
  const rows = read(asked, (wanted) => given.find(({ Name }) => Name === wanted)?.Value ?? "")
  return { status: 200, body: answerOf(name, rows, asked.isOdd) }
}

interface Pushed {
  readonly port?: number
  readonly rx?: string
  readonly messageId?: string
  /** The event tells of the claim: what it was refused with, or an empty list when it was paid. */
  readonly codes?: readonly (string | number)[]
}

/** Pushes one event to whoever listens on that port, and answers what was said to it. */
async function push(body: unknown, queue: Queue): Promise<Answer> {
  const asked: Pushed = Object(body)
  const number = String(asked.rx)
  const claim = asked.codes?.map(String)
  // A claim that is refused waits for its payer; one that is paid goes on to be filled.
  if (claim) queue.move(number, claim.length > 0 ? "25" : "20")
  const script = queue.script(number)
  if (!script) return { status: 400, body: { error: "no such prescription" } }
  const answer = await fetch(`http://127.0.0.1:${asked.port}/rxevents`, {
    method: "POST",
    headers: {
      authorization: `Basic ${base64(eventsLogin)}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(eventOf(String(asked.messageId), script, claim)),
  })
  return { status: 200, body: { status: answer.status, said: await answer.text() } }
}

await runVendor(
  {
    routes: [
      {
        method: "POST",
        path: /^\/api\/enterprise\/isAuthenticated$/,
        answer: () => ({ status: 200, body: { isAuthenticated: "true" } }),
      },
      { method: "POST", path: /^\/api\/enterprise\/method\/process$/, answer: processed },
    ],
    isKnown,
    aheadMs,
    refusal: { status: 401, body: { message: "Unauthorized" } },
    controls: { "POST /events": push },
  },
  selfIssued("pioneer"),
)

/** QS/1's REST interface over the demo's cast, as a process. README.md has its routes. */
import type { Patient, Pharmacy } from "../demo/records.ts"
import type { Answer } from "../rest/controls.ts"
import { base64, runVendor } from "../rest/run-vendor.ts"
import type { Asked, Route } from "../rest/server.ts"
import { patientWire, rejectCodeOf, scriptWire } from "./wire.ts"

const { QS1_USER, QS1_PASSWORD, QS1_SYSTEM } = process.env
const authorization = `Basic ${base64(`${QS1_USER ?? "mortar"}:${QS1_PASSWORD ?? "demo"}`)}`
const system = QS1_SYSTEM ?? "STORE1"

/** More in one request is a bad request. */
const BATCH_MAX = 35
const HISTORIES = 40
const notFound: Answer = { status: 404, body: { Message: "Not Found" } }
const badRequest: Answer = { status: 400, body: { Message: "Bad Request" } }

const routes: readonly Route[] = [
  { method: "GET", path: /^\/api\/Pharmacy\/([^/]+)$/, answer: inSystem(version) },
  { method: "GET", path: /^\/api\/Patient\/([^/]+)\/Query$/, answer: inSystem(queryPatients) },
  {
    method: "POST",
    path: /^\/api\/Patient\/([^/]+)\/AdvancedQuery$/,
    answer: inSystem(advancedQuery),
  },
  { method: "GET", path: /^\/api\/Patient\/([^/]+)\/RxProfile$/, answer: inSystem(profile) },
  { method: "GET", path: /^\/api\/Orders\/([^/]+)\/RxExtendedQuery$/, answer: inSystem(query) },
  { method: "POST", path: /^\/api\/Orders\/([^/]+)\/RxRequest$/, answer: inSystem(request) },
]

function inSystem(answer: (asked: Asked) => Answer): (asked: Asked) => Answer {
  return (asked) => (asked.found[0] === system ? answer(asked) : notFound)
}

function version(): Answer {
  return { status: 200, body: "NRx 21.1" }
}

function listOf(found: readonly Patient[], isOdd: boolean): Answer {
  if (found.length === 0) return notFound
  return { status: 200, body: found.map((one) => patientWire(one, isOdd)) }
}

function queryPatients({ queue, query: asked, isOdd }: Asked): Answer {
  const lastName = (asked.get("lastName") ?? "").toLowerCase()
  const born = asked.get("dateOfBirth") ?? ""
  const found = queue.pharmacy.patients.filter(
    (one) => one.lastName.toLowerCase() === lastName && one.bornOn.replaceAll("-", "") === born,
  )
  return listOf(found, isOdd)
}

function advancedQuery({ queue, body, isOdd }: Asked): Answer {
  const id = typeof body === "object" && body && "PatientID" in body ? String(body.PatientID) : ""
  const patient = queue.patient(id)
  return listOf(patient ? [patient] : [], isOdd)
}

function profile({ queue, query: asked }: Asked): Answer {
  const id = asked.get("patientID") ?? ""
  if (!queue.patient(id)) return notFound
  const found = queue.scriptsOf(id).map(({ number }) => ({ RxNumber: number }))
  return { status: 200, body: found }
}

function query({ queue, query: asked, isOdd }: Asked): Answer {
  const numbers = asked.getAll("scripts")
  if (numbers.length === 0 || numbers.length > BATCH_MAX) return badRequest
  const body = numbers.map((number) => {
    const script = queue.script(number)
    return script ? scriptWire(script, isOdd) : { RxNumber: number, Status: "N" }
  })
  return { status: 200, body }
}

function request({ queue, body, isPartial }: Asked): Answer {
  const items: readonly unknown[] = Array.isArray(body) ? body : []
  if (items.length === 0 || items.length > BATCH_MAX) return badRequest
  const answers = (isPartial ? items.slice(0, -1) : items).map((item) => {
    const wanted: Readonly<Record<string, unknown>> =
      typeof item === "object" && item ? { ...item } : {}
    const number = String(wanted.RxNumber)
    const key = /\[(.+)\]$/.exec(String(wanted.ExtendedNotes ?? ""))?.[1] ?? ""
    const before = queue.script(number)
    const isTaken = queue.request(number, key)
    const RejectCode = isTaken ? "" : rejectCodeOf(before)
    return { RxNumber: number, Successful: isTaken, RejectCode }
  })
  return { status: 200, body: answers }
}

/** One patient with more prescriptions than fit into one request. */
function withLongHistory(cast: Pharmacy): Pharmacy {
  const [patient, ...others] = cast.patients
  const [script] = cast.scripts
  if (!patient || !script) throw new Error("the cast is empty")
  const old = { ...patient, id: "1901", firstName: "Rose", lastName: "Stone" }
  const scripts = Array.from({ length: HISTORIES }, (_, index) => ({
    ...script,
    number: String(7_100_001 + index),
    patientId: old.id,
  }))
  return {
    ...cast,
    patients: [patient, ...others, old],
    scripts: [...cast.scripts, ...scripts],
  }
}

await runVendor({
  routes,
  isKnown: (headers) => headers.authorization === authorization,
  refusal: { status: 401, body: { Message: "Authorization has been denied for this request." } },
  withMore: withLongHistory,
})

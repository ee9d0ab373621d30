/** Liberty's REST interface over the demo's cast, as a process. README.md has its routes. */
import type { Script } from "../demo/records.ts"
import type { Answer } from "../rest/controls.ts"
import { base64, runVendor } from "../rest/run-vendor.ts"
import type { Asked, Route } from "../rest/server.ts"
import { patientGuid, patientOfGuid, patientWire, scriptWire, statusWire } from "./wire.ts"

const { LIBERTY_USER, LIBERTY_PASSWORD, LIBERTY_NPI, LIBERTY_KEY } = process.env
const authorization = `Basic ${base64(`${LIBERTY_USER ?? "mortar"}:${LIBERTY_PASSWORD ?? "demo"}`)}`
const customer = base64(`${LIBERTY_NPI ?? "1234567893"}:${LIBERTY_KEY ?? "demo-key"}`)

const PAGE_MAX = 100
const absent: Answer = { status: 404, body: { Message: "Not found" } }

const routes: readonly Route[] = [
  { method: "GET", path: /^\/patient$/, answer: searchPatients },
  { method: "GET", path: /^\/patient\/([^/]+)$/, answer: onePatient },
  { method: "GET", path: /^\/prescriptions$/, answer: prescriptions },
  { method: "GET", path: /^\/prescription\/([^/]+)$/, answer: onePrescription },
  { method: "GET", path: /^\/refill\/([^/]+)$/, answer: refillStatus },
  { method: "POST", path: /^\/refill$/, answer: submitRefills },
]

function searchPatients({ queue, query, isOdd }: Asked): Answer {
  const search = (query.get("search") ?? "").toLowerCase()
  const digits = search.replace(/\D/g, "").slice(-10)
  const found = queue.pharmacy.patients.filter(({ lastName, phones }) =>
    digits.length === 10 ? phones.includes(digits) : lastName.toLowerCase().startsWith(search),
  )
  return { status: 200, body: { Patients: found.map((one) => patientWire(one, isOdd)) } }
}

function onePatient({ queue, found, isOdd }: Asked): Answer {
  const patient = queue.patient(patientOfGuid(found[0] ?? ""))
  return patient ? { status: 200, body: patientWire(patient, isOdd) } : absent
}

function written({ queue, isOdd }: Asked, script: Script): object {
  const patient = queue.patient(script.patientId)
  if (!patient) throw new Error("a prescription of nobody")
  return scriptWire(script, patient, isOdd)
}

function prescriptions(asked: Asked): Answer {
  const { queue, query } = asked
  const patientId = query.get("PatientId") ?? ""
  const all = queue.pharmacy.patients
    .filter(({ id }) => patientGuid(id) === patientId)
    .flatMap(({ id }) => queue.scriptsOf(id))
    .map((script) => queue.script(script.number) ?? script)
  const PageSize = Math.min(Number(query.get("PageSize") ?? PAGE_MAX), PAGE_MAX)
  const Page = Number(query.get("Page") ?? 1)
  const Scripts = all
    .slice((Page - 1) * PageSize, Page * PageSize)
    .map((script) => written(asked, script))
  return { status: 200, body: { Page, PageSize, RecordCount: all.length, Scripts } }
}

function onePrescription(asked: Asked): Answer {
  const script = asked.queue.script(asked.found[0] ?? "")
  if (script) return { status: 200, body: written(asked, script) }
  return asked.isOdd ? { status: 200, body: { ScriptNumber: 0 } } : absent
}

function refillStatus({ queue, found }: Asked): Answer {
  const [number = ""] = found
  return { status: 200, body: statusWire(number, queue.script(number)) }
}

function submitRefills({ queue, body, headers, isPartial }: Asked): Answer {
  const items: readonly unknown[] = Array.isArray(body) ? body : []
  const key = String(headers["x-request-id"] ?? "")
  const taken = (isPartial ? items.slice(0, -1) : items).map((item) => {
    const wanted = typeof item === "object" && item && "ScriptNumber" in item ? item : undefined
    const number = String(wanted?.ScriptNumber ?? "")
    const before = statusWire(number, queue.script(number))
    if (queue.request(number, key)) return { ScriptNumber: Number(number), Status: "Success" }
    return { ScriptNumber: Number(number), Status: "Status" in before ? before.Status : "" }
  })
  return { status: 200, body: taken }
}

await runVendor({
  routes,
  isKnown: (headers) => headers.authorization === authorization && headers.customer === customer,
  refusal: { status: 401, body: { Message: "Authorization has been denied for this request." } },
})

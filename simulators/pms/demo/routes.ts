/**
 * The vendor's interface, one function a route. Identifying values travel in bodies, never in
 * addresses, so that no proxy's log collects them.
 */

import { vendorDay, vendorMoment } from "./days.ts"
import type { Accepted, State, Taken } from "./state.ts"
import { checkWire, patientWire, scriptWire, stockWire } from "./wire.ts"

export interface Incoming {
  readonly body: Readonly<Record<string, unknown>>
  /** The Idempotency-Key header; empty when there is none. */
  readonly key: string
  readonly query: URLSearchParams
}

/** `done` says how many items of a batch to carry out; the rest are answered as not processed. */
export type Route = (state: State, incoming: Incoming, done: (items: number) => number) => object

/** The vendor takes at most so many prescriptions in one request. */
const BATCH_MAX = 35
const STOCK_PAGE = 25

export const routes: Readonly<Record<string, Route>> = {
  "GET /api/status": () => ({ System: "DemoRx 4.2", Online: "Y" }),
  "POST /api/patients/search": searchPatients,
  "POST /api/patients/get": getPatient,
  "POST /api/scripts/query": queryScripts,
  "POST /api/scripts/profile": profile,
  "POST /api/scripts/dur": durAlerts,
  "POST /api/scripts/claim": claimOf,
  "POST /api/refills/check": checkRefills,
  "POST /api/refills": submitRefills,
  "POST /api/renewals": submitRenewal,
  "POST /api/transfers": submitTransfer,
  "GET /api/requests": requestsUnderKey,
  "GET /api/changes": changesSince,
  "POST /api/stock": readStock,
}

function text(value: unknown): string {
  return typeof value === "string" ? value : ""
}

function searchPatients(state: State, { body }: Incoming): object {
  const digits = text(body.Phone).replace(/\D/g, "").slice(-10)
  const lastName = text(body.LastName).toLowerCase()
  const birthDate = text(body.BirthDate)
  const found = state.pharmacy.patients.filter((patient) =>
    digits
      ? patient.phones.includes(digits)
      : patient.lastName.toLowerCase() === lastName && vendorDay(patient.bornOn) === birthDate,
  )
  return { Patients: found.map(patientWire) }
}

function getPatient(state: State, { body }: Incoming): object {
  const patient = state.pharmacy.patients.find(({ id }) => id === body.PatientId)
  return patient ? { Result: "F", Patient: patientWire(patient) } : { Result: "N" }
}

function numbers(body: Readonly<Record<string, unknown>>): readonly string[] {
  const list = Array.isArray(body.Scripts) ? body.Scripts : []
  return list.slice(0, BATCH_MAX).map((item: unknown) => {
    if (typeof item === "string") return item
    return typeof item === "object" && item && "ScriptNumber" in item ? text(item.ScriptNumber) : ""
  })
}

function queryScripts(state: State, { body }: Incoming): object {
  const scripts = numbers(body).map((number) => {
    const script = state.script(number)
    return script ? { Result: "F", ...scriptWire(script) } : { Result: "N", ScriptNumber: number }
  })
  return { Scripts: scripts }
}

function profile(state: State, { body }: Incoming): object {
  const patientId = text(body.PatientId)
  if (!state.pharmacy.patients.some(({ id }) => id === patientId)) return { Result: "N" }
  return { Result: "F", Scripts: state.scriptsOf(patientId).map(scriptWire) }
}

function durAlerts(state: State, { body }: Incoming): object {
  const script = state.script(text(body.ScriptNumber))
  if (!script) return { Result: "N" }
  const alerts = script.alerts.map(({ severity, code }) => ({ Level: severity, ReasonCode: code }))
  return { Result: "F", Alerts: alerts }
}

function claimOf(state: State, { body }: Incoming): object {
  const script = state.script(text(body.ScriptNumber))
  if (!script) return { Result: "N" }
  return { Result: "F", Rejects: (script.rejects ?? []).map((code) => ({ Code: code })) }
}

function checkRefills(state: State, { body }: Incoming): object {
  return { Scripts: numbers(body).map((number) => checkWire(number, state.script(number))) }
}

function submitRefills(
  state: State,
  { body, key }: Incoming,
  done: (items: number) => number,
): object {
  const wanted = numbers(body)
  const doing = done(wanted.length)
  const scripts = wanted.map((number, index) =>
    index < doing
      ? takenWire(number, state.requestRefill(number, key))
      : { ScriptNumber: number, Status: "Not_Processed" },
  )
  return { Scripts: scripts }
}

function submitRenewal(state: State, { body, key }: Incoming): object {
  const number = text(body.ScriptNumber)
  return takenWire(number, state.requestRenewal(number, key))
}

function submitTransfer(state: State, { body, key }: Incoming): object {
  const number = text(body.ScriptNumber)
  return takenWire(number, state.requestTransfer(number, key))
}

function takenWire(number: string, taken: Taken): object {
  if ("rejectCode" in taken) {
    return { ScriptNumber: number, Status: "Rejected", RejectCode: taken.rejectCode }
  }
  return {
    ScriptNumber: number,
    Status: "Success",
    Confirmation: taken.accepted.confirmation,
    Duplicate: taken.isDuplicate ? "Y" : "N",
    ...promisedWire(taken.accepted),
  }
}

function promisedWire({ promisedAt }: Accepted): object {
  return promisedAt ? { PromisedAt: vendorMoment(promisedAt.day, promisedAt.time) } : {}
}

function requestsUnderKey(state: State, { query }: Incoming): object {
  const found = state.acceptedUnder(query.get("key") ?? "")
  return {
    Known: found.length > 0 ? "Y" : "N",
    Scripts: found.map((accepted) => ({
      ScriptNumber: accepted.number,
      Status: "Success",
      Confirmation: accepted.confirmation,
      ...promisedWire(accepted),
    })),
  }
}

function readStock(state: State, { body }: Incoming): object {
  const [ndc, after] = [text(body.NDC), text(body.After)]
  const found = state
    .shelves()
    .filter(({ drug }) => (ndc === "" ? drug.ndc > after : drug.ndc === ndc))
  const page = found.slice(0, STOCK_PAGE)
  const next = found.length > STOCK_PAGE ? page.at(-1)?.drug.ndc : undefined
  return { Items: page.map(stockWire), Next: next ?? "" }
}

function changesSince(state: State, { query }: Incoming): object {
  const since = query.get("since")
  if (since === null) return { Next: String(state.lastChange), Changes: [] }
  const changes = state.changesAfter(Number(since)).slice(0, 100)
  return {
    Next: String(changes.at(-1)?.sequence ?? since),
    Changes: changes.map(({ script }) => ({
      ScriptNumber: script.number,
      PatientId: script.patientId,
      StatusCode: script.fill,
    })),
  }
}

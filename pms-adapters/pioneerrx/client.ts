/** Transport to PioneerRx: signatures, method calls, pace. No word of ours is decided here. */
import { type Static, type TSchema, Type as t } from "typebox"
import type { Clock } from "#core/clock.ts"
import { Outage } from "#core/fault.ts"
import { parseJson } from "#core/json.ts"
import { type Http, openHttp, read, type Wire } from "../http.ts"
import { paced } from "../pace.ts"
import { evened } from "./even.ts"
import { type Signer, signatureOf } from "./signature.ts"
import {
  AddressRow,
  MethodAnswer,
  PatientRow,
  PersonIdRow,
  PhoneRow,
  RxIdRow,
  RxRow,
  rowsIn,
} from "./wire.ts"

/** A signature is good for five minutes; a clock this wrong is the reason for a refusal. */
const CLOCK_OFF_MS_MAX = 240_000
const VERSION = 1
/** Questions about one patient's prescriptions that are under way at once. */
const AT_ONCE = 4

export interface Account extends Signer {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly requestsPerMinuteMax: number
  /** In whose name the methods are called. */
  readonly employeeId: string
}

const wire: Wire = {
  contentType: "application/json",
  answersWith: [],
  write: JSON.stringify,
  read: (bytes) => evened(parseJson(Buffer.from(bytes).toString("utf8") || "{}", t.Unknown())),
}

export class PioneerRxClient {
  readonly #http: Http
  readonly #account: Account
  readonly #clock: Clock

  constructor(
    account: Account,
    { fetch, clock }: { fetch: typeof globalThis.fetch; clock: Clock },
  ) {
    const { baseUrl, timeoutMs, requestsPerMinuteMax } = account
    const checked = clockChecked(fetch, clock)
    const http = openHttp({ fetch: checked, clock, baseUrl, headers: {}, timeoutMs, wire })
    this.#http = paced(http, clock, requestsPerMinuteMax)
    this.#account = account
    this.#clock = clock
  }

  /** Shows nobody's record. */
  async ping(signal: AbortSignal): Promise<void> {
    await this.#post("/api/enterprise/isAuthenticated", {}, t.Unknown(), signal)
  }

  /** Ids of whom the vendor finds by what is asked for, which may be more than was meant. */
  async search(parameters: Parameters, signal: AbortSignal): Promise<readonly string[]> {
    const rows = await this.#call("SearchPatient", parameters, PersonIdRow, signal)
    return [...new Set(rows.map(({ personID }) => personID))]
  }

  async patient(personID: string, signal: AbortSignal) {
    const asked = { PersonID: personID }
    const [patient] = await this.#call("GetPatient", asked, PatientRow, signal)
    if (!patient) return undefined
    const phones = await this.#call("GetPatientPhone", asked, PhoneRow, signal)
    const addresses = await this.#call("GetPatientAddress", asked, AddressRow, signal)
    return { patient, phones, addresses }
  }

  async rx(number: string, signal: AbortSignal): Promise<RxRow | undefined> {
    const ids = await this.#call("RxIDSearch", { RxNumber: number }, RxIdRow, signal)
    const rows = await this.#rxOf(ids, signal)
    return rows.find(({ rxNumber }) => String(rxNumber) === number)
  }

  async rxOfPatient(personID: string, signal: AbortSignal): Promise<readonly RxRow[]> {
    const ids = await this.#call("GetPatientProfile", { PersonID: personID }, RxIdRow, signal)
    return this.#rxOf(ids, signal)
  }

  async #rxOf(ids: readonly Static<typeof RxIdRow>[], signal: AbortSignal) {
    const rows: RxRow[] = []
    const wanted = [...new Set(ids.map(({ rxID }) => rxID))]
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const some = wanted.slice(from, from + AT_ONCE)
      const read = some.map((RxID) => this.#call("GetRx", { RxID }, RxRow, signal))
      rows.push(...(await Promise.all(read)).flat())
    }
    return rows
  }

  async #call<S extends TSchema>(
    MethodName: string,
    parameters: Parameters,
    row: S,
    signal: AbortSignal,
  ): Promise<readonly Static<S>[]> {
    const named = { RequestedByEmployeeID: this.#account.employeeId, ...parameters }
    const ParameterCollection = Object.entries(named).map(([Name, Value]) => ({ Name, Value }))
    const body = { MethodName, Version: VERSION, ParameterCollection }
    const path = "/api/enterprise/method/process"
    return rowsIn(await this.#post(path, body, MethodAnswer, signal), row)
  }

  #post<T extends TSchema>(path: string, body: object, answer: T, signal: AbortSignal) {
    const headers = signatureOf(this.#account, Math.round(this.#clock.nowMs()))
    return read(this.#http, { method: "POST", path, body, headers, answer, signal })
  }
}

type Parameters = Readonly<Record<string, string>>

/** When a server with another time refuses us, the reason is the clock and not the secret. */
function clockChecked(fetch: typeof globalThis.fetch, clock: Clock): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const isRefusal = response.status === 401 || response.status === 403
    const theirsMs = Date.parse(response.headers.get("date") ?? "")
    if (isRefusal && Math.abs(theirsMs - clock.nowMs()) > CLOCK_OFF_MS_MAX) {
      await response.body?.cancel()
      throw new Outage("pms_clock", { retryable: false })
    }
    return response
  }
}

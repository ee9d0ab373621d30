/** Transport to Liberty: credentials, addresses, pace. No word of ours is decided here. */
import type { Static, TSchema } from "typebox"
import type { AdapterHost } from "../define.ts"
import { type Exchanged, type Http, openHttp, read } from "../http.ts"
import { textOf } from "../loose.ts"
import type { Verdict } from "../noted.ts"
import { paced } from "../pace.ts"
import { isUnderWay, verdictOf } from "./map.ts"
import {
  PAGE_SIZE,
  PatientAnswer,
  PatientsAnswer,
  type PatientWire,
  ScriptAnswer,
  ScriptsAnswer,
  type ScriptWire,
  StatusWire,
  SubmitAnswer,
} from "./wire.ts"

/** More prescriptions of one patient than any has. */
const PAGES_MAX = 5

export interface Account {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly requestsPerMinuteMax: number
  readonly user: string
  readonly password: string
  readonly npi: string
  readonly customerKey: string
}

/** The days between which prescriptions were written. */
export interface Span {
  readonly from: string
  readonly to: string
}

export class LibertyClient {
  readonly #http: Http

  constructor({ baseUrl, timeoutMs, ...account }: Account, { fetch, clock }: AdapterHost) {
    const headers = {
      authorization: `Basic ${base64(`${account.user}:${account.password}`)}`,
      customer: base64(`${account.npi}:${account.customerKey}`),
    }
    const http = openHttp({ fetch, clock, baseUrl, headers, timeoutMs })
    this.#http = paced(http, clock, account.requestsPerMinuteMax)
  }

  async search(words: string, signal: AbortSignal): Promise<readonly PatientWire[]> {
    const path = `/patient?search=${encodeURIComponent(words)}`
    const absent = { Patients: [] }
    return (await this.#get({ path, answer: PatientsAnswer, absent, signal })).Patients
  }

  /** Null when there is no such patient. */
  patient(id: string, signal: AbortSignal): Promise<PatientWire | null> {
    const path = `/patient/${encodeURIComponent(id)}`
    return this.#get({ path, answer: PatientAnswer, absent: null, signal })
  }

  /** Undefined when there is no such prescription. */
  async script(number: string, signal: AbortSignal): Promise<ScriptWire | undefined> {
    const path = `/prescription/${encodeURIComponent(number)}`
    const absent = { ScriptNumber: 0 } as const
    const found = await this.#get({ path, answer: ScriptAnswer, absent, signal })
    return "DrugPrescribed" in found ? found : undefined
  }

  async scriptsOf(patient: string, { from, to }: Span, signal: AbortSignal) {
    const all: ScriptWire[] = []
    for (let page = 1; page <= PAGES_MAX; page++) {
      const query = new URLSearchParams({ PatientId: patient, StartDate: from, EndDate: to })
      query.set("PageSize", String(PAGE_SIZE))
      query.set("Page", String(page))
      const path = `/prescriptions?${query}`
      const absent = { Scripts: [] }
      const { Scripts } = await this.#get({ path, answer: ScriptsAnswer, absent, signal })
      all.push(...Scripts)
      if (Scripts.length < PAGE_SIZE) break
    }
    return all
  }

  status(number: string, signal: AbortSignal): Promise<StatusWire> {
    const path = `/refill/${encodeURIComponent(number)}`
    return this.#get({ path, answer: StatusWire, signal })
  }

  /** Asks once whether a fill is under way: who asks knows that the answer may be lost. */
  async look(number: string, signal: AbortSignal): Promise<Exchanged<boolean>> {
    const path = `/refill/${encodeURIComponent(number)}`
    const looked = await this.#http({ method: "GET", path, answer: StatusWire, signal })
    return looked.ok ? { ok: true, value: isUnderWay(looked.value) } : looked
  }

  /** `key` is for the vendor's own logs; it is not known to decide anything. */
  async submit(number: string, key: string, signal: AbortSignal) {
    const sent: Exchanged<Static<typeof SubmitAnswer>> = await this.#http({
      method: "POST",
      path: "/refill",
      headers: { "x-request-id": key },
      body: [{ ScriptNumber: Number(number) }],
      answer: SubmitAnswer,
      signal,
    })
    if (!sent.ok) return sent
    const item = sent.value.find(({ ScriptNumber }) => textOf(ScriptNumber) === number)
    const value: Verdict | undefined = item && verdictOf(item.Status)
    return { ok: true, value } as const
  }

  #get<T extends TSchema>(question: {
    path: string
    answer: T
    absent?: Static<T>
    signal: AbortSignal
  }): Promise<Static<T>> {
    return read(this.#http, { method: "GET", ...question })
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64")
}

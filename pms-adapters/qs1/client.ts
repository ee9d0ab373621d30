/** Transport to QS/1: credentials, addresses, batches, pace. No word of ours is decided here. */
import type { TSchema } from "typebox"
import type { AdapterHost } from "../define.ts"
import { type Exchange, type Exchanged, type Http, openHttp, read, unreadable } from "../http.ts"
import { textOf } from "../loose.ts"
import type { Verdict } from "../noted.ts"
import { paced } from "../pace.ts"
import { isUnderWay, verdictOf } from "./map.ts"
import {
  BATCH_MAX,
  PatientsAnswer,
  type PatientWire,
  ProfileAnswer,
  RequestAnswer,
  ScriptsAnswer,
  type ScriptWire,
  VersionAnswer,
} from "./wire.ts"

const DAYS_BACK = "730"

export interface Account {
  readonly baseUrl: string
  readonly timeoutMs: number
  readonly requestsPerMinuteMax: number
  readonly systemId: string
  readonly user: string
  readonly password: string
}

/** One refill to ask for. */
export interface Request {
  readonly number: string
  readonly key: string
  readonly note: string
  readonly signal: AbortSignal
}

export class Qs1Client {
  readonly #http: Http
  readonly #system: string

  constructor({ baseUrl, timeoutMs, ...account }: Account, { fetch, clock }: AdapterHost) {
    const pair = Buffer.from(`${account.user}:${account.password}`)
    const authorization = `Basic ${pair.toString("base64")}`
    const http = openHttp({ fetch, clock, baseUrl, headers: { authorization }, timeoutMs })
    this.#http = paced(http, clock, account.requestsPerMinuteMax)
    this.#system = encodeURIComponent(account.systemId)
  }

  /** The version of the pharmacy system, when it is told as plain text. */
  async version(signal: AbortSignal): Promise<string | undefined> {
    const path = `/api/Pharmacy/${this.#system}`
    const told = await this.#read({ method: "GET", path, answer: VersionAnswer, signal })
    return typeof told === "string" ? told.trim() || undefined : undefined
  }

  /** `bornOn` is written without dashes. */
  find(lastName: string, bornOn: string, signal: AbortSignal): Promise<PatientWire[]> {
    const query = new URLSearchParams({ lastName, dateOfBirth: bornOn })
    const path = `/api/Patient/${this.#system}/Query?${query}`
    return this.#read({ method: "GET", path, answer: PatientsAnswer, absent: [], signal })
  }

  async patient(id: string, signal: AbortSignal): Promise<PatientWire | undefined> {
    const path = `/api/Patient/${this.#system}/AdvancedQuery`
    const body = { PatientID: id }
    const answer = PatientsAnswer
    const found = await this.#read({ method: "POST", path, body, answer, absent: [], signal })
    return found.find(({ PatientID }) => textOf(PatientID) === id)
  }

  /** The numbers of a patient's prescriptions; undefined when there is no such patient. */
  async numbersOf(patient: string, signal: AbortSignal): Promise<readonly string[] | undefined> {
    const query = new URLSearchParams({
      patientID: patient,
      daysInHistory: DAYS_BACK,
      ActiveScriptsOnly: "false",
    })
    const path = `/api/Patient/${this.#system}/RxProfile?${query}`
    const answer = ProfileAnswer
    const found = await this.#read({ method: "GET", path, answer, absent: null, signal })
    return found?.flatMap(({ RxNumber }) => textOf(RxNumber) ?? [])
  }

  /** Details in batches. One that the answer leaves out would be missed in silence: no answer. */
  async scripts(numbers: readonly string[], signal: AbortSignal): Promise<readonly ScriptWire[]> {
    const all: ScriptWire[] = []
    for (let at = 0; at < numbers.length; at += BATCH_MAX) {
      const batch = numbers.slice(at, at + BATCH_MAX)
      const told = await this.#read(this.#question(batch, signal))
      for (const number of batch) {
        const one = scriptIn(told, number)
        if (!one) throw unreadable()
        all.push(one)
      }
    }
    return all
  }

  /** Asks once whether an order is under way: who asks knows that the answer may be lost. */
  async look(number: string, signal: AbortSignal): Promise<Exchanged<boolean>> {
    const looked = await this.#http(this.#question([number], signal))
    if (!looked.ok) return looked
    const one = scriptIn(looked.value, number)
    return one
      ? { ok: true, value: isUnderWay(one) }
      : { ok: false, outage: unreadable(), mayBeDone: true }
  }

  /** `key` stands in the notes, where staff see it; it is not known to decide anything. */
  async submit({ number, key, note, signal }: Request): Promise<Exchanged<Verdict | undefined>> {
    const sent = await this.#http({
      method: "POST",
      path: `/api/Orders/${this.#system}/RxRequest`,
      body: [{ RxNumber: number, Source: "I", Notes: note, ExtendedNotes: `Mortar [${key}]` }],
      answer: RequestAnswer,
      signal,
    })
    if (!sent.ok) return sent
    const item = sent.value.find(({ RxNumber }) => textOf(RxNumber) === number)
    return { ok: true, value: item && verdictOf(item) }
  }

  #question(numbers: readonly string[], signal: AbortSignal) {
    const query = new URLSearchParams(
      numbers.map((number): [string, string] => ["scripts", number]),
    )
    const path = `/api/Orders/${this.#system}/RxExtendedQuery?${query}`
    const absent = numbers.map((RxNumber) => ({ RxNumber, Status: "N" }))
    return { method: "GET", path, answer: ScriptsAnswer, absent, signal } as const
  }

  #read<T extends TSchema>(exchange: Exchange<T>) {
    return read(this.#http, exchange)
  }
}

function scriptIn(told: readonly ScriptWire[], number: string): ScriptWire | undefined {
  return told.find(({ RxNumber }) => textOf(RxNumber) === number)
}
